import { Button, Empty, Input, Segmented, Skeleton } from "antd";
import { observer } from "mobx-react-lite";
import { useEffect, useState } from "react";
import { ReportListStore, type ReportRow, type ReportTab } from "../../client/stores/report-list";
import { useApp } from "../app-context";

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

function Row({ row, toggle }: { row: ReportRow; toggle: () => void }) {
  const { texts } = useApp();
  return (
    <li className="report-row">
      <div className="report-text">
        <div className="report-title">{row.title}</div>
        {row.description && <div className="report-note">{row.description}</div>}
        <div className="report-note">{row.note}</div>
      </div>
      <Button
        type="text"
        aria-pressed={row.favourite}
        aria-label={`${row.favourite ? texts.report.unfavourite : texts.report.favourite}: ${row.title}`}
        onClick={toggle}
      >
        <span className={row.favourite ? "star star-on" : "star"} aria-hidden="true">
          {row.favourite ? "★" : "☆"}
        </span>
      </Button>
    </li>
  );
}

/** The reports that this person may see. */
export const ReportsPage = observer(function ReportsPage() {
  const { texts, words } = useApp();
  const store = useReportList();
  const { view } = store;
  return (
    <>
      <div className="page-head">
        <h1>{texts.reports.title}</h1>
        <div className="page-tools">
          <Input.Search
            allowClear
            aria-label={texts.reports.search}
            placeholder={texts.reports.search}
            value={view.search}
            onChange={(event) => store.type(event.target.value)}
          />
          <Segmented
            value={view.tab}
            options={TABS.map((tab) => ({ value: tab, label: texts.reports.tabs[tab] }))}
            onChange={(tab) => void store.selectTab(tab)}
          />
        </div>
      </div>
      <p className="report-note">{words.openInDingTalk}</p>
      {view.kind === "loading" && <Skeleton active paragraph={{ rows: 6 }} />}
      {view.panel && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={view.panel.title}>
          <p className="report-note">{view.panel.advice}</p>
          {view.kind === "failed" && <Button onClick={() => void store.refresh()}>{texts.signIn.retry}</Button>}
        </Empty>
      )}
      {view.kind === "ready" && (
        <ul className="report-list" aria-label={view.count}>
          {view.rows.map((row) => (
            <Row key={row.id} row={row} toggle={() => void store.toggleFavourite(row.id)} />
          ))}
        </ul>
      )}
    </>
  );
});
