import { Button, Card, Flex, Tag, Typography } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import {
  removeDataSource,
  testDataSource,
  type DataSourceItem,
  type TestResult,
} from "../../../../client/api/data-source";
import { useApp } from "../../../app-context";
import { navigate } from "../../../router";
import { useDoing } from "../../say";
import { useExtractWords } from "../../text/extract";
import { useSourceWords } from "../../text/source";
import { extractsPath } from "./extracts/page";
import { RemoveButton } from "./remove-button";
import { TestAlert } from "./test-alert";

/** One data source: where it is, who uses it, and what can be done with it. */
export const SourceTile = observer(function SourceTile({
  source,
  edit,
  browse,
  changed,
}: {
  source: DataSourceItem;
  edit: () => void;
  browse: () => void;
  changed: () => void;
}) {
  const { call } = useApp();
  const words = useSourceWords();
  const extractWords = useExtractWords();
  const doing = useDoing();
  const [testing, setTesting] = useState(false);
  const [result, setResult] = useState<{ of: string; result: TestResult } | null>(null);
  const test = async (): Promise<void> => {
    setTesting(true);
    setResult(null);
    await doing(async () => setResult({ of: source.updatedAt, result: await testDataSource(call, source.id) }));
    setTesting(false);
  };
  const named = (action: string): string => `${action}: ${source.name}`;
  return (
    <Card title={<h2 className="console-tile-name">{source.name}</h2>}>
      <Facts source={source} />
      <Flex gap={8} wrap>
        <Button onClick={() => void test()} loading={testing} aria-label={named(words.test)}>
          {words.test}
        </Button>
        <Button onClick={browse} aria-label={named(words.browse)}>
          {words.browse}
        </Button>
        <Button onClick={() => navigate(extractsPath(source.id))} aria-label={named(extractWords.open)}>
          {extractWords.open}
        </Button>
        <Button onClick={edit} aria-label={named(words.edit)}>
          {words.edit}
        </Button>
        <Remove source={source} changed={changed} />
      </Flex>
      <div className="console-result" aria-live="polite">
        {result?.of === source.updatedAt && <TestAlert result={result.result} />}
      </div>
    </Card>
  );
});

const Facts = observer(function Facts({ source }: { source: DataSourceItem }) {
  const words = useSourceWords();
  const { kind, host, port, database, user, tls, datasets, extracts } = source;
  return (
    <Flex vertical gap={8} className="console-facts">
      <div className="console-tags">
        <Tag color="blue">{words.shortKinds[kind]}</Tag>
        <Tag color={tls === "verify" ? "success" : "warning"}>
          {tls === "verify" ? words.encrypted : words.notEncrypted}
        </Tag>
      </div>
      <Typography.Text className="console-address">
        {user}@{host}:{port}/{database}
      </Typography.Text>
      <Typography.Text type="secondary">
        {datasets.length > 0 ? words.usedBy(datasets.join(", ")) : words.unused}
      </Typography.Text>
      {extracts.length > 0 && <Typography.Text type="secondary">{words.copiedBy(extracts.join(", "))}</Typography.Text>}
    </Flex>
  );
});

const Remove = observer(function Remove({ source, changed }: { source: DataSourceItem; changed: () => void }) {
  const { call } = useApp();
  const words = useSourceWords();
  const doing = useDoing();
  const { name, datasets, extracts } = source;
  const remove = async (): Promise<void> => {
    // Where something began to use it meanwhile, the list is read again and names it.
    await doing(() => removeDataSource(call, source.id), words.removed);
    changed();
  };
  return (
    <RemoveButton
      label={words.remove}
      name={name}
      title={words.removeTitle(name)}
      hint={words.removeHint}
      refusal={datasets.length + extracts.length > 0 ? words.removeUsed(datasets, extracts) : null}
      remove={remove}
    />
  );
});
