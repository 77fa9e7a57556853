import { Alert, Card, Col, DatePicker, Empty, Flex, Progress, Row, Statistic, Table, Tag } from "antd";
import dayjs from "dayjs";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import { quotaOf, type Quota } from "../../../client/api/enterprise";
import { useApp } from "../../app-context";
import { ConsolePage, Loaded, useResource } from "../page";
import type { SectionProps } from "../section";
import { useRecordWords } from "../text/records";
import { useShellWords } from "../text/shell";

/** What DingTalk costs: one month's calls, counted or exempt, with a forecast. */
export const QuotaPage = observer(function QuotaPage({ enterprise, choice }: SectionProps) {
  const { call } = useApp();
  const shell = useShellWords();
  const words = useRecordWords();
  const [month, setMonth] = useState<string>();
  const quota = useResource(() => quotaOf(call, enterprise.id, month), month ?? "");
  const picker = (
    <DatePicker
      picker="month"
      aria-label={words.month}
      allowClear={false}
      value={dayjs(month ?? quota.data?.month)}
      maxDate={dayjs()}
      onChange={(value) => setMonth(value ? value.format("YYYY-MM") : undefined)}
    />
  );
  return (
    <ConsolePage
      title={shell.quota}
      actions={
        <>
          {picker}
          {choice}
        </>
      }
    >
      <Loaded resource={quota}>{(data) => <Month quota={data} />}</Loaded>
    </ConsolePage>
  );
});

const Month = observer(function Month({ quota }: { quota: Quota }) {
  const words = useRecordWords();
  const shell = useShellWords();
  const { language } = useApp();
  const number = new Intl.NumberFormat(language.current);
  const { limit, counted, warning } = quota;
  const share = limit === null ? 0 : Math.min(100, Math.round((100 * counted) / limit));
  return (
    <Flex vertical gap={16}>
      {warning !== "none" && (
        <Alert
          type={warning === "spent" ? "error" : "warning"}
          showIcon
          title={words.warnings[warning]}
          description={<Stops quota={quota} />}
        />
      )}
      <Card>
        <Row gutter={[16, 16]}>
          <Col xs={12} md={6}>
            <Statistic title={words.used} value={counted} suffix={limit === null ? "" : `/ ${number.format(limit)}`} />
          </Col>
          <Col xs={12} md={6}>
            <Statistic title={words.forecast} value={quota.forecast} />
          </Col>
          <Col xs={12} md={6}>
            <Statistic title={words.exempt} value={quota.exempt} />
          </Col>
          <Col xs={12} md={6}>
            <Statistic title={`${words.limit} · ${shell.editions[quota.edition]}`} value={limit ?? words.noLimit} />
          </Col>
        </Row>
        {limit !== null && (
          <Progress percent={share} status={warning === "spent" ? "exception" : "normal"} aria-label={words.used} />
        )}
      </Card>
      <Days quota={quota} />
      <div className="console-scroll" tabIndex={0} role="region" aria-label={words.byApi}>
        <Table
          rowKey={({ api, counted: isCounted }) => `${api}-${String(isCounted)}`}
          size="middle"
          pagination={false}
          dataSource={quota.apis}
          locale={{ emptyText: <Empty description={words.noCalls} /> }}
          columns={[
            { key: "api", title: words.api, render: (_, { api }) => <code>{api}</code> },
            {
              key: "counted",
              title: words.counted,
              render: (_, { counted: isCounted }) => (
                <Tag color={isCounted ? "blue" : "default"}>{isCounted ? words.counted : words.exempt}</Tag>
              ),
            },
            { key: "calls", title: words.calls, dataIndex: "calls", align: "end" },
            { key: "failed", title: words.failed, dataIndex: "failed", align: "end" },
          ]}
        />
      </div>
    </Flex>
  );
});

const Stops = observer(function Stops({ quota }: { quota: Quota }) {
  const words = useRecordWords();
  return (
    <>
      {words.stopsTitle} {quota.stops.map((stop) => words.stops[stop]).join(" · ")}
    </>
  );
});

/** A bar a day; the same numbers stand in each bar's name. */
const Days = observer(function Days({ quota }: { quota: Quota }) {
  const words = useRecordWords();
  const most = Math.max(1, ...quota.days.map(({ counted }) => counted));
  if (quota.counted === 0) return null;
  return (
    <Card title={<h2 className="console-tile-name">{words.byDay}</h2>}>
      <div className="console-days" role="list">
        {quota.days.map(({ day, counted }) => (
          <span
            key={day}
            role="listitem"
            title={`${day}: ${counted}`}
            aria-label={`${day}: ${counted}`}
            style={{ height: `${(100 * counted) / most}%` }}
          />
        ))}
      </div>
    </Card>
  );
});
