import type { SuiteView } from "../../open-platform/suite/control-contract";
import { askDesk } from "../desk-link";
import type { DeskState } from "../state";
import { EventForm } from "./app-card";
import { Card, Code, Fault, RunningMark, SureButton } from "./parts";
import { useDeed, useLoaded } from "./use-loaded";
import type { AdminWords } from "./words";

interface SuiteCardProps {
  state: DeskState;
  corpId: string;
  words: AdminWords;
}

/** The third-party apps: activated in this organisation or not. */
export function SuiteCard({ state, corpId, words }: SuiteCardProps) {
  const { value } = useLoaded(() => askDesk("suites", {}), state, []);
  return (
    <>
      {(value?.suites ?? []).map((suite) => (
        <Suite key={suite.suiteKey} suite={suite} corpId={corpId} words={words} />
      ))}
    </>
  );
}

function Suite({ suite, corpId, words }: { suite: SuiteView; corpId: string; words: AdminWords }) {
  const { isBusy, fault, run } = useDeed();
  const { suiteKey } = suite;
  const install = suite.installs.find((one) => one.corpId === corpId);
  const put = (stopped: boolean): void => void run(() => askDesk("patchInstall", { suiteKey, corpId, stopped }));
  const mark = install ? (
    <RunningMark isStopped={install.stopped} words={words} />
  ) : (
    <span class="admin-mark">{words.notActivated}</span>
  );
  return (
    <Card title={`${words.suite} · ${suite.name}`} hint={words.suiteHint} beside={mark}>
      <dl class="admin-codes">
        <Code name={words.link} value={suite.activationLink} />
        <Code name="SuiteKey" value={suiteKey} />
        <Code name="SuiteSecret" value={suite.suiteSecret} />
        {install && <Code name="AgentId" value={String(install.agentId)} />}
        {install && <Code name={words.activatedBy} value={install.authUser} />}
      </dl>
      {install && (
        <p class="admin-deeds">
          <button class="admin-button" type="button" disabled={isBusy} onClick={() => put(!install.stopped)}>
            {install.stopped ? words.start : words.stop}
          </button>
          <SureButton
            label={words.relieve}
            words={words}
            isBusy={isBusy}
            act={() => void run(() => askDesk("relieveSuite", { suiteKey, corpId }))}
          />
        </p>
      )}
      <Fault text={fault} words={words} />
      <EventForm appKey={suiteKey} now={suite.events} words={words} />
    </Card>
  );
}
