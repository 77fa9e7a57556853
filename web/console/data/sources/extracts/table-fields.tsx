import { Form, Radio, Select } from "antd";
import { observer } from "mobx-react-lite";
import { listColumns, listTables, type DataSourceItem } from "../../../../../client/api/data-source";
import type { ExtractItem } from "../../../../../client/api/extract";
import { useApp } from "../../../../app-context";
import { ErrorAlert, useResource } from "../../../page";
import { useExtractWords } from "../../../text/extract";
import { Reason } from "../test-alert";
import { tableOf, tableValue, type ExtractFields } from "./fields";

const MOST_COLUMNS = 500;

/** Which table is copied, and which of its columns. */
export const TableFields = observer(function TableFields({
  source,
  extract,
}: {
  source: DataSourceItem;
  extract: ExtractItem | null;
}) {
  const { call } = useApp();
  const words = useExtractWords();
  const tables = useResource(() => listTables(call, source.id), source.id);
  const table = Form.useWatch<string | undefined>("table");
  const which = Form.useWatch<ExtractFields["which"]>("which");
  // The extract's own, also where the source does not answer or has it no more.
  const values = new Set([...(extract ? [extract.table] : []), ...(tables.data ?? [])].map(tableValue));
  return (
    <>
      <Form.Item name="table" label={words.table} rules={[{ required: true, message: words.needed }]}>
        <Select
          showSearch={{ optionFilterProp: "label" }}
          loading={tables.busy}
          placeholder={words.tableHint}
          options={[...values].map((value) => ({ value, label: Object.values(tableOf(value)).join(".") }))}
        />
      </Form.Item>
      {tables.error && (
        <div className="console-alerts">
          <ErrorAlert error={tables.error} retry={() => void tables.load()} />
          <Reason source={source} />
        </div>
      )}
      <Form.Item name="which" label={words.columns} {...(extract ? { extra: words.rereads } : {})}>
        <Radio.Group
          vertical
          aria-label={words.columns}
          options={[
            { value: "all", label: words.allColumnsHint },
            { value: "some", label: words.someColumnsHint },
          ]}
        />
      </Form.Item>
      {which === "some" && table && <ColumnsField source={source} table={table} />}
    </>
  );
});

const ColumnsField = observer(function ColumnsField({ source, table }: { source: DataSourceItem; table: string }) {
  const { call } = useApp();
  const words = useExtractWords();
  const { schema, name } = tableOf(table);
  const columns = useResource(() => listColumns(call, source.id, { schema, table: name }), table);
  const names = columns.data?.map((column) => column.name) ?? [];
  const refuseGone = (_: unknown, chosen: string[]): Promise<void> => {
    const gone = names.length > 0 ? chosen.filter((each) => !names.includes(each)) : [];
    return gone.length > 0 ? Promise.reject(words.columnsGone(gone.join(", "))) : Promise.resolve();
  };
  return (
    <>
      <Form.Item
        name="columns"
        label={words.chosen}
        rules={[{ required: true, type: "array", min: 1, message: words.needed }, { validator: refuseGone }]}
      >
        <Select
          mode="multiple"
          maxCount={MOST_COLUMNS}
          loading={columns.busy}
          options={names.map((value) => ({ value, label: value }))}
        />
      </Form.Item>
      {columns.error && <ErrorAlert error={columns.error} retry={() => void columns.load()} />}
    </>
  );
});
