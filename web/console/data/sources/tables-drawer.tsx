import { Collapse, Drawer, Empty, Flex, Input, Skeleton, Table, Tag } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import {
  listColumns,
  listTables,
  type DataSourceItem,
  type SourceColumnItem,
  type SourceTableItem,
} from "../../../../client/api/data-source";
import { useApp } from "../../../app-context";
import { Loaded, useResource } from "../../page";
import { useSourceWords } from "../../text/source";
import { Reason } from "./test-alert";

const MOST_SHOWN = 200;

/** What the data source's user may read: tables, and the columns of those that are opened. */
export const TablesDrawer = observer(function TablesDrawer({
  source,
  close,
}: {
  source: DataSourceItem;
  close: () => void;
}) {
  const { call } = useApp();
  const words = useSourceWords();
  const tables = useResource(() => listTables(call, source.id), source.id);
  return (
    <Drawer open title={words.tables(source.name)} size={560} onClose={close}>
      <Flex vertical gap={12}>
        <Loaded resource={tables}>{(data) => <TableList source={source} tables={data} />}</Loaded>
        {tables.error && <Reason source={source} />}
      </Flex>
    </Drawer>
  );
});

const TableList = observer(function TableList({
  source,
  tables,
}: {
  source: DataSourceItem;
  tables: SourceTableItem[];
}) {
  const words = useSourceWords();
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const found = tables.filter(({ schema, name }) => `${schema}.${name}`.toLowerCase().includes(wanted));
  const shown = found.slice(0, MOST_SHOWN);
  if (tables.length === 0) return <Empty description={words.noTables} />;
  return (
    <>
      <Input
        allowClear
        type="search"
        aria-label={words.findTable}
        placeholder={words.findTable}
        onChange={({ target }) => setSearch(target.value)}
      />
      {shown.length === 0 && <Empty description={words.noMatch} />}
      {shown.length < found.length && <span role="status">{words.moreTables(shown.length, found.length)}</span>}
      <Collapse
        destroyOnHidden
        items={shown.map(({ schema, name, kind }) => ({
          key: JSON.stringify([schema, name]),
          label: (
            <>
              <span className="console-code">{`${schema}.${name}`}</span> {kind === "view" && <Tag>{words.view}</Tag>}
            </>
          ),
          children: <Columns source={source} schema={schema} table={name} />,
        }))}
      />
    </>
  );
});

const Columns = observer(function Columns({
  source,
  schema,
  table,
}: {
  source: DataSourceItem;
  schema: string;
  table: string;
}) {
  const { call } = useApp();
  const words = useSourceWords();
  const columns = useResource(() => listColumns(call, source.id, { schema, table }), `${schema}.${table}`);
  if (!columns.data && !columns.error) return <Skeleton active paragraph={{ rows: 3 }} />;
  return (
    <Loaded resource={columns}>
      {(data) => (
        <Table<SourceColumnItem>
          rowKey="name"
          size="small"
          pagination={false}
          dataSource={data}
          columns={[
            { key: "name", title: words.column, render: (_, { name }) => <code>{name}</code> },
            { key: "type", title: words.type, dataIndex: "type" },
            { key: "datatype", title: words.datatype, render: (_, { datatype }) => datatype ?? words.noDatatype },
          ]}
        />
      )}
    </Loaded>
  );
});
