import { observer } from "mobx-react-lite";
import type { AskingElement, ReportElement } from "../../../core/contract/report/element";
import { useEditing } from "../context";
import { LookIcon } from "../look-icon";
import { useCanvasWords } from "../text";

type Wordless = Exclude<ReportElement, AskingElement>;
export type WordsType = Wordless["type"];

const SIZES: Record<WordsType, { w: number; h: number }> = {
  text: { w: 12, h: 4 },
  section: { w: 36, h: 2 },
  divider: { w: 36, h: 1 },
  link: { w: 9, h: 3 },
};

const NEW: Record<WordsType, (title: string) => Wordless> = {
  text: (title) => ({ type: "text", title, text: "" }),
  section: (title) => ({ type: "section", title }),
  divider: () => ({ type: "divider", title: "" }),
  link: (title) => ({ type: "link", title, url: "https://www.dingtalk.com" }),
};

/** What stands on a page and asks no data. */
export const AddWords = observer(function AddWords() {
  const { editor } = useEditing();
  const words = useCanvasWords();
  return (["text", "section", "divider", "link"] as const).map((type) => (
    <button key={type} type="button" onClick={() => editor.add(NEW[type](words.kinds[type]), SIZES[type], type)}>
      <LookIcon name={type} />
      {words.kinds[type]}
    </button>
  ));
});
