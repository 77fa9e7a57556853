import { Button, DatePicker, Empty, Flex, Select, Table } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import { formatMoment } from "../../../core/report/format";
import { auditExportPath, listAudit, type AuditItem, type AuditQuestion } from "../../../client/api/audit";
import { useApp } from "../../app-context";
import { ConsolePage, Loaded, useResource } from "../page";
import type { SectionProps } from "../section";
import { useDoing } from "../say";
import { actionName } from "../text/audit-action";
import { detailText } from "../text/audit-detail";
import { useRecordWords } from "../text/records";
import { useShellWords } from "../text/shell";

/** Who did what, and from where; readable, filtered, exported. */
export const AuditPage = observer(function AuditPage({ enterprise, choice }: SectionProps) {
  const { call, language } = useApp();
  const words = useRecordWords();
  const shell = useShellWords();
  const doing = useDoing();
  const [question, setQuestion] = useState<AuditQuestion>({});
  const audit = useResource(() => listAudit(call, enterprise.id, question), JSON.stringify(question));
  const more = (): Promise<boolean> =>
    doing(async () => {
      const { data } = audit;
      const before = data?.items.at(-1)?.id;
      if (!data || before === undefined) return;
      const next = await listAudit(call, enterprise.id, { ...question, before });
      audit.set({ ...next, items: [...data.items, ...next.items] });
    });
  const name = (action: string): string => actionName(action, language.current);
  return (
    <ConsolePage title={shell.audit} actions={choice}>
      <Flex gap={8} wrap>
        <Select
          allowClear
          className="console-choice"
          aria-label={words.action}
          placeholder={words.allActions}
          options={(audit.data?.actions ?? []).map((value) => ({ value, label: name(value) }))}
          onChange={(action?: string) => setQuestion({ ...question, action })}
        />
        <DatePicker.RangePicker
          allowEmpty={[true, true]}
          placeholder={[words.since, words.until]}
          aria-label={`${words.since} ${words.until}`}
          onChange={(days) =>
            setQuestion({ ...question, from: days?.[0]?.format("YYYY-MM-DD"), to: days?.[1]?.format("YYYY-MM-DD") })
          }
        />
        <Button href={auditExportPath(enterprise.id, { ...question, language: language.current })} download>
          {words.export}
        </Button>
      </Flex>
      <Loaded resource={audit}>
        {({ items, more: hasMore }) => (
          <>
            <div className="console-scroll" tabIndex={0} role="region" aria-label={shell.audit}>
              <Table<AuditItem>
                rowKey="id"
                size="middle"
                pagination={false}
                loading={audit.busy}
                dataSource={items}
                locale={{ emptyText: <Empty description={words.noEntries} /> }}
                columns={[
                  { key: "at", title: words.at, render: (_, { at }) => formatMoment(at, Date.now(), language.current) },
                  { key: "who", title: words.who, render: (_, { actor }) => actor?.name ?? words.system },
                  { key: "action", title: words.action, render: (_, { action }) => name(action) },
                  { key: "subject", title: words.subject, render: (_, item) => item.subjectName ?? item.subject ?? "" },
                  { key: "from", title: words.from, render: (_, item) => <Origin item={item} /> },
                  { key: "detail", title: words.details, render: (_, { detail }) => <Detail detail={detail} /> },
                ]}
              />
            </div>
            {hasMore && (
              <Flex justify="center">
                <Button onClick={() => void more()}>{words.more}</Button>
              </Flex>
            )}
          </>
        )}
      </Loaded>
    </ConsolePage>
  );
});

const Origin = observer(function Origin({ item }: { item: AuditItem }) {
  const words = useRecordWords();
  return <>{[item.origin && words.origins[item.origin], item.address].filter(Boolean).join(" · ")}</>;
});

const Detail = observer(function Detail({ detail }: { detail: AuditItem["detail"] }) {
  const { language } = useApp();
  return <span className="console-cell-quiet">{detailText(detail, language.current)}</span>;
});
