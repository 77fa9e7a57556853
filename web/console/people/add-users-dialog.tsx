import { Alert, Button, Checkbox, Collapse, Flex, Form, List, Modal, Select } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import type { Role } from "../../../core/contract/session/session";
import { applyUsers, previewUsers, type AddUsersInput, type AddUsersPreview } from "../../../client/api/member";
import { listBindings } from "../../../client/api/personal";
import { useApp } from "../../app-context";
import { Link } from "../../router";
import { Loaded, useResource } from "../page";
import { useDoing } from "../say";
import { usePeopleWords } from "../text/people";
import { useShellWords } from "../text/shell";
import { ROLES } from "./roles";

const SUFFIXES = ["none", "job_number", "mobile", "email"] as const;

/** Makes users of DingTalk's members: shows first who would be added, renamed, disabled, and which names clash. */
export const AddUsersDialog = observer(function AddUsersDialog({
  enterpriseId,
  memberIds,
  close,
}: {
  enterpriseId: string;
  memberIds?: string[];
  close: (done: boolean) => void;
}) {
  const { call } = useApp();
  const words = usePeopleWords();
  const shell = useShellWords();
  const doing = useDoing();
  const [input, setInput] = useState<AddUsersInput>(memberIds ? { memberIds } : {});
  const [busy, setBusy] = useState(false);
  const preview = useResource(() => previewUsers(call, enterpriseId, input), JSON.stringify(input));
  const { totals, digest } = preview.data ?? {};
  const count = totals ? totals.add + totals.rename + totals.disable : 0;
  const apply = async (): Promise<void> => {
    if (digest === undefined) return;
    setBusy(true);
    const done = await doing(async () => {
      const { added, renamed, disabled } = await applyUsers(call, enterpriseId, { ...input, digest });
      await doing(() => Promise.resolve(), words.applied(added, renamed, disabled));
    });
    setBusy(false);
    if (done) close(true);
    else void preview.load();
  };
  return (
    <Modal
      open
      width={680}
      title={words.addSynced}
      onCancel={() => close(false)}
      footer={
        <Flex justify="end" gap={8}>
          <Button onClick={() => close(false)}>{shell.cancel}</Button>
          <Button type="primary" disabled={count === 0 || preview.busy} loading={busy} onClick={() => void apply()}>
            {words.apply}
          </Button>
        </Flex>
      }
    >
      <OwnAccountFirst enterpriseId={enterpriseId} />
      <Choices input={input} change={(change) => setInput({ ...input, ...change })} />
      <Loaded resource={preview}>{(data) => <Preview preview={data} />}</Loaded>
    </Modal>
  );
});

/** Members become accounts: an administrator who has one already binds it first, or would have two. */
const OwnAccountFirst = observer(function OwnAccountFirst({ enterpriseId }: { enterpriseId: string }) {
  const { call } = useApp();
  const words = usePeopleWords();
  const bindings = useResource(() => listBindings(call), "");
  const own = bindings.data?.find(({ enterprise }) => enterprise.id === enterpriseId);
  if (!own || own.member) return null;
  return (
    <Alert
      type="info"
      showIcon
      className="console-notice"
      title={words.bindOwnFirst}
      description={<Link href={`/console/personal?enterprise=${enterpriseId}`}>{words.bindOwn}</Link>}
    />
  );
});

const Choices = observer(function Choices({
  input,
  change,
}: {
  input: AddUsersInput;
  change: (input: AddUsersInput) => void;
}) {
  const words = usePeopleWords();
  const shell = useShellWords();
  return (
    <Form layout="vertical">
      <Flex gap={12} wrap>
        <Form.Item label={words.role} htmlFor="add-role">
          <Select<Role | "">
            id="add-role"
            className="console-choice"
            value={input.role ?? ""}
            options={[
              { value: "", label: words.defaultRole },
              ...ROLES.map((value) => ({ value, label: shell.roles[value] })),
            ]}
            onChange={(role) => change({ role: role === "" ? undefined : role })}
          />
        </Form.Item>
        <Form.Item label={words.nameSuffix} htmlFor="add-suffix">
          <Select<(typeof SUFFIXES)[number]>
            id="add-suffix"
            className="console-choice"
            value={input.nameSuffix ?? "none"}
            options={SUFFIXES.map((value) => ({ value, label: words.suffixes[value] }))}
            onChange={(nameSuffix) => change({ nameSuffix })}
          />
        </Form.Item>
      </Flex>
      <Flex vertical gap={4}>
        <Checkbox onChange={({ target }) => change({ overwriteNames: target.checked })}>
          {words.overwriteNames}
        </Checkbox>
        <Checkbox onChange={({ target }) => change({ disableOthers: target.checked })}>{words.disableOthers}</Checkbox>
      </Flex>
    </Form>
  );
});

const Preview = observer(function Preview({ preview }: { preview: AddUsersPreview }) {
  const words = usePeopleWords();
  const shell = useShellWords();
  const { totals } = preview;
  const parts = [
    {
      key: "add",
      label: words.willAdd(totals.add),
      lines: preview.add.map(({ name, login, role, returnsTo, loginOf }) =>
        [
          name,
          login,
          shell.roles[role],
          ...(returnsTo === null ? [] : [words.returnsTo(returnsTo)]),
          ...(loginOf === null ? [] : [words.loginOf(loginOf)]),
        ].join(" · "),
      ),
    },
    {
      key: "rename",
      label: words.willRename(totals.rename),
      lines: preview.rename.map(({ from, to }) => `${from} → ${to}`),
    },
    {
      key: "disable",
      label: words.willDisable(totals.disable),
      lines: preview.disable.map(({ name, login, reason }) => `${name} · ${login} · ${words.reasonsOut[reason]}`),
    },
    {
      key: "clashes",
      label: words.clashes(totals.clashes),
      lines: preview.clashes.map(({ name, logins }) => `${name}: ${logins.join(", ")}`),
    },
  ];
  return (
    <Flex vertical gap={8} className="console-preview">
      {totals.clashes > 0 && <Alert type="warning" showIcon title={words.clashes(totals.clashes)} />}
      <Collapse
        size="small"
        defaultActiveKey="add"
        items={parts.map(({ key, label, lines }) => ({
          key,
          label,
          children: (
            <List
              size="small"
              className="console-preview-list"
              dataSource={lines}
              locale={{ emptyText: shell.none }}
              renderItem={(line) => <List.Item>{line}</List.Item>}
            />
          ),
        }))}
      />
      <span className="console-cell-quiet">{words.unchanged(totals.unchanged)}</span>
    </Flex>
  );
});
