import { Button, Flex, Typography } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import { listDepartments, type Departments } from "../../../../../client/api/member";
import type { FieldRow, FormDocument } from "../../../../../client/stores/dataset/form/document";
import type { DatasetForm } from "../../../../../client/stores/dataset/form/form";
import { useApp } from "../../../../app-context";
import { useResource } from "../../../page";
import { useDatasetWords } from "../../../text/dataset";
import { useFormWords } from "../../../text/dataset-form";
import { PolicyDialog } from "./policy-dialog";

type Policy = FormDocument["policies"][number];

interface PoliciesProps {
  form: DatasetForm;
  fields: FieldRow[];
  policies: Policy[];
  /** The enterprise whose departments may be named; null for those who may not change policies. */
  enterpriseId: string | null;
}

/** Who sees which rows, as sentences. */
export const Policies = observer(function Policies({ form, fields, policies, enterpriseId }: PoliciesProps) {
  const { call } = useApp();
  const words = useDatasetWords();
  const own = useFormWords();
  const [adding, setAdding] = useState(false);
  const departments = useResource(
    () => (enterpriseId === null ? Promise.resolve<Departments>([]) : listDepartments(call, enterpriseId)),
    "",
  );
  const departmentName = (id: string): string => departments.data?.find((each) => String(each.id) === id)?.name ?? id;
  const whom = (group: string): string => {
    const [, kind = "", id = ""] = /^([a-z]+):(.*)$/.exec(group) ?? [];
    if (group === "*") return words.everybody;
    if (kind === "role") return words.roles[id] ?? id;
    return words.groups[kind as keyof typeof words.groups](kind === "department" ? departmentName(id) : id);
  };
  const labelOf = (member: string): string => fields.find(({ name }) => name === member)?.label ?? member;
  const rows = ({ row_level: level }: Policy): string => {
    if (!level?.filters?.length) return own.allRows;
    const conditions = level.filters.map(({ member, operator, values = [] }) =>
      operator === "equals" ? own.condition(labelOf(member), values.join("、")) : own.otherCondition(labelOf(member)),
    );
    return own.rowsSaid(conditions.join(` ${own.and} `));
  };
  return (
    <Flex vertical gap={8} align="start">
      {policies.length === 0 && <Typography.Text type="secondary">{own.noPolicies}</Typography.Text>}
      {policies.map((policy, at) => (
        <Flex key={at} gap={8} wrap align="center">
          <span>
            {own.sentence([policy.group ?? [], policy.groups ?? []].flat().map(whom).join("、"), rows(policy))}
          </span>
          {enterpriseId !== null && (
            <Button
              size="small"
              danger
              aria-label={own.removePolicy}
              onClick={() => form.setPolicies(policies.filter((_, index) => index !== at))}
            >
              {words.remove}
            </Button>
          )}
        </Flex>
      ))}
      {enterpriseId !== null && <Button onClick={() => setAdding(true)}>{own.addPolicy}</Button>}
      {adding && (
        <PolicyDialog
          fields={fields}
          departments={departments.data ?? []}
          close={() => setAdding(false)}
          made={(policy) => form.setPolicies([...policies, policy])}
        />
      )}
    </Flex>
  );
});
