import { Button, Flex, Popconfirm } from "antd";
import { observer } from "mobx-react-lite";
import { setUserState, type EnterpriseUser } from "../../../client/api/user";
import { useApp } from "../../app-context";
import { useDoing } from "../say";
import { usePeopleWords } from "../text/people";
import { useShellWords } from "../text/shell";

/** Editing, disabling and enabling one user. */
export const UserActions = observer(function UserActions({
  enterpriseId,
  user,
  edit,
  changed,
}: {
  enterpriseId: string;
  user: EnterpriseUser;
  edit: () => void;
  changed: () => void;
}) {
  const { call, session } = useApp();
  const words = usePeopleWords();
  const shell = useShellWords();
  const doing = useDoing();
  const set = async (state: EnterpriseUser["state"]): Promise<void> => {
    if (await doing(() => setUserState(call, enterpriseId, user.id, state).then(() => undefined), shell.saved))
      changed();
  };
  const self = session.state.kind === "ready" && session.state.me.user.id === user.id;
  return (
    <Flex justify="end" gap={4}>
      <Button type="link" onClick={edit} aria-label={`${words.edit}: ${user.name}`}>
        {words.edit}
      </Button>
      {user.state === "disabled" ? (
        <Button type="link" onClick={() => void set("active")} aria-label={`${words.enable}: ${user.name}`}>
          {words.enable}
        </Button>
      ) : (
        <Popconfirm
          title={words.disableTitle(user.name)}
          description={words.disableHint}
          okText={words.disable}
          cancelText={shell.cancel}
          onConfirm={() => set("disabled")}
        >
          <Button type="link" danger disabled={self} aria-label={`${words.disable}: ${user.name}`}>
            {words.disable}
          </Button>
        </Popconfirm>
      )}
    </Flex>
  );
});
