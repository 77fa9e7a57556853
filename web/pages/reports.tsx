import { observer } from "mobx-react-lite";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import {
  ReportListStore,
  type FolderRow,
  type ReportListView,
  type ReportRow,
  type ReportTab,
} from "../../client/stores/report/list";
import type { Me } from "../../core/contract/session/session";
import { useApp } from "../app-context";
import { Icon } from "../components/icon";
import { ListSkeleton } from "../components/skeleton";
import { Notice } from "../components/notice";
import { Star } from "../components/report/star";
import { later } from "../later";
import { usePageTitle } from "../page-title";
import { worksWithData } from "../rights";
import { Link, useQuery } from "../router";
import { useReaderWords } from "../text/reader";

const NewReport = lazy(() => import("../editor/new-report").then((module) => ({ default: module.NewReport })));

const TABS: ReportTab[] = ["all", "favourite", "recent"];

function useReportList(folder: string | null): ReportListStore {
  const { call, language } = useApp();
  const [store] = useState(
    () =>
      new ReportListStore({ call, language, later, whenReady: () => Promise.resolve(), now: Date.now, browses: true }),
  );
  useEffect(() => () => store.dispose(), [store]);
  useEffect(() => void store.openFolder(folder), [store, folder]);
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

function FolderLink({ folder }: { folder: FolderRow }) {
  return (
    <li className="report-row folder-row">
      <Icon name="folder" size={22} />
      <div className="report-text">
        <h2 className="report-title">
          <Link href={folderAddress(folder.id)}>{folder.name}</Link>
        </h2>
        <p className="report-note">{folder.note}</p>
      </div>
      <Icon name="forward" />
    </li>
  );
}

const folderAddress = (id: string): string => `/?folder=${encodeURIComponent(id)}`;

/** The folders that lead to the one that is shown. */
const FolderPath = observer(function FolderPath({ path }: { path: ReportListView["path"] }) {
  const { texts } = useApp();
  const words = useReaderWords();
  if (path.length === 0) return null;
  return (
    <nav className="folder-path" aria-label={words.folders}>
      <ol>
        <li>
          <Link href="/">{texts.reports.title}</Link>
        </li>
        {path.slice(0, -1).map(({ id, name }) => (
          <li key={id}>
            <Link href={folderAddress(id)}>{name}</Link>
          </li>
        ))}
      </ol>
    </nav>
  );
});

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
      {view.folders.map((folder) => (
        <FolderLink key={folder.id} folder={folder} />
      ))}
      {view.rows.map((row) => (
        <Row key={row.id} row={row} toggle={() => void store.toggleFavourite(row.id)} />
      ))}
    </ul>
  );
});

/** The reports that this person may see. */
export const ReportsPage = observer(function ReportsPage({ me }: { me: Me }) {
  const { texts } = useApp();
  const words = useReaderWords();
  const store = useReportList(useQuery("folder"));
  const search = useSearchKey();
  const [making, setMaking] = useState(false);
  const { path } = store.view;
  const title = path[path.length - 1]?.name ?? texts.reports.title;
  usePageTitle(title);
  return (
    <main className="page" id="content">
      <FolderPath path={path} />
      <div className="page-head">
        <h1>{title}</h1>
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
          {worksWithData(me) && (
            <button type="button" className="button button-primary" onClick={() => setMaking(true)}>
              {words.newReport}
            </button>
          )}
        </div>
      </div>
      {making && (
        <Suspense fallback={null}>
          <NewReport close={() => setMaking(false)} />
        </Suspense>
      )}
      <Answer store={store} />
    </main>
  );
});
