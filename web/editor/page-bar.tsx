import { observer } from "mobx-react-lite";
import { useEditing } from "./context";
import { useEditorWords } from "./text";

/** The report's pages; the one that is shown has its settings in the panel. */
export const PageBar = observer(function PageBar() {
  const { editor } = useEditing();
  const words = useEditorWords();
  const { pages } = editor.spec;
  return (
    <nav className="editor-pages" aria-label={words.pages}>
      {pages.map((page, index) => (
        <button
          key={page.id}
          type="button"
          aria-current={page.id === editor.page?.id ? "page" : undefined}
          onClick={() => editor.selectPage(page.id)}
        >
          {page.title || words.pageName(index + 1)}
        </button>
      ))}
      <button
        type="button"
        onClick={() => editor.addPage(words.pageName(pages.length + 1))}
        disabled={pages.length >= 20}
      >
        + {words.addPage}
      </button>
    </nav>
  );
});
