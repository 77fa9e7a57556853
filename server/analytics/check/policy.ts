import type { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { Fault } from "../../../core/contract/dataset/reason";
import type { Filter } from "../../../core/contract/report/query";
import { conditionOf } from "../query/filter";
import type { QueryModel } from "../query/query-model";
import { QueryError } from "../query-error";
import { finding, type Finding, type Path } from "./finding";

/** What a reader can have; see `access_policy` in the contract. */
const ATTRIBUTES = new Set(
  "user_id enterprise_id role department_ids login name email mobile job_number userid title".split(" "),
);

type PolicyFilter = NonNullable<
  NonNullable<NonNullable<DatasetModel["dingboard"]["access_policy"]>[number]["row_level"]>["filters"]
>[number];

/** What of the row policies would let nobody see anything, or fail when somebody reads. */
export function policyFindings(model: DatasetModel, read: QueryModel): Finding[] {
  return (model.dingboard.access_policy ?? []).flatMap((policy, entry) =>
    (policy.row_level?.filters ?? []).flatMap((filter, index) =>
      filterFindings(filter, ["dingboard", "access_policy", entry, "row_level", "filters", index], read),
    ),
  );
}

function filterFindings(filter: PolicyFilter, path: Path, read: QueryModel): Finding[] {
  const attributes = filter.values.map((value) =>
    typeof value === "string" ? /^\s*\{\s*userAttributes\.(\w+)\s*\}\s*$/.exec(value)?.[1] : undefined,
  );
  const strangers = attributes.flatMap((name, index) =>
    name !== undefined && !ATTRIBUTES.has(name) ? [{ name, index }] : [],
  );
  const unknown = strangers.map(({ name, index }) =>
    finding([...path, "values", index], "unknown_attribute", {
      message: `No reader has the attribute "${name}": the filter lets no row through.`,
      names: [name],
      severity: "warning",
    }),
  );
  const fault = suitFault(filter, attributes, read);
  return fault === null
    ? unknown
    : [...unknown, finding(path, "policy_unsuitable", { ...fault, names: [filter.member] })];
}

/** With a value of the right kind for each attribute, which is known only when somebody reads. */
function suitFault(
  { member, operator, values, unit, completed }: PolicyFilter,
  attributes: (string | undefined)[],
  { members, weekStart }: QueryModel,
): { message: string; fault: Fault | null } | null {
  const field = members.get(member);
  if (field?.role !== "dimension") return null; // the document's own check has said so
  const filter: Filter = {
    field: member,
    operator,
    values: values.map((value, index) =>
      attributes[index] === undefined ? value : field.type === "date" ? "2026-01-01" : "0",
    ),
    ...(unit === undefined ? {} : { unit }),
    ...(completed === undefined ? {} : { completed }),
  };
  try {
    conditionOf(filter, field, { today: "2026-01-01", weekStart });
    return null;
  } catch (error) {
    if (error instanceof QueryError) return { message: error.message, fault: error.modelFault };
    throw error;
  }
}
