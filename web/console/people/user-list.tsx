import { Button, Dropdown, Empty, Flex, Select, Table, Tag } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import type { EnterpriseCard } from "../../../core/contract/enterprise/enterprise";
import type { Role } from "../../../core/contract/session/session";
import { listUsers, type EnterpriseUser } from "../../../client/api/user";
import { useApp } from "../../app-context";
import { Loaded, useResource } from "../page";
import { usePeopleWords } from "../text/people";
import { useShellWords } from "../text/shell";
import { AddUsersDialog } from "./add-users-dialog";
import { Login } from "./login";
import { SearchBox, usePaging } from "./paging";
import { ROLES } from "./roles";
import { UserActions } from "./user-actions";
import { UserDialog } from "./user-dialog";

export interface ListProps {
  enterprise: EnterpriseCard;
  version: number;
  again: () => void;
}

/** The users of an enterprise: searched, by role and state, page by page. */
export const UserList = observer(function UserList({ enterprise, version, again }: ListProps) {
  const { call } = useApp();
  const words = usePeopleWords();
  const shell = useShellWords();
  const [search, setSearch] = useState("");
  const [role, setRole] = useState<Role>();
  const [state, setState] = useState<EnterpriseUser["state"]>();
  const { asked, first, pagination } = usePaging();
  const [dialog, setDialog] = useState<"local" | "synced" | EnterpriseUser | null>(null);
  const users = useResource(
    () => listUsers(call, enterprise.id, { search, role, state, ...asked }),
    JSON.stringify([search, role, state, asked, version]),
  );
  const close = (done: boolean): void => {
    setDialog(null);
    if (done) again();
  };
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap>
        <SearchBox search={(text) => first(() => setSearch(text))} />
        <Select
          allowClear
          aria-label={words.role}
          placeholder={words.allRoles}
          className="console-choice"
          options={ROLES.map((value) => ({ value, label: shell.roles[value] }))}
          onChange={(value?: Role) => first(() => setRole(value))}
        />
        <Select
          allowClear
          aria-label={words.state}
          placeholder={words.allStates}
          className="console-choice"
          options={(["active", "disabled"] as const).map((value) => ({ value, label: words[value] }))}
          onChange={(value?: EnterpriseUser["state"]) => first(() => setState(value))}
        />
        <Dropdown
          trigger={["click"]}
          menu={{
            items: [
              { key: "synced", label: words.addSynced },
              { key: "local", label: words.addLocal },
            ],
            onClick: ({ key }) => setDialog(key === "local" ? "local" : "synced"),
          }}
        >
          <Button type="primary">{words.addUser}</Button>
        </Dropdown>
      </Flex>
      <Loaded resource={users}>
        {(data) => (
          <Table<EnterpriseUser>
            rowKey="id"
            size="middle"
            loading={users.busy}
            dataSource={data.users}
            scroll={{ x: 760 }}
            locale={{ emptyText: <Empty description={words.noUsers} /> }}
            pagination={pagination(data.total)}
            columns={[
              { key: "name", title: words.name, render: (_, user) => <NameCell user={user} /> },
              { key: "login", title: words.login, render: (_, user) => <Login text={user.login} /> },
              { key: "role", title: words.role, render: (_, user) => shell.roles[user.role] },
              {
                key: "member",
                title: words.member,
                render: (_, user) => user.member?.name ?? <span className="console-cell-quiet">{words.notBound}</span>,
              },
              {
                key: "state",
                title: words.state,
                render: (_, user) => (
                  <Tag color={user.state === "active" ? "success" : "default"}>{words[user.state]}</Tag>
                ),
              },
              {
                key: "actions",
                title: shell.actions,
                align: "end",
                render: (_, user) => (
                  <UserActions enterpriseId={enterprise.id} user={user} edit={() => setDialog(user)} changed={again} />
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {dialog === "synced" && <AddUsersDialog enterpriseId={enterprise.id} close={close} />}
      {dialog !== null && dialog !== "synced" && (
        <UserDialog enterpriseId={enterprise.id} user={dialog === "local" ? null : dialog} close={close} />
      )}
    </Flex>
  );
});

const NameCell = observer(function NameCell({ user }: { user: EnterpriseUser }) {
  const words = usePeopleWords();
  return (
    <>
      {user.name}
      <div className="console-cell-quiet">
        {[user.instanceOwner && words.owner, !user.password && words.noPassword, user.mobile, user.email]
          .filter(Boolean)
          .join(" · ")}
      </div>
    </>
  );
});
