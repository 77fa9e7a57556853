import { Alert, Flex, Typography } from "antd";
import { observer } from "mobx-react-lite";
import { testDataSource, type DataSourceItem, type TestResult } from "../../../../client/api/data-source";
import { useApp } from "../../../app-context";
import { useResource } from "../../page";
import { useSourceWords } from "../../text/source";

/** What a try of a connection found: exactly what is wrong and what mends it, or what could be better. */
export const TestAlert = observer(function TestAlert({ result }: { result: TestResult }) {
  const words = useSourceWords();
  if (result.fault !== null) {
    const { title, mend } = words.faults[result.fault];
    return (
      <Alert
        type="error"
        showIcon
        role="alert"
        title={title}
        description={
          <Flex vertical gap={4}>
            <span>{mend}</span>
            {result.cause && (
              <Typography.Text type="secondary" className="console-said">
                {words.said}: {result.cause}
              </Typography.Text>
            )}
          </Flex>
        }
      />
    );
  }
  return (
    <Flex vertical gap={8} role="status">
      <Alert type="success" showIcon title={words.works(result.tables)} />
      {result.warnings.map((warning) => (
        <Alert
          key={warning}
          type="warning"
          showIcon
          title={words.warnings[warning].title}
          description={words.warnings[warning].mend}
        />
      ))}
    </Flex>
  );
});

/** Why the tables cannot be listed, in the words of a test. */
export const Reason = observer(function Reason({ source }: { source: DataSourceItem }) {
  const { call } = useApp();
  const test = useResource(() => testDataSource(call, source.id), source.id);
  return test.data?.ok === false ? <TestAlert result={test.data} /> : null;
});
