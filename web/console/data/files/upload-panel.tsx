import { Alert, Button, Card, Flex, Progress, Steps } from "antd";
import { observer } from "mobx-react-lite";
import type { UploadStore } from "../../../../client/stores/source/upload";
import { errorText } from "../../../../client/text/text";
import { useApp } from "../../../app-context";
import { ErrorAlert } from "../../page";
import { useFileWords } from "../../text/file";
import { InspectionForm } from "./inspection-form";
import { CsvOptions } from "./csv-options";
import type { UploadPanelProps } from "./upload-panel-props";

/** One upload from its first byte to its import. */
export const UploadPanel = observer(function UploadPanel({ store, files, done }: UploadPanelProps) {
  const words = useFileWords();
  const { upload, error } = store;
  const discard = async (): Promise<void> => {
    await store.cancel();
    done();
  };
  const arrived = upload !== null && upload.state !== "receiving";
  return (
    <Card title={upload?.fileName} extra={<Button onClick={() => void discard()}>{words.discard}</Button>}>
      <Flex vertical gap={16}>
        <Steps size="small" current={arrived ? 1 : 0} items={words.steps.map((title) => ({ title }))} />
        {error && <ErrorAlert error={error} {...(arrived ? {} : { retry: () => void store.resume() })} />}
        {!arrived && <Sending store={store} />}
        {arrived && <Arrived store={store} files={files} done={done} />}
      </Flex>
    </Card>
  );
});

const Arrived = observer(function Arrived({ store, files, done }: UploadPanelProps) {
  const words = useFileWords();
  switch (store.upload?.state) {
    case "inspecting":
      return <Alert type="info" showIcon role="status" title={words.reading} />;
    case "refused":
      return <Refused store={store} />;
    default:
      return <InspectionForm key={JSON.stringify(store.upload?.settings)} store={store} files={files} done={done} />;
  }
});

const Sending = observer(function Sending({ store }: { store: UploadStore<Blob> }) {
  const words = useFileWords();
  const { sending } = store;
  if (!store.upload) return null;
  return (
    <Flex vertical gap={8}>
      <Progress percent={Math.floor(store.progress * 100)} status="normal" aria-label={words.sending} />
      <Flex gap={8} align="center">
        <span role="status">{sending === "idle" ? "" : words[sending]}</span>
        {sending === "paused" ? (
          <Button onClick={() => void store.resume()}>{words.resume}</Button>
        ) : (
          <Button onClick={() => store.pause()}>{words.pause}</Button>
        )}
      </Flex>
    </Flex>
  );
});

const Refused = observer(function Refused({ store }: { store: UploadStore<Blob> }) {
  const { texts } = useApp();
  const words = useFileWords();
  const { problem, settings } = store.upload ?? {};
  if (!problem) return null;
  const { title, advice } = errorText(texts, { code: problem.code });
  const line = problem.line === null ? "" : ` · ${words.line(problem.line)}`;
  return (
    <Flex vertical gap={16}>
      <Alert type="error" showIcon role="alert" title={`${title}${line}`} description={advice} />
      {problem.code === "file_encoding" && (
        <CsvOptions found={null} change={(changed) => void store.inspect({ ...settings, ...changed })} />
      )}
    </Flex>
  );
});
