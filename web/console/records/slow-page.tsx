import { Button, Empty, Flex, Select, Table, Tag, Typography } from "antd";
import { observer } from "mobx-react-lite";
import { useState, type ReactNode } from "react";
import { listSlowQueries, type SlowQueryItem } from "../../../client/api/explain";
import type { ClientErrorCode } from "../../../client/api/error";
import { SlowOutcome } from "../../../core/contract/report/explain";
import { formatMoment, formatNumber } from "../../../core/report/format";
import { useApp } from "../../app-context";
import { Link } from "../../router";
import { ConsolePage, Loaded, useResource } from "../page";
import type { SectionProps } from "../section";
import { useShellWords } from "../text/shell";
import { useSlowWords } from "../text/slow";

const PAGE = 100;
const MOST = 500;

/** What took the engines long: when, for which report, how it ended, and the statement itself. */
export const SlowPage = observer(function SlowPage({ enterprise, choice }: SectionProps) {
  const { call } = useApp();
  const shell = useShellWords();
  const words = useSlowWords();
  const time = useTime();
  const [outcome, setOutcome] = useState<SlowOutcome>();
  const [limit, setLimit] = useState(PAGE);
  const slow = useResource(
    () => listSlowQueries(call, enterprise.id, { outcome, limit }),
    JSON.stringify([outcome, limit]),
  );
  return (
    <ConsolePage title={shell.slow} intro={slow.data && words.intro(time(slow.data.slowMs))} actions={choice}>
      <Flex gap={8} wrap>
        <Select
          allowClear
          className="console-choice"
          aria-label={words.outcome}
          placeholder={words.allOutcomes}
          options={SlowOutcome.options.map((value) => ({ value, label: words.outcomes[value] }))}
          onChange={(value?: SlowOutcome) => {
            setLimit(PAGE);
            setOutcome(value);
          }}
        />
        <Button onClick={() => void slow.load()}>{words.refresh}</Button>
      </Flex>
      <Loaded resource={slow}>
        {({ queries, slowMs }) => (
          <>
            <SlowTable
              queries={queries}
              busy={slow.busy}
              empty={<Nothing filtered={outcome !== undefined} threshold={time(slowMs)} />}
            />
            {queries.length >= limit && limit < MOST && (
              <Flex justify="center">
                <Button onClick={() => setLimit(limit + PAGE)}>{words.more}</Button>
              </Flex>
            )}
          </>
        )}
      </Loaded>
    </ConsolePage>
  );
});

const Nothing = observer(function Nothing({ filtered, threshold }: { filtered: boolean; threshold: string }) {
  const words = useSlowWords();
  if (filtered) return <Empty description={words.emptyFilter} />;
  return (
    <Empty
      description={
        <>
          <strong>{words.empty}</strong>
          <div>{words.emptyHint(threshold)}</div>
        </>
      }
    />
  );
});

const SlowTable = observer(function SlowTable({
  queries,
  busy,
  empty,
}: {
  queries: SlowQueryItem[];
  busy: boolean;
  empty: ReactNode;
}) {
  const { current } = useApp().language;
  const shell = useShellWords();
  const words = useSlowWords();
  const time = useTime();
  const count = (value: number): string => formatNumber(value, { kind: "number", decimals: 0 }, current);
  return (
    <div className="console-scroll" tabIndex={0} role="region" aria-label={shell.slow}>
      <Table<SlowQueryItem>
        rowKey={(query) => queries.indexOf(query)}
        size="middle"
        pagination={false}
        loading={busy}
        dataSource={queries}
        locale={{ emptyText: empty }}
        expandable={{
          columnTitle: <span className="unseen">{words.sql}</span>,
          expandedRowRender: ({ sql }) => <Statement sql={sql} />,
          expandIcon: ({ expanded, onExpand, record }) => (
            <button
              type="button"
              className={`ant-table-row-expand-icon ant-table-row-expand-icon-${expanded ? "expanded" : "collapsed"}`}
              aria-expanded={expanded}
              aria-label={(expanded ? words.hideSql : words.showSql)(record.dataset)}
              onClick={(event) => onExpand(record, event)}
            />
          ),
        }}
        columns={[
          { key: "at", title: words.at, render: (_, { at }) => formatMoment(at, Date.now(), current) },
          { key: "report", title: words.report, render: (_, query) => <ReportCell query={query} /> },
          { key: "dataset", title: words.dataset, dataIndex: "dataset" },
          { key: "engine", title: words.engine, dataIndex: "engine" },
          { key: "ms", title: words.engineTime, align: "end", render: (_, { engineMs }) => time(engineMs) },
          { key: "queue", title: words.queueTime, align: "end", render: (_, { queueMs }) => time(queueMs) },
          {
            key: "rows",
            title: words.rows,
            align: "end",
            render: (_, { rows }) => (rows === null ? "–" : count(rows)),
          },
          { key: "outcome", title: words.outcome, render: (_, { outcome }) => <OutcomeCell outcome={outcome} /> },
        ]}
      />
    </div>
  );
});

const ReportCell = observer(function ReportCell({ query: { report } }: { query: SlowQueryItem }) {
  const words = useSlowWords();
  if (!report) return <span className="console-cell-quiet">{words.reportGone}</span>;
  return <Link href={`/r/${encodeURIComponent(report.id)}`}>{report.title}</Link>;
});

/** A failure by what people are told of its code. */
const OutcomeCell = observer(function OutcomeCell({ outcome }: { outcome: string }) {
  const { texts } = useApp();
  const words = useSlowWords();
  const known = SlowOutcome.safeParse(outcome);
  if (known.success) {
    return <Tag color={known.data === "answered" ? "success" : "default"}>{words.outcomes[known.data]}</Tag>;
  }
  const { title } = texts.errors[outcome as ClientErrorCode] ?? texts.errors.internal;
  return (
    <>
      <Tag color="error">{words.outcomes.failed}</Tag>
      {title}
    </>
  );
});

const Statement = observer(function Statement({ sql }: { sql: string }) {
  const words = useSlowWords();
  return (
    <>
      <pre className="console-sql" tabIndex={0} role="region" aria-label={words.sql}>
        <code>{sql}</code>
      </pre>
      <Typography.Text copyable={{ text: sql, tooltips: [words.copy, words.copied] }} className="console-cell-quiet">
        {words.copy}
      </Typography.Text>
    </>
  );
});

/** Milliseconds as people read them: whole below a second, seconds above. */
function useTime(): (ms: number) => string {
  const { current } = useApp().language;
  const words = useSlowWords();
  const number = (value: number, decimals: number): string =>
    formatNumber(value, { kind: "number", decimals }, current);
  return (ms) => (ms < 1_000 ? words.ms(number(ms, 0)) : words.seconds(number(ms / 1_000, ms % 1_000 ? 1 : 0)));
}
