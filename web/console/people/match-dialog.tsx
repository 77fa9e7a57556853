import { Button, Empty, Flex, List, Modal, Radio, Typography } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import { applyMatch, previewMatch, type MatchPreview, type MatchRule } from "../../../client/api/member";
import { useApp } from "../../app-context";
import { Loaded, useResource } from "../page";
import { useDoing } from "../say";
import { usePeopleWords } from "../text/people";
import { useShellWords } from "../text/shell";

const RULES: MatchRule[] = ["mobile", "email", "job_number"];

/** Binds many members by one rule; what it would do is shown before it is done. */
export const MatchDialog = observer(function MatchDialog({
  enterpriseId,
  close,
}: {
  enterpriseId: string;
  close: (done: boolean) => void;
}) {
  const { call } = useApp();
  const words = usePeopleWords();
  const shell = useShellWords();
  const doing = useDoing();
  const [rule, setRule] = useState<MatchRule>("mobile");
  const preview = useResource(() => previewMatch(call, enterpriseId, rule), rule);
  const total = preview.data?.total ?? 0;
  const apply = async (): Promise<void> => {
    const { digest } = preview.data ?? {};
    if (digest === undefined) return;
    const done = await doing(async () => {
      const bound = await applyMatch(call, enterpriseId, { rule, digest });
      await doing(() => Promise.resolve(), words.bound(bound));
    });
    if (done) close(true);
    else void preview.load();
  };
  return (
    <Modal
      open
      title={words.match}
      onCancel={() => close(false)}
      footer={
        <Flex justify="end" gap={8}>
          <Button onClick={() => close(false)}>{shell.cancel}</Button>
          <Button type="primary" disabled={total === 0 || preview.busy} onClick={() => void apply()}>
            {words.apply}
          </Button>
        </Flex>
      }
    >
      <Flex vertical gap={12}>
        <Typography.Text type="secondary">{words.matchHint}</Typography.Text>
        <Radio.Group
          optionType="button"
          value={rule}
          options={RULES.map((value) => ({ value, label: words.rules[value] }))}
          onChange={({ target }) => setRule(RULES.find((each) => each === target.value) ?? "mobile")}
        />
        <Loaded resource={preview}>{(data) => <Matches preview={data} />}</Loaded>
      </Flex>
    </Modal>
  );
});

const Matches = observer(function Matches({ preview }: { preview: MatchPreview }) {
  const words = usePeopleWords();
  const { matches, skipped, total } = preview;
  return (
    <>
      <strong>{words.matches(total)}</strong>
      <List
        size="small"
        className="console-tree"
        dataSource={matches}
        locale={{ emptyText: <Empty description={words.nothing} /> }}
        renderItem={({ member, user }) => (
          <List.Item>
            {member.name} → {user.name} · {user.login}
          </List.Item>
        )}
      />
      {skipped.length > 0 && (
        <details>
          <summary>{words.skipped(skipped.length)}</summary>
          <ul>
            {skipped.map(({ member, reason }) => (
              <li key={member.id}>
                {member.name}: {words.reasons[reason]}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
});
