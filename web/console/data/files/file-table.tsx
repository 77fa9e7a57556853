import { Button, Empty, Flex, Popconfirm, Table } from "antd";
import { observer } from "mobx-react-lite";
import { useRef } from "react";
import { formatMoment } from "../../../../core/report/format";
import { removeFile, type FileItem } from "../../../../client/api/file";
import { useApp } from "../../../app-context";
import { useDoing } from "../../say";
import { formatBytes, useFileWords } from "../../text/file";
import { useShellWords } from "../../text/shell";

export const ACCEPTED = ".csv,.txt,.tsv,.parquet";

interface FileTableProps {
  files: FileItem[];
  changed: () => void;
  /** Absent while another file is on its way. */
  replace?: (name: string, file: File) => void;
}

/** The files there are, with the datasets that read them. */
export const FileTable = observer(function FileTable({ files, changed, replace }: FileTableProps) {
  const { call, language } = useApp();
  const words = useFileWords();
  const shell = useShellWords();
  const doing = useDoing();
  const number = new Intl.NumberFormat(language.current);
  const picker = useRef<HTMLInputElement>(null);
  const replaced = useRef("");
  const remove = async (name: string): Promise<void> => {
    if (await doing(() => removeFile(call, name), words.removed)) changed();
  };
  const pick = (name: string): void => {
    replaced.current = name;
    picker.current?.click();
  };
  const picked = (input: HTMLInputElement): void => {
    const [file] = input.files ?? [];
    if (file) replace?.(replaced.current, file);
    input.value = ""; // the same file may be chosen again
  };
  return (
    <div className="console-scroll" tabIndex={0} role="region" aria-label={shell.files}>
      <input
        ref={picker}
        type="file"
        hidden
        accept={ACCEPTED}
        onChange={({ currentTarget }) => picked(currentTarget)}
      />
      <Table<FileItem>
        rowKey="name"
        size="middle"
        pagination={{ hideOnSinglePage: true, pageSize: 50 }}
        dataSource={files}
        locale={{ emptyText: <Empty description={words.empty} /> }}
        columns={[
          { key: "name", title: words.name, render: (_, { name }) => name },
          { key: "size", title: words.size, className: "console-amount", render: (_, { size }) => formatBytes(size) },
          { key: "rows", title: words.rows, render: (_, { rows }) => (rows === null ? "–" : number.format(rows)) },
          { key: "columns", title: words.columns, render: (_, { columns }) => columns?.length ?? "–" },
          {
            key: "updated",
            title: words.updated,
            render: (_, { updatedAt, updatedBy }) =>
              [formatMoment(updatedAt, Date.now(), language.current), updatedBy].filter(Boolean).join(" · "),
          },
          { key: "usedBy", title: words.usedBy, render: (_, { usedBy }) => usedBy.join(", ") || "–" },
          {
            key: "actions",
            title: shell.actions,
            render: (_, { name, usedBy }) => (
              <Flex gap={8}>
                <Button
                  size="small"
                  disabled={!replace || !name.endsWith(".parquet")}
                  {...(name.endsWith(".parquet") ? {} : { title: words.replaceWrong })}
                  aria-label={`${words.replaceFile}: ${name}`}
                  onClick={() => pick(name)}
                >
                  {words.replaceFile}
                </Button>
                <Popconfirm
                  title={words.removeAsk(name)}
                  okText={words.remove}
                  cancelText={shell.cancel}
                  onConfirm={() => void remove(name)}
                >
                  <Button size="small" disabled={usedBy.length > 0} aria-label={`${words.remove}: ${name}`}>
                    {words.remove}
                  </Button>
                </Popconfirm>
              </Flex>
            ),
          },
        ]}
      />
    </div>
  );
});
