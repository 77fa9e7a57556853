import { observer } from "mobx-react-lite";
import type { DragEvent, KeyboardEvent } from "react";
import { movePage, removePage } from "../../client/stores/editor/commands";
import { duplicatePage, MOST_PAGES } from "../../client/stores/editor/pages";
import type { ReportPage } from "../../core/contract/report/report";
import { Icon } from "../components/icon";
import { Menu, type MenuItem } from "../components/menu";
import { useEditing } from "./context";
import { useCanvasWords, useEditorWords } from "./text";

const DRAGGED = "application/x-dingboard-page";

/** What can be done with a page; its name is changed in the panel beside it. */
function useActions(): (page: ReportPage, title: string) => MenuItem[] {
  const { editor } = useEditing();
  const words = useEditorWords();
  const canvasWords = useCanvasWords();
  return (page, title) => {
    const { pages } = editor.spec;
    const move = (by: number) => (): void => editor.run((spec) => movePage(spec, page.id, by));
    const duplicate = (): void => {
      const twin = duplicatePage(editor.spec, page.id, canvasWords.copyOf(title));
      editor.run(() => twin.spec);
      editor.selectPage(twin.id);
    };
    const remove = (): void => editor.run((spec) => removePage(spec, page.id));
    const at = pages.indexOf(page);
    return [
      ...(pages.length < MOST_PAGES ? [{ key: "twin", label: canvasWords.duplicatePage, run: duplicate }] : []),
      ...(at > 0 ? [{ key: "left", label: words.pageLeft, run: move(-1) }] : []),
      ...(at < pages.length - 1 ? [{ key: "right", label: words.pageRight, run: move(1) }] : []),
      ...(pages.length > 1 ? [{ key: "remove", label: words.removePage, run: remove }] : []),
    ];
  };
}

const PageTab = observer(function PageTab({ page, index }: { page: ReportPage; index: number }) {
  const { editor } = useEditing();
  const words = useEditorWords();
  const canvasWords = useCanvasWords();
  const actionsOf = useActions();
  const title = page.title || words.pageName(index + 1);
  const current = page.id === editor.page?.id;
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !event.altKey) return;
    event.preventDefault(); // the browser would go back
    editor.run((spec) => movePage(spec, page.id, step));
  };
  const drop = (event: DragEvent): void => {
    const id = event.dataTransfer?.getData(DRAGGED);
    const from = editor.spec.pages.findIndex((each) => each.id === id);
    if (!id || from < 0) return;
    event.preventDefault();
    editor.run((spec) => movePage(spec, id, index - from));
  };
  return (
    <span className="editor-page" data-current={current}>
      <button
        type="button"
        draggable
        aria-current={current ? "page" : undefined}
        title={canvasWords.pageKeys}
        onClick={() => editor.selectPage(page.id)}
        onKeyDown={press}
        onDragStart={(event) => event.dataTransfer?.setData(DRAGGED, page.id)}
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
      >
        {title}
      </button>
      {current && (
        <Menu label={canvasWords.pageMenu(title)} className="page-more" items={actionsOf(page, title)}>
          <Icon name="down" size={14} />
        </Menu>
      )}
    </span>
  );
});

/** The report's pages; the one that is shown has its settings in the panel. */
export const PageBar = observer(function PageBar() {
  const { editor } = useEditing();
  const words = useEditorWords();
  const { pages } = editor.spec;
  return (
    <nav className="editor-pages" aria-label={words.pages}>
      {pages.map((page, index) => (
        <PageTab key={page.id} page={page} index={index} />
      ))}
      <button
        type="button"
        onClick={() => editor.addPage(words.pageName(pages.length + 1))}
        disabled={pages.length >= MOST_PAGES}
      >
        + {words.addPage}
      </button>
    </nav>
  );
});
