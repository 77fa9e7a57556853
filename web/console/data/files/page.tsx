import { Button, Flex, Upload } from "antd";
import { observer } from "mobx-react-lite";
import { useEffect, useState, type KeyboardEvent } from "react";
import { cancelUpload, listFiles, listUploads, type UploadItem } from "../../../../client/api/file";
import { UploadStore } from "../../../../client/stores/source/upload";
import { useApp } from "../../../app-context";
import { later } from "../../../later";
import { sendPart } from "../../../send-part";
import { ConsolePage, Loaded, useResource } from "../../page";
import { useDoing } from "../../say";
import { formatBytes, useFileWords } from "../../text/file";
import { useShellWords } from "../../text/shell";
import { ACCEPTED, FileTable } from "./file-table";
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
  const choose = (file: File, replaced?: string): false => {
    const { name, size, lastModified: modified } = file;
    const slice = (from: number, to: number): Blob => file.slice(from, to);
    void store.choose(
      { name, size, modified, slice },
      replaced === undefined ? null : { name: replaced, replace: true },
    );
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
                <div onKeyDown={pressWithSpace}>
                  <Upload.Dragger accept={ACCEPTED} showUploadList={false} beforeUpload={(file) => choose(file)}>
                    <p>
                      <strong>{words.drop}</strong>
                    </p>
                    <p className="console-cell-quiet">{words.dropHint(formatBytes(limitBytes))}</p>
                  </Upload.Dragger>
                </div>
                <Unfinished uploads={uploads} store={store} changed={() => void list.load()} />
              </>
            )}
            <FileTable
              files={files}
              changed={() => void list.load()}
              {...(active ? {} : { replace: (name, file) => void choose(file, name) })}
            />
          </Flex>
        )}
      </Loaded>
    </ConsolePage>
  );
});

/** The library's place to drop a file is a button that knows only the Enter key. */
function pressWithSpace(event: KeyboardEvent): void {
  if (event.key !== " ") return;
  event.preventDefault();
  (event.target as HTMLElement).click();
}

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
