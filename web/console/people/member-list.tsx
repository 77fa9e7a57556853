import { Button, Checkbox, Empty, Flex, Table, Tag, Tree } from "antd";
import { observer } from "mobx-react-lite";
import { useMemo, useState } from "react";
import { listDepartments, listMembers, type Departments, type MemberPage } from "../../../client/api/member";
import { useApp } from "../../app-context";
import { Loaded, useResource } from "../page";
import { usePeopleWords } from "../text/people";
import { AddUsersDialog } from "./add-users-dialog";
import { BindCell } from "./bind-cell";
import { departmentTree } from "./department-tree";
import { MatchDialog } from "./match-dialog";
import { SearchBox, usePaging } from "./paging";
import type { ListProps } from "./user-list";

type Member = MemberPage["members"][number];

/** DingTalk's members by department, with the users they are bound to. */
export const MemberList = observer(function MemberList({ enterprise, version, again }: ListProps) {
  const { call } = useApp();
  const words = usePeopleWords();
  const [department, setDepartment] = useState<number>();
  const [search, setSearch] = useState("");
  const [unbound, setUnbound] = useState(false);
  const { asked, first, pagination } = usePaging();
  const [picked, setPicked] = useState<string[]>([]);
  const [dialog, setDialog] = useState<"match" | "add" | null>(null);
  const departments = useResource(() => listDepartments(call, enterprise.id), String(version));
  const question = { search, department, ...asked, ...(unbound ? { bound: "false" as const } : {}) };
  const members = useResource(() => listMembers(call, enterprise.id, question), JSON.stringify([question, version]));
  const close = (done: boolean): void => {
    setDialog(null);
    if (!done) return;
    setPicked([]);
    again();
  };
  return (
    <div className="console-split">
      <Loaded resource={departments}>
        {(data) => <DepartmentTree departments={data} choose={(id) => first(() => setDepartment(id))} />}
      </Loaded>
      <Flex vertical gap={12}>
        <Flex gap={8} wrap align="center">
          <SearchBox search={(text) => first(() => setSearch(text))} />
          <Checkbox checked={unbound} onChange={({ target }) => first(() => setUnbound(target.checked))}>
            {words.onlyUnbound}
          </Checkbox>
          <Button onClick={() => setDialog("match")}>{words.match}</Button>
          {picked.length > 0 && (
            <Button type="primary" onClick={() => setDialog("add")}>
              {words.addSelected(picked.length)}
            </Button>
          )}
        </Flex>
        <Loaded resource={members}>
          {(data) => (
            <Table<Member>
              rowKey="id"
              size="middle"
              loading={members.busy}
              dataSource={data.members}
              scroll={{ x: 640 }}
              locale={{
                emptyText: (
                  <Empty
                    description={
                      <>
                        {words.noMembers}
                        <br />
                        {words.noMembersHint}
                      </>
                    }
                  />
                ),
              }}
              rowSelection={{
                selectedRowKeys: picked,
                columnTitle: <span className="unseen">{words.addUser}</span>,
                preserveSelectedRowKeys: true,
                onChange: (keys) => setPicked(keys.map(String)),
                getCheckboxProps: ({ user, name }) => ({ disabled: user !== null, "aria-label": name }),
              }}
              pagination={pagination(data.total)}
              columns={[
                { key: "name", title: words.name, render: (_, member) => <MemberName member={member} /> },
                {
                  key: "departments",
                  title: words.departments,
                  width: 160,
                  render: (_, member) => member.departments.map(({ name }) => name).join("、"),
                },
                {
                  key: "user",
                  title: words.boundTo,
                  render: (_, member) => <BindCell enterpriseId={enterprise.id} member={member} changed={again} />,
                },
              ]}
            />
          )}
        </Loaded>
      </Flex>
      {dialog === "match" && <MatchDialog enterpriseId={enterprise.id} close={close} />}
      {dialog === "add" && <AddUsersDialog enterpriseId={enterprise.id} memberIds={picked} close={close} />}
    </div>
  );
});

const MemberName = observer(function MemberName({ member }: { member: Member }) {
  const words = usePeopleWords();
  return (
    <>
      {member.name} {member.admin && <Tag color="blue">{words.admin}</Tag>}
      <div className="console-cell-quiet">
        {[member.title, member.jobNumber, member.mobile, member.email].filter(Boolean).join(" · ")}
      </div>
    </>
  );
});

const DepartmentTree = observer(function DepartmentTree({
  departments,
  choose,
}: {
  departments: Departments;
  choose: (id: number | undefined) => void;
}) {
  const words = usePeopleWords();
  const tree = useMemo(() => departmentTree(departments), [departments]);
  const roots = tree.map(({ key }) => key);
  return (
    <div className="console-tree" role="group" aria-label={words.departments}>
      <Tree
        blockNode
        treeData={tree}
        defaultExpandedKeys={roots}
        onSelect={([key]) => choose(key === undefined ? undefined : Number(key))}
      />
    </div>
  );
});
