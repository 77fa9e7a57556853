import { Button, Flex, Form, Select, TreeSelect } from "antd";
import { observer } from "mobx-react-lite";
import { useMemo } from "react";
import type { Role } from "../../../core/contract/session/session";
import { getRules, listDepartments, saveRules, type Departments, type RangeRules } from "../../../client/api/member";
import { useApp } from "../../app-context";
import { Loaded, useResource } from "../page";
import { useDoing } from "../say";
import { usePeopleWords } from "../text/people";
import { useShellWords } from "../text/shell";
import { departmentTree } from "./department-tree";
import { ROLES } from "./roles";

/** Which departments' members become users, and with which role. */
export const RangeForm = observer(function RangeForm({ enterpriseId }: { enterpriseId: string }) {
  const { call } = useApp();
  const both = useResource(
    async () => ({ rules: await getRules(call, enterpriseId), departments: await listDepartments(call, enterpriseId) }),
    "",
  );
  return <Loaded resource={both}>{(data) => <RulesForm enterpriseId={enterpriseId} {...data} />}</Loaded>;
});

const RulesForm = observer(function RulesForm({
  enterpriseId,
  rules,
  departments,
}: {
  enterpriseId: string;
  rules: RangeRules;
  departments: Departments;
}) {
  const { call } = useApp();
  const words = usePeopleWords();
  const shell = useShellWords();
  const doing = useDoing();
  const tree = useMemo(() => departmentTree(departments), [departments]);
  const roles = ROLES.map((value) => ({ value, label: shell.roles[value] }));
  const save = (changed: RangeRules): Promise<boolean> =>
    doing(() => saveRules(call, enterpriseId, changed).then(() => undefined), shell.saved);
  return (
    <Form<RangeRules>
      layout="vertical"
      className="console-form"
      initialValues={rules}
      onFinish={(changed) => void save({ ...changed, roles: changed.roles ?? [] })}
    >
      <Form.Item name="included" label={words.included}>
        <TreeSelect treeData={tree} multiple allowClear showSearch={{ treeNodeFilterProp: "title" }} />
      </Form.Item>
      <Form.Item name="excluded" label={words.excluded}>
        <TreeSelect treeData={tree} multiple allowClear showSearch={{ treeNodeFilterProp: "title" }} />
      </Form.Item>
      <Form.Item name="defaultRole" label={words.defaultRole}>
        <Select<Role> options={roles} />
      </Form.Item>
      <Form.Item label={words.departmentRoles}>
        <Form.List name="roles">
          {(fields, { add, remove }) => (
            <Flex vertical gap={8}>
              {fields.map(({ key, name }) => (
                <Flex key={key} gap={8} wrap>
                  <Form.Item name={[name, "departmentId"]} noStyle rules={[{ required: true }]}>
                    <TreeSelect treeData={tree} className="console-choice" aria-label={words.departments} />
                  </Form.Item>
                  <Form.Item name={[name, "role"]} noStyle>
                    <Select<Role> options={roles} className="console-choice" aria-label={words.role} />
                  </Form.Item>
                  <Button onClick={() => remove(name)}>{words.remove}</Button>
                </Flex>
              ))}
              <div>
                <Button onClick={() => add({ role: "viewer" })}>{words.addDepartmentRole}</Button>
              </div>
            </Flex>
          )}
        </Form.List>
      </Form.Item>
      <Button type="primary" htmlType="submit">
        {shell.save}
      </Button>
    </Form>
  );
});
