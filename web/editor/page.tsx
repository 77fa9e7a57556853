import "./editor.css";
import { observer } from "mobx-react-lite";
import { useEffect, useMemo, useRef, useState } from "react";
import { DatasetShelf } from "../../client/stores/editor/datasets";
import type { EditorStore } from "../../client/stores/editor/editor";
import { errorText } from "../../client/text/text";
import type { Me } from "../../core/contract/session/session";
import { useApp } from "../app-context";
import { Notice } from "../components/notice";
import { ReportSkeleton } from "../components/skeleton";
import { usePageTitle } from "../page-title";
import { Link } from "../router";
import { Canvas } from "./canvas";
import { EditingProvider, useEditing } from "./context";
import { FilterStrip } from "./filters/filter-strip";
import { Notes } from "./notes";
import { PageBar } from "./page-bar";
import { Panel } from "./panel/panel";
import { PhoneView } from "./phone-view";
import { useEditorWords } from "./text";
import { TopBar } from "./top-bar";
import { useEditor } from "./use-editor";
import { useShortcuts } from "./use-shortcuts";

const TOLD_MS = 4_000;

/** What the store has to say is said once. */
function useAnnouncer(editor: EditorStore): { told: string; announce: (text: string) => void } {
  const words = useEditorWords();
  const [told, setTold] = useState("");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const announce = useMemo(
    () => (text: string) => {
      clearTimeout(timer.current);
      setTold(text);
      timer.current = setTimeout(() => setTold(""), TOLD_MS);
    },
    [],
  );
  const { notice } = editor;
  useEffect(() => {
    if (!notice) return;
    announce(words.notices[notice]);
    editor.say(null);
  }, [notice, announce, words, editor]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { told, announce };
}

const Workplace = observer(function Workplace() {
  const { editor } = useEditing();
  const [phone, setPhone] = useState(false);
  useShortcuts(editor);
  return (
    <main className="editor" id="content">
      <TopBar phone={phone} togglePhone={() => setPhone(!phone)} />
      <div className="editor-body">
        <div className="editor-stage">
          <Notes />
          <PageBar />
          <FilterStrip />
          <Canvas />
        </div>
        {phone && <PhoneView />}
        <Panel />
      </div>
    </main>
  );
});

const Ready = observer(function Ready({ editor }: { editor: EditorStore }) {
  const { call } = useApp();
  const [datasets] = useState(() => new DatasetShelf(call));
  const { told, announce } = useAnnouncer(editor);
  const editing = useMemo(() => ({ editor, datasets, announce }), [editor, datasets, announce]);
  usePageTitle(editor.spec.title);
  return (
    <EditingProvider value={editing}>
      <Workplace />
      <div className="toast" role="status" data-shown={told !== ""}>
        {told}
      </div>
    </EditingProvider>
  );
});

/** A report while it is made or changed. */
export const EditorPage = observer(function EditorPage({ reportId, me }: { reportId: string; me: Me }) {
  const { texts } = useApp();
  const words = useEditorWords();
  const { opened, retry } = useEditor(reportId, me);
  if (opened.state === "ready") return <Ready editor={opened.editor} />;
  return (
    <main className="page page-wide" id="content">
      {opened.state === "loading" && <ReportSkeleton />}
      {opened.state === "failed" && (
        <Notice whole {...errorText(texts, opened.error)}>
          <div className="editor-choices">
            <button type="button" className="button button-primary" onClick={retry}>
              {texts.signIn.retry}
            </button>
            <Link href={`/r/${encodeURIComponent(reportId)}`} className="button">
              {words.read}
            </Link>
          </div>
        </Notice>
      )}
    </main>
  );
});
