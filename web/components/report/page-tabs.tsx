import { observer } from "mobx-react-lite";
import type { KeyboardEvent } from "react";
import { useReaderWords } from "../../text/reader";

/** A report's pages. https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
export const PageTabs = observer(function PageTabs({
  pages,
  current,
  select,
}: {
  pages: { id: string; title: string }[];
  current: string;
  select: (id: string) => void;
}) {
  const words = useReaderWords();
  if (pages.length < 2) return null;
  const at = pages.findIndex(({ id }) => id === current);
  const walk = (event: KeyboardEvent<HTMLDivElement>): void => {
    const to = { ArrowRight: (at + 1) % pages.length, ArrowLeft: (at - 1 + pages.length) % pages.length }[event.key];
    const page = to === undefined ? undefined : pages[to];
    if (!page || to === undefined) return;
    event.preventDefault();
    select(page.id);
    event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')[to]?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={words.pages} onKeyDown={walk}>
      {pages.map((page) => (
        <button
          key={page.id}
          type="button"
          role="tab"
          id={`tab-${page.id}`}
          aria-selected={page.id === current}
          aria-controls="report-page"
          tabIndex={page.id === current ? 0 : -1}
          onClick={() => select(page.id)}
        >
          {page.title}
        </button>
      ))}
    </div>
  );
});
