import { Alert, Button, Flex, Input, Select, Table } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import type { FoundInFile, UploadSettings } from "../../../../client/api/file";
import { useApp } from "../../../app-context";
import { useFileWords } from "../../text/file";
import { CsvOptions } from "./csv-options";
import { ImportBar } from "./import-bar";
import type { UploadPanelProps } from "./upload-panel-props";

type Column = NonNullable<UploadSettings["columns"]>[number];
type Type = Column["type"];
const TYPES: Type[] = ["String", "Integer", "Decimal", "Float", "Boolean", "Date", "Time", "DateTime", "DateTimeTz"];
const SHOWN_COLUMNS = 50;

/** What was found in a file: corrected where it is wrong, then imported. */
export const InspectionForm = observer(function InspectionForm({ store, files, done }: UploadPanelProps) {
  const { language } = useApp();
  const words = useFileWords();
  const { upload } = store;
  const found = upload?.inspection;
  const [columns, setColumns] = useState<Column[]>(() =>
    (found?.columns ?? []).map(({ name, type }) => ({ name, type: type as Type })),
  );
  if (!upload || !found) return null;
  const changed = columns.some(
    ({ name, type }, index) => name !== found.columns[index]?.name || type !== found.columns[index].type,
  );
  const change = (index: number, part: Partial<Column>): void =>
    setColumns(columns.map((column, at) => (at === index ? { ...column, ...part } : column)));
  const again = (settings: UploadSettings): void => void store.inspect({ ...upload.settings, ...settings });
  return (
    <Flex vertical gap={16}>
      {found.csv && <CsvOptions found={found.csv} change={again} />}
      <Misfits found={found} />
      <ColumnTable found={found} columns={columns} change={change} />
      {found.csv && (
        <div>
          <Button disabled={!changed} onClick={() => again({ columns })}>
            {words.apply}
          </Button>
        </div>
      )}
      <Preview found={found} title={words.preview(new Intl.NumberFormat(language.current).format(found.rowCount))} />
      <ImportBar store={store} files={files} done={done} found={found} outdated={changed} />
    </Flex>
  );
});

const Misfits = observer(function Misfits({ found: { leftOut } }: { found: FoundInFile }) {
  const words = useFileWords();
  if (leftOut.count === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      title={words.misfits(`${leftOut.count}${leftOut.more ? "+" : ""}`)}
      description={
        <ul className="console-effects">
          {leftOut.lines.slice(0, 10).map(({ line, column, fault, text }, index) => (
            <li key={index}>
              {[words.line(line), column, words.faults[fault]].filter(Boolean).join(" · ")}: {text}
            </li>
          ))}
        </ul>
      }
    />
  );
});

const ColumnTable = observer(function ColumnTable({
  found,
  columns,
  change,
}: {
  found: FoundInFile;
  columns: Column[];
  change: (index: number, part: Partial<Column>) => void;
}) {
  const words = useFileWords();
  const fixed = found.csv === null;
  const rows = columns.map((column, index) => ({ ...column, index }));
  return (
    <div className="console-scroll" tabIndex={0} role="region" aria-label={words.columns}>
      <Table
        rowKey="index"
        size="small"
        pagination={{ hideOnSinglePage: true, pageSize: 20, showSizeChanger: false }}
        dataSource={rows}
        columns={[
          {
            key: "name",
            title: words.column,
            render: (_, { name, index }) => (
              <Input
                aria-label={`${words.column} ${index + 1}`}
                disabled={fixed}
                value={name}
                onChange={({ target: { value } }) => change(index, { name: value })}
              />
            ),
          },
          {
            key: "type",
            title: words.type,
            render: (_, { name, type, index }) => (
              <Select
                className="console-choice"
                aria-label={`${words.type}: ${name}`}
                disabled={fixed}
                value={type}
                options={TYPES.map((value) => ({ value, label: words.types[value] }))}
                onChange={(next) => change(index, { type: next })}
              />
            ),
          },
          {
            key: "example",
            title: words.example,
            render: (_, { index }) =>
              found.rows
                .slice(0, 3)
                .map((row) => String(row[index] ?? ""))
                .join(", ")
                .slice(0, 80),
          },
        ]}
      />
    </div>
  );
});

function Preview({ found, title }: { found: FoundInFile; title: string }) {
  return (
    <div className="console-scroll" tabIndex={0} role="region" aria-label={title}>
      <strong>{title}</strong>
      <Table
        rowKey="row"
        size="small"
        pagination={false}
        dataSource={found.rows.map((cells, row) => ({ row, cells }))}
        columns={found.columns.slice(0, SHOWN_COLUMNS).map(({ name }, index) => ({
          key: name,
          title: name,
          render: (_: unknown, { cells }: { cells: FoundInFile["rows"][number] }) => String(cells[index] ?? ""),
        }))}
      />
    </div>
  );
}
