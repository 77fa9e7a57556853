import { Button, Card, Empty, Flex, Tag } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import { formatMoment } from "../../../core/report/format";
import { runSelfCheck, type Checks } from "../../../client/api/enterprise";
import { Resource } from "../../../client/stores/resource";
import { useApp } from "../../app-context";
import { ConsolePage, ErrorAlert } from "../page";
import { ProblemAlert } from "../problem-alert";
import type { SectionProps } from "../section";
import { useRecordWords } from "../text/records";
import { useShellWords } from "../text/shell";

type Line = Checks["checks"][number];
const COLOURS: Record<Line["state"], string> = {
  ok: "success",
  warning: "warning",
  failed: "error",
  skipped: "default",
};

/** The self-check: each line green, or with the exact mend. Runs when it is asked to, as it costs calls. */
export const CheckPage = observer(function CheckPage({ enterprise, choice }: SectionProps) {
  const { call, language } = useApp();
  const words = useRecordWords();
  const shell = useShellWords();
  const [checks] = useState(() => new Resource(() => runSelfCheck(call, enterprise.id)));
  const { data, error, busy } = checks;
  return (
    <ConsolePage title={shell.check} intro={words.checkIntro} actions={choice}>
      <Flex gap={12} align="center" wrap>
        <Button type="primary" loading={busy} onClick={() => void checks.load()}>
          {busy ? words.running : words.run}
        </Button>
        {data && <span>{words.checkedAt(formatMoment(data.checkedAt, Date.now(), language.current))}</span>}
      </Flex>
      {error && <ErrorAlert error={error} />}
      <Card aria-live="polite">
        {data ? (
          data.checks.map((line, index) => <CheckLine key={index} line={line} />)
        ) : (
          <Empty description={words.notRun} />
        )}
      </Card>
    </ConsolePage>
  );
});

const CheckLine = observer(function CheckLine({ line }: { line: Line }) {
  const words = useRecordWords();
  return (
    <Flex vertical gap={8} className="console-check">
      <Flex gap={8} wrap align="center">
        <Tag color={COLOURS[line.state]}>{words.checkStates[line.state]}</Tag>
        <strong>{words.checks[line.check]}</strong>
        {line.permission && <code>{line.permission}</code>}
        {line.count !== null && <span className="console-cell-quiet">{words.count(line.count)}</span>}
      </Flex>
      {line.problem && <ProblemAlert problem={line.problem} kind={line.state === "failed" ? "error" : "warning"} />}
      {line.advice && <span>{words.advice[line.advice]}</span>}
    </Flex>
  );
});
