import { Form, Input, Modal, Radio, Select, TreeSelect } from "antd";
import { observer } from "mobx-react-lite";
import type { Departments } from "../../../../../client/api/member";
import type { FieldRow, FormDocument } from "../../../../../client/stores/dataset/form/document";
import { departmentTree } from "../../../people/department-tree";
import { ROLES } from "../../../people/roles";
import { useDatasetWords } from "../../../text/dataset";
import { useFormWords } from "../../../text/dataset-form";
import { useShellWords } from "../../../text/shell";

interface Values {
  whom: "everybody" | "role" | "department" | "attribute";
  role?: string;
  department?: number;
  attribute?: string;
  value?: string;
  rows: "all" | "where";
  field?: string;
  values?: string[];
}

interface PolicyDialogProps {
  fields: FieldRow[];
  departments: Departments;
  close: () => void;
  made: (policy: FormDocument["policies"][number]) => void;
}

/** Asks for one sentence: who sees which rows. */
export const PolicyDialog = observer(function PolicyDialog({ fields, departments, close, made }: PolicyDialogProps) {
  const words = useDatasetWords();
  const own = useFormWords();
  const shell = useShellWords();
  const [fill] = Form.useForm<Values>();
  const whom = Form.useWatch("whom", fill) ?? "department";
  const rows = Form.useWatch("rows", fill) ?? "where";
  const needed = [{ required: true, message: words.needed }];
  const done = (values: Values): void => {
    made(policyOf(values));
    close();
  };
  return (
    <Modal
      open
      title={own.addPolicy}
      okText={own.done}
      cancelText={shell.cancel}
      onOk={() => fill.submit()}
      onCancel={close}
    >
      <Form<Values> form={fill} layout="vertical" initialValues={{ whom: "department", rows: "where" }} onFinish={done}>
        <Form.Item name="whom" label={own.whom}>
          <Select options={Object.entries(own.whomKinds).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        {whom === "role" && (
          <Form.Item name="role" label={own.whomKinds.role} rules={needed}>
            <Select options={ROLES.map((value) => ({ value, label: words.roles[value] ?? value }))} />
          </Form.Item>
        )}
        {whom === "department" && (
          <Form.Item name="department" label={own.whomKinds.department} rules={needed}>
            <TreeSelect treeData={departmentTree(departments)} showSearch={{ treeNodeFilterProp: "title" }} />
          </Form.Item>
        )}
        {whom === "attribute" && (
          <>
            <Form.Item
              name="attribute"
              label={own.attributeName}
              extra={own.attributeHint}
              rules={[...needed, { pattern: /^[a-z][a-z0-9_]{0,62}$/, message: words.nameWrong }]}
            >
              <Input />
            </Form.Item>
            <Form.Item name="value" label={own.value} rules={needed}>
              <Input maxLength={200} />
            </Form.Item>
          </>
        )}
        <Form.Item name="rows" label={own.see}>
          <Radio.Group
            options={[
              { value: "where", label: own.rowsWhere },
              { value: "all", label: own.allRows },
            ]}
          />
        </Form.Item>
        {rows === "where" && (
          <>
            <Form.Item name="field" label={own.field} rules={needed}>
              <Select
                showSearch={{ optionFilterProp: "label" }}
                options={fields.map(({ name, label }) => ({ value: name, label }))}
              />
            </Form.Item>
            <Form.Item name="values" label={`${own.is}: ${own.values}`} rules={needed}>
              <Select mode="tags" open={false} tokenSeparators={[",", "，", "、"]} />
            </Form.Item>
          </>
        )}
      </Form>
    </Modal>
  );
});

function policyOf(values: Values): FormDocument["policies"][number] {
  const { field, rows, values: wanted = [] } = values;
  const row_level =
    rows === "all" || !field
      ? { allow_all: true }
      : { filters: [{ member: field, operator: "equals" as const, values: wanted }] };
  return { group: groupOf(values), row_level };
}

function groupOf({ whom, role = "", department = 0, attribute = "", value = "" }: Values): string {
  switch (whom) {
    case "everybody":
      return "*";
    case "role":
      return `role:${role}`;
    case "department":
      return `department:${department}`;
    case "attribute":
      return `attribute:${attribute}=${value}`;
  }
}
