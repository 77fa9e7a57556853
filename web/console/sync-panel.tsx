import { Button, Flex, Progress, Tag, Typography } from "antd";
import { observer } from "mobx-react-lite";
import { useEffect, useState } from "react";
import type { SyncRun } from "../../core/contract/enterprise/sync";
import { formatMoment } from "../../core/report/format";
import { SyncProgressStore } from "../../client/stores/enterprise/sync-progress";
import { useApp } from "../app-context";
import { ErrorAlert } from "./page";
import { ProblemAlert } from "./problem-alert";
import { later } from "../later";
import { useSyncWords } from "./text/sync";

const COLOURS: Record<SyncRun["state"], string> = {
  queued: "default",
  running: "processing",
  waiting: "warning",
  done: "success",
  failed: "error",
};

/** The synchronisation of one enterprise: how far it is, or how it ended, and a button that starts it. */
export const SyncPanel = observer(function SyncPanel({
  enterpriseId,
  finished,
}: {
  enterpriseId: string;
  finished?: () => void;
}) {
  const { call } = useApp();
  const words = useSyncWords();
  const [store] = useState(
    () => new SyncProgressStore({ call, later, enterpriseId, ...(finished ? { finished } : {}) }),
  );
  useEffect(() => {
    void store.watch();
    return () => store.dispose();
  }, [store]);
  return (
    <Flex vertical gap={8} className="console-sync" aria-live="polite">
      <Flex gap={12} align="center" wrap>
        <SyncHead run={store.run} />
        <Button onClick={() => void store.start()} disabled={store.underWay}>
          {words.start}
        </Button>
      </Flex>
      {store.underWay && store.run && <SyncBar run={store.run} />}
      {store.run?.problem && <ProblemAlert problem={store.run.problem} kind="warning" />}
      {store.error && <ErrorAlert error={store.error} />}
    </Flex>
  );
});

const SyncHead = observer(function SyncHead({ run }: { run: SyncRun | null }) {
  const { language } = useApp();
  const words = useSyncWords();
  if (!run) return <Typography.Text type="secondary">{words.never}</Typography.Text>;
  const { added, changed, left, seen } = run.members;
  const when = run.finishedAt ?? run.startedAt;
  return (
    <Flex gap={8} wrap align="center">
      <Tag color={COLOURS[run.state]}>{words.states[run.state]}</Tag>
      <span>{words.departments(run.departments.read, run.departments.found)}</span>
      <span>{words.members(seen)}</span>
      {run.state === "done" && <span>{words.changes(added, changed, left)}</span>}
      {run.skipped > 0 && <span>{words.skipped(run.skipped)}</span>}
      <Typography.Text type="secondary">{words.at(formatMoment(when, Date.now(), language.current))}</Typography.Text>
    </Flex>
  );
});

const SyncBar = observer(function SyncBar({ run }: { run: SyncRun }) {
  const { language } = useApp();
  const words = useSyncWords();
  const { found, read } = run.departments;
  return (
    <>
      <Progress
        percent={found === 0 ? 0 : Math.floor((100 * read) / found)}
        status="active"
        aria-label={words.states[run.state]}
      />
      {run.resumesAt && <span>{words.resumes(formatMoment(run.resumesAt, Date.now(), language.current))}</span>}
    </>
  );
});
