import "./report.css";
import { reaction } from "mobx";
import { observer } from "mobx-react-lite";
import { useEffect, useMemo, useRef, useState } from "react";
import { ReportStore, type ReportScreen } from "../../client/stores/report/report";
import { isParameter, questionOf } from "../../core/report/question/first-view";
import { useApp } from "../app-context";
import { FilterBar } from "../components/report/filter-bar";
import { Notice } from "../components/notice";
import { PageTabs } from "../components/report/page-tabs";
import { ReportGrid } from "../components/report/grid";
import { ReportHead } from "../components/report/head";
import { ReportSkeleton } from "../components/skeleton";
import { usePageTitle } from "../page-title";
import { ReaderProvider, useReader } from "../reader-context";
import { setQuery, useQuery } from "../router";

// Nearly every report has a chart: what draws it is fetched beside the data, not after it.
void import("../charts/draw");

const TOLD_MS = 3_000;

function useReport(reportId: string): ReportStore {
  const { call, language } = useApp();
  const [store] = useState(
    () =>
      new ReportStore({
        call,
        language,
        whenReady: () => Promise.resolve(),
        contentWidth: 343,
        name: () => reportId,
        now: Date.now,
      }),
  );
  useEffect(() => {
    void store.open(reportId, questionOf(location.search));
    return () => store.dispose();
  }, [store, reportId]);
  return store;
}

/** The address says which page is shown and what is asked; changing either changes the address. */
function useAddress(store: ReportStore): (pageId: string) => void {
  const named = useQuery("page");
  useEffect(() => {
    if (named) store.selectPage(named);
  }, [store, named]);
  useEffect(
    () =>
      reaction(
        () => store.question.link,
        (link) => {
          const written = [...new URLSearchParams(location.search).keys()].filter(isParameter);
          setQuery({ ...Object.fromEntries(written.map((name) => [name, ""])), q: link });
        },
      ),
    [store],
  );
  return (pageId) => {
    store.selectPage(pageId);
    setQuery({ page: pageId, card: "" });
  };
}

const ReadyReport = observer(function ReadyReport({ view }: { view: Extract<ReportScreen, { kind: "ready" }> }) {
  const { store } = useReader();
  const choose = useAddress(store);
  const { shown, currentPage } = store;
  return (
    <>
      <ReportHead view={view} />
      {view.warning && (
        <p className="warning" role="alert">
          {view.warning}
        </p>
      )}
      <FilterBar view={view.question} />
      <PageTabs pages={view.pages} current={view.page} select={choose} />
      <div
        id="report-page"
        {...(view.pages.length > 1 ? { role: "tabpanel", "aria-labelledby": `tab-${view.page}` } : {})}
        aria-busy={view.refreshing}
        className={view.refreshing ? "report-page refreshing" : "report-page"}
      >
        {view.empty && <Notice {...view.empty} />}
        {shown && currentPage && <ReportGrid report={shown} page={currentPage} />}
      </div>
    </>
  );
});

/** Says what was done, and goes away by itself. */
function useToast(): { told: string; announce: (text: string) => void } {
  const [told, setTold] = useState("");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const announce = useMemo(
    () => (text: string) => {
      clearTimeout(timer.current);
      setTold(text);
      timer.current = setTimeout(() => setTold(""), TOLD_MS);
    },
    [],
  );
  return { told, announce };
}

/** One report: its pages and their cards. */
export const ReportPage = observer(function ReportPage({ reportId }: { reportId: string }) {
  const { texts } = useApp();
  const store = useReport(reportId);
  const { told, announce } = useToast();
  const reader = useMemo(() => ({ store, announce }), [store, announce]);
  const { view } = store;
  usePageTitle(view.title);
  return (
    <ReaderProvider value={reader}>
      <main className="page page-wide" id="content">
        {view.kind === "loading" && <ReportSkeleton />}
        {view.kind === "failed" && (
          <Notice whole title={view.panel.title} advice={view.panel.advice}>
            <button type="button" className="button button-primary" onClick={() => void store.refresh()}>
              {texts.signIn.retry}
            </button>
          </Notice>
        )}
        {view.kind === "ready" && <ReadyReport view={view} />}
      </main>
      <div className="toast" role="status" data-shown={told !== ""}>
        {told}
      </div>
    </ReaderProvider>
  );
});
