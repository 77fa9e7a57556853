import { Input, Select, Table } from "antd";
import { observer } from "mobx-react-lite";
import type { FoundInFile, UploadSettings } from "../../../../client/api/file";
import { useFileWords } from "../../text/file";
import { useColumnNotes } from "./column-notes";

/** What is said of a column. */
export type WantedColumn = NonNullable<UploadSettings["columns"]>[number];
type Type = NonNullable<WantedColumn["type"]>;

const TYPES: Type[] = ["String", "Integer", "Decimal", "Float", "Boolean", "Date", "Time", "DateTime", "DateTimeTz"];

/** The columns of a file: what each is called and becomes, why, and which words stand for nothing. */
export const ColumnTable = observer(function ColumnTable({
  found,
  columns,
  change,
}: {
  found: FoundInFile;
  columns: WantedColumn[];
  change: (index: number, part: Partial<WantedColumn>) => void;
}) {
  const words = useFileWords();
  const notesOf = useColumnNotes();
  const fixed = found.csv === null;
  const rows = columns.map((column, index) => ({ ...column, index }));
  return (
    <div className="console-scroll" tabIndex={0} role="region" aria-label={words.columns}>
      <Table
        rowKey="index"
        size="small"
        scroll={{ x: "max-content" }}
        pagination={{ hideOnSinglePage: true, pageSize: 20, showSizeChanger: false }}
        dataSource={rows}
        columns={[
          {
            key: "name",
            title: words.column,
            render: (_, { name, index }) => (
              <Input
                className="console-choice"
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
                value={type ?? (found.columns[index]?.type as Type)}
                options={TYPES.map((value) => ({ value, label: words.types[value] }))}
                onChange={(next) => change(index, { type: next })}
              />
            ),
          },
          {
            key: "nulls",
            title: words.nulls,
            render: (_, { name, nulls, index }) => {
              const known = found.columns[index]?.nulls ?? [];
              if (fixed || (found.columns[index]?.type === "String" && nulls === undefined)) return null;
              return (
                <Select
                  mode="tags"
                  className="console-choice"
                  aria-label={`${words.nulls}: ${name}`}
                  value={nulls ?? known.map(({ text }) => text)}
                  options={known.map(({ text, count }) => ({ value: text, label: `${text} (${count})` }))}
                  onChange={(next: string[]) => change(index, { nulls: next })}
                />
              );
            },
          },
          {
            key: "notes",
            title: words.notes,
            render: (_, { index }) => {
              const column = found.columns[index];
              return column ? notesOf(column).map((note) => <Note key={note} text={note} />) : null;
            },
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

const Note = ({ text }: { text: string }) => <div className="console-note">{text}</div>;
