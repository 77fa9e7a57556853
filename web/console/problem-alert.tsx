import { Alert, Button, Flex, Tag, Typography } from "antd";
import { observer } from "mobx-react-lite";
import type { Problem } from "../../core/contract/enterprise/enterprise";
import { useProblemWords } from "./text/problem";

/** Exactly why DingTalk cannot be used, and the mend. */
export const ProblemAlert = observer(function ProblemAlert({
  problem,
  kind = "error",
}: {
  problem: Problem;
  kind?: "error" | "warning";
}) {
  const words = useProblemWords();
  const { title, mend } = words.codes[problem.code];
  return (
    <Alert type={kind} showIcon role="alert" title={title} description={<Details problem={problem} mend={mend} />} />
  );
});

const Details = observer(function Details({ problem, mend }: { problem: Problem; mend: string }) {
  const words = useProblemWords();
  const { permissions, applyUrl, address, dingtalk } = problem;
  return (
    <Flex vertical gap={8} align="start">
      <span>{mend}</span>
      {permissions.length > 0 && (
        <Flex gap={4} wrap aria-label={words.points}>
          {permissions.map((name) => (
            <Tag key={name}>{name}</Tag>
          ))}
        </Flex>
      )}
      {address && <Typography.Text copyable>{address}</Typography.Text>}
      {applyUrl && (
        <Button href={applyUrl} target="_blank" rel="noreferrer">
          {words.apply}
        </Button>
      )}
      {dingtalk && (
        <Typography.Text type="secondary">
          {words.dingtalkSaid}: {dingtalk}
        </Typography.Text>
      )}
    </Flex>
  );
});
