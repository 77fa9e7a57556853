import { observer } from "mobx-react-lite";
import { useApp } from "../app-context";

/** Switches between Chinese and English; its label is the other language's own name. */
export const LanguageButton = observer(function LanguageButton() {
  const { language, words } = useApp();
  const other = language.current === "zh-CN" ? "en-US" : "zh-CN";
  return (
    <button type="button" className="button button-plain" lang={other} onClick={() => language.choose(other)}>
      {words.otherLanguage}
    </button>
  );
});
