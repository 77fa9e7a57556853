import { Button, Flex, Modal, Popconfirm, Select } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import { bindMember, unbindMember, type MemberPage } from "../../../client/api/member";
import { listUsers } from "../../../client/api/user";
import { useApp } from "../../app-context";
import { useResource } from "../page";
import { useDoing } from "../say";
import { usePeopleWords } from "../text/people";
import { useShellWords } from "../text/shell";
import { Login } from "./login";

interface BindProps {
  enterpriseId: string;
  member: MemberPage["members"][number];
  changed: () => void;
}

/** The user that a member is bound to, and the way to bind or unbind. */
export const BindCell = observer(function BindCell({ enterpriseId, member, changed }: BindProps) {
  const { call } = useApp();
  const words = usePeopleWords();
  const shell = useShellWords();
  const doing = useDoing();
  const [choosing, setChoosing] = useState(false);
  const unbind = async (): Promise<void> => {
    if (await doing(() => unbindMember(call, enterpriseId, member.id), shell.saved)) changed();
  };
  if (!member.user) {
    return (
      <>
        <Button onClick={() => setChoosing(true)} aria-label={`${words.bind}: ${member.name}`}>
          {words.bind}
        </Button>
        {choosing && (
          <BindDialog enterpriseId={enterpriseId} member={member} changed={changed} close={() => setChoosing(false)} />
        )}
      </>
    );
  }
  return (
    <Flex gap={8} align="center" wrap>
      <span>
        {member.user.name} <Login text={member.user.login} />
      </span>
      <Popconfirm
        title={words.unbindTitle(member.name)}
        description={words.unbindHint}
        okText={words.unbind}
        cancelText={shell.cancel}
        onConfirm={unbind}
      >
        <Button type="link" aria-label={`${words.unbind}: ${member.name}`}>
          {words.unbind}
        </Button>
      </Popconfirm>
    </Flex>
  );
});

const BindDialog = observer(function BindDialog({
  enterpriseId,
  member,
  changed,
  close,
}: BindProps & { close: () => void }) {
  const { call } = useApp();
  const words = usePeopleWords();
  const shell = useShellWords();
  const doing = useDoing();
  const [search, setSearch] = useState("");
  const [userId, setUserId] = useState<string>();
  const users = useResource(() => listUsers(call, enterpriseId, { search, state: "active", size: 50 }), search);
  const free = (users.data?.users ?? []).filter((user) => user.member === null);
  const chosen = free.find(({ id }) => id === userId);
  const bind = async (): Promise<void> => {
    if (!chosen) return;
    const body = { memberId: member.id, userId: chosen.id };
    if (!(await doing(() => bindMember(call, enterpriseId, body), shell.saved))) return;
    close();
    changed();
  };
  return (
    <Modal
      open
      title={words.bindTitle(member.name)}
      okText={words.bind}
      cancelText={shell.cancel}
      okButtonProps={{ disabled: !chosen }}
      onOk={() => void bind()}
      onCancel={close}
    >
      <Select
        showSearch={{ filterOption: false, onSearch: setSearch }}
        autoFocus
        className="console-wide"
        aria-label={words.chooseUser}
        placeholder={words.chooseUser}
        loading={users.busy}
        {...(userId === undefined ? {} : { value: userId })}
        options={free.map(({ id, name, login }) => ({ value: id as string, label: `${name} · ${login}` }))}
        onChange={(id: string) => setUserId(id)}
      />
    </Modal>
  );
});
