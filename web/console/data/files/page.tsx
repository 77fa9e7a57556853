import { Button, Empty, Flex, Popconfirm, Table, Upload } from "antd";
import { observer } from "mobx-react-lite";
import { useEffect, useState } from "react";
import { formatMoment } from "../../../../core/report/format";
import {
  cancelUpload,
  listFiles,
  listUploads,
  removeFile,
  type FileItem,
  type UploadItem,
} from "../../../../client/api/file";
import { UploadStore } from "../../../../client/stores/upload";
import { useApp } from "../../../app-context";
import { later } from "../../../later";
import { sendPart } from "../../../send-part";
import { ConsolePage, Loaded, useResource } from "../../page";
import { useDoing } from "../../say";
import { formatBytes, useFileWords } from "../../text/file";
import { useShellWords } from "../../text/shell";
import { UploadPanel } from "./upload-panel";

/** Files that datasets are read from: uploaded, looked at before they are imported, replaced, removed. */
export const FilesPage = observer(function FilesPage() {
  const { call } = useApp();
  const words = useFileWords();
  const shell = useShellWords();
  const list = useResource(async () => {
    const [files, mine] = await Promise.all([listFiles(call), listUploads(call)]);
    return { files, ...mine };
  }, "");
  const [store] = useState(() => new UploadStore<Blob>({ call, send: sendPart, later, now: () => performance.now() }));
  useEffect(() => () => store.close(), [store]);
  const choose = (file: File): false => {
    void store.choose({
      name: file.name,
      size: file.size,
      modified: file.lastModified,
      slice: (from, to) => file.slice(from, to),
    });
    return false; // the library shall not send it by itself
  };
  const active = store.upload !== null || store.sending !== "idle" || store.error !== null;
  return (
    <ConsolePage title={shell.files} intro={words.intro}>
      <Loaded resource={list}>
        {({ files, uploads, limitBytes }) => (
          <Flex vertical gap={16}>
            {active ? (
              <UploadPanel store={store} files={files} done={() => void list.load()} />
            ) : (
              <>
                <Upload.Dragger accept=".csv,.txt,.tsv,.parquet" showUploadList={false} beforeUpload={choose}>
                  <p>
                    <strong>{words.drop}</strong>
                  </p>
                  <p className="console-cell-quiet">{words.dropHint(formatBytes(limitBytes))}</p>
                </Upload.Dragger>
                <Unfinished uploads={uploads} store={store} changed={() => void list.load()} />
              </>
            )}
            <FileTable files={files} changed={() => void list.load()} />
          </Flex>
        )}
      </Loaded>
    </ConsolePage>
  );
});

const Unfinished = observer(function Unfinished({
  uploads,
  store,
  changed,
}: {
  uploads: UploadItem[];
  store: UploadStore<Blob>;
  changed: () => void;
}) {
  const { call } = useApp();
  const words = useFileWords();
  const doing = useDoing();
  if (uploads.length === 0) return null;
  const discard = (id: string) => async (): Promise<void> => {
    if (await doing(() => cancelUpload(call, id))) changed();
  };
  return (
    <section aria-label={words.unfinished}>
      <strong>{words.unfinished}</strong>
      {uploads.map((upload) => (
        <Flex key={upload.id} gap={8} align="center" wrap className="console-check">
          <span>{upload.fileName}</span>
          <span className="console-cell-quiet">
            {upload.state === "receiving"
              ? words.received(Math.floor((100 * upload.received) / upload.size))
              : words.ready}
          </span>
          {upload.state !== "receiving" && (
            <Button size="small" onClick={() => store.open(upload)}>
              {words.resume}
            </Button>
          )}
          <Button size="small" onClick={() => void discard(upload.id)()}>
            {words.discard}
          </Button>
        </Flex>
      ))}
    </section>
  );
});

const FileTable = observer(function FileTable({ files, changed }: { files: FileItem[]; changed: () => void }) {
  const { call, language } = useApp();
  const words = useFileWords();
  const shell = useShellWords();
  const doing = useDoing();
  const number = new Intl.NumberFormat(language.current);
  const remove = async (name: string): Promise<void> => {
    if (await doing(() => removeFile(call, name), words.removed)) changed();
  };
  return (
    <div className="console-scroll" tabIndex={0} role="region" aria-label={shell.files}>
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
            ),
          },
        ]}
      />
    </div>
  );
});
