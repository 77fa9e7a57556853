import type { AccessPolicy, DatasetModel } from "../../../core/contract/dataset/dataset";
import type { EnterpriseId } from "../../../core/contract/id";
import type { Filter, Scalar } from "../../../core/contract/report/query";
import { QueryError } from "../query-error";
import type { Asker } from "./asker";
import type { Calendar } from "./calendar";
import { conditionOf, isRelative } from "./filter";
import type { QueryModel } from "./query-model";
import type { Condition } from "./plan";
import type { Entry, Policy } from "./query-model";

/** Whose dataset it is, and who reads. */
interface PolicyScope {
  enterpriseId: EnterpriseId;
  dataset: DatasetModel;
  asker?: Asker | undefined;
}

/** What the dataset lets the asker see. Nobody sees nothing of a dataset that has policies. */
export function policyOf({ enterpriseId, dataset, asker }: PolicyScope): Policy {
  const { access_policy: policies = [], label } = dataset.dingboard;
  if (policies.length === 0) return null;
  if (!asker) return { label, entries: [] };
  const attributes = attributesOf(asker, enterpriseId);
  const own = policies.filter((policy) => groupsOf(policy).some((group) => belongsTo(group, asker, enterpriseId)));
  return { label, entries: own.map((policy) => entryOf(policy, attributes)) };
}

/**
 * What of the asker an answer depends on: people with the same key get the same answer to the same question. A cache of
 * answers has it in its key.
 */
export function policyKey(scope: PolicyScope): string {
  const policy = policyOf(scope);
  return policy ? JSON.stringify(policy.entries) : "everybody";
}

/** Whether what the policy lets through depends on what day it is. */
export function isTimed(policy: Policy): boolean {
  return (policy?.entries ?? []).some(({ rows }) =>
    (rows ?? []).some((filter) => filter !== null && (isRelative(filter.operator) || filter.unit !== undefined)),
  );
}

/** The model as the reader may ask it. */
export function restricted(model: QueryModel, policy: Policy): QueryModel {
  if (!policy) return model;
  const hidden = [...model.members.keys()].filter((name) => !policy.entries.some((entry) => covers(entry, name)));
  return { ...model, policy, hidden: new Set(hidden) };
}

/**
 * Which rows the reader sees when these members are asked for: a row counts where each of the members is given with it.
 * Throws `forbidden` where no entry is for the reader.
 */
export function rowsOfPolicy({ policy, members }: QueryModel, asked: string[], calendar: Calendar): Condition[] {
  if (!policy) return [];
  if (policy.entries.length === 0) throw new QueryError("forbidden", `"${policy.label}" is not open to you.`);
  const names = asked.length > 0 ? asked : [...members.keys()].slice(0, 1);
  const given = names.map((name) => policy.entries.filter((entry) => covers(entry, name)));
  const distinct = new Map(
    given.map((entries) => [entries.map((entry) => policy.entries.indexOf(entry)).join(), entries]),
  );
  return [...distinct.values()]
    .filter((entries) => entries.every(({ rows }) => rows !== null))
    .map((entries) => ({
      kind: "any",
      conditions: entries.map(({ rows }) => ({
        kind: "all",
        conditions: (rows ?? []).map((filter) => rowCondition(filter, members, calendar)),
      })),
    }));
}

/** Whatever cannot be said for certain lets no row through. */
function rowCondition(filter: Filter | null, members: QueryModel["members"], calendar: Calendar): Condition {
  const member = filter ? members.get(filter.field) : undefined;
  const condition = filter && member?.role === "dimension" ? conditionOf(filter, member, calendar) : null;
  return condition ?? { kind: "any", conditions: [] };
}

function covers({ includes, excludes }: Entry, name: string): boolean {
  return (includes === null || includes.includes(name)) && !excludes.includes(name);
}

function groupsOf({ group, groups = [] }: AccessPolicy): string[] {
  return group === undefined ? groups : [group];
}

function belongsTo(group: string, asker: Asker, ownerId: EnterpriseId): boolean {
  const [kind = "", value = ""] = splitAt(group, ":");
  if (kind === "user") return asker.userId === value;
  if (kind === "enterprise") return asker.enterpriseId === value;
  return asker.enterpriseId === ownerId && belongsInside(kind, value, asker);
}

/** Roles, departments and attributes were given by the reader's enterprise: they count where it owns the dataset. */
function belongsInside(kind: string, value: string, asker: Asker): boolean {
  if (kind === "*") return true;
  if (kind === "role") return asker.role === value;
  if (kind === "department") return asker.departmentIds.includes(Number(value));
  const [name = "", wanted = ""] = splitAt(value, "=");
  return kind === "attribute" && valuesOf(asker.attributes, name).includes(wanted);
}

function splitAt(text: string, mark: string): string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

type Attributes = Asker["attributes"];

function attributesOf(asker: Asker, ownerId: EnterpriseId): Attributes {
  const sure = { user_id: asker.userId, enterprise_id: asker.enterpriseId };
  if (asker.enterpriseId !== ownerId) return sure;
  const role = asker.role === null ? [] : [asker.role];
  return { ...asker.attributes, ...sure, role, department_ids: asker.departmentIds.map(String) };
}

function valuesOf(attributes: Attributes, name: string): string[] {
  const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function entryOf({ member_level: level, row_level: rows }: AccessPolicy, attributes: Attributes): Entry {
  const { includes = "*", excludes = [] } = level ?? {};
  const isOpen = rows === undefined || rows.allow_all === true;
  return {
    includes: excludes === "*" ? [] : includes === "*" ? null : includes,
    excludes: excludes === "*" ? [] : excludes,
    rows: isOpen ? null : (rows.filters ?? []).map((filter) => filterOf(filter, attributes)),
  };
}

type PolicyFilter = NonNullable<NonNullable<AccessPolicy["row_level"]>["filters"]>[number];

const WITHOUT_VALUES = new Set(["isNull", "notNull", "inTheCurrent", "notInTheCurrent", "inPeriodToDate"]);

/** The filter with the reader's attributes in it; null where nothing is left to compare with: an empty filter restricts nothing. */
function filterOf({ member, operator, values, unit, completed }: PolicyFilter, attributes: Attributes): Filter | null {
  const filled = values.map((value) => filledIn(value, attributes));
  const all = filled.flat();
  if (filled.some((each) => each.length === 0)) return null;
  if (all.length === 0 && !WITHOUT_VALUES.has(operator)) return null;
  const filter: Filter = { field: member, operator, values: all };
  if (unit) filter.unit = unit;
  if (completed !== undefined) filter.completed = completed;
  return filter;
}

/** What is written in braces stands for something: where it is not known for what, it stands for nothing. */
function filledIn(value: Scalar, attributes: Attributes): Scalar[] {
  if (typeof value !== "string" || !/^\s*\{.*\}\s*$/s.test(value)) return [value];
  const name = /^\s*\{\s*userAttributes\.([a-z]\w*)\s*\}\s*$/.exec(value)?.[1];
  return name === undefined ? [] : valuesOf(attributes, name);
}
