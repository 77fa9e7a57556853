import { observer } from "mobx-react-lite";
import { useEffect, useRef, useState } from "react";
import { ReportListStore, type ReportRow, type ReportTab } from "../../client/stores/report-list";
import { useApp } from "../app-context";
import { ListSkeleton } from "../components/skeleton";
import { Notice } from "../components/notice";
import { Star } from "../components/star";
import { usePageTitle } from "../page-title";
import { Link } from "../router";
import { useReaderWords } from "../text/reader";

const TABS: ReportTab[] = ["all", "favourite", "recent"];

function later(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

function useReportList(): ReportListStore {
  const { call, language } = useApp();
  const [store] = useState(
    () => new ReportListStore({ call, language, later, whenReady: () => Promise.resolve(), now: Date.now }),
  );
  useEffect(() => {
    void store.open();
    return () => store.dispose();
  }, [store]);
  return store;
}

/** Pressing / anywhere but in a field goes to the search. */
function useSearchKey() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey) return;
      if (event.target instanceof HTMLElement && event.target.closest("input, textarea, select")) return;
      event.preventDefault();
      field.current?.focus();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  return field;
}

function Row({ row, toggle }: { row: ReportRow; toggle: () => void }) {
  return (
    <li className="report-row">
      <div className="report-text">
        <h2 className="report-title">
          <Link href={`/r/${encodeURIComponent(row.id)}`}>{row.title}</Link>
        </h2>
        {row.description && <p className="report-note">{row.description}</p>}
        <p className="report-note report-when">{row.note}</p>
      </div>
      <Star on={row.favourite} name={row.title} toggle={toggle} />
    </li>
  );
}

const Tabs = observer(function Tabs({ store }: { store: ReportListStore }) {
  const { texts } = useApp();
  const words = useReaderWords();
  return (
    <div className="segments" role="group" aria-label={words.show}>
      {TABS.map((tab) => (
        <button key={tab} type="button" aria-pressed={store.view.tab === tab} onClick={() => void store.selectTab(tab)}>
          {texts.reports.tabs[tab]}
        </button>
      ))}
    </div>
  );
});

const Answer = observer(function Answer({ store }: { store: ReportListStore }) {
  const { texts } = useApp();
  const { view } = store;
  if (view.kind === "loading") return <ListSkeleton />;
  if (view.panel) {
    return (
      <Notice title={view.panel.title} advice={view.panel.advice}>
        {view.kind === "failed" && (
          <button type="button" className="button button-primary" onClick={() => void store.refresh()}>
            {texts.signIn.retry}
          </button>
        )}
      </Notice>
    );
  }
  return (
    <ul className="report-list" aria-label={view.count}>
      {view.rows.map((row) => (
        <Row key={row.id} row={row} toggle={() => void store.toggleFavourite(row.id)} />
      ))}
    </ul>
  );
});

/** The reports that this person may see. */
export const ReportsPage = observer(function ReportsPage() {
  const { texts } = useApp();
  const words = useReaderWords();
  const store = useReportList();
  const search = useSearchKey();
  usePageTitle(texts.reports.title);
  return (
    <main className="page" id="content">
      <div className="page-head">
        <h1>{texts.reports.title}</h1>
        <div className="page-tools">
          <input
            ref={search}
            type="search"
            className="field field-search"
            aria-label={texts.reports.search}
            aria-keyshortcuts="/"
            title={words.searchHint}
            placeholder={texts.reports.search}
            value={store.view.search}
            onChange={(event) => store.type(event.target.value)}
          />
          <Tabs store={store} />
        </div>
      </div>
      <Answer store={store} />
    </main>
  );
});
