import type { CardData, CardQuery, Column, Scalar } from "../../../core/contract/report/query";
import { inNaturalOrder } from "./natural-rows";
import type { Member } from "./query-model";
import type { Plan } from "./plan";
import { columnsOfGroup } from "./render";
import { OTHERS } from "./top";
import type { TotalPlan } from "./totals";

type Total = NonNullable<CardData["totals"]>[number];

/** An answer from the engine's columns, in the order of the SELECT: one row more than `limit` tells that rows were cut off. */
export function toCardData(plan: Plan, query: CardQuery, answered: Scalar[][]): CardData {
  const columns = columnsOf(plan);
  const names = selectedOf(plan);
  const found = answered[0]?.length ?? 0;
  const values = found > query.limit ? answered : inNaturalOrder(plan, names, answered);
  const kept = columns.map(({ name, type }) =>
    (values[names.indexOf(name)] ?? []).slice(0, query.limit).map((value) => inType(value, type)),
  );
  const data = { columns, values: kept, rowCount: Math.min(found, query.limit), truncated: found > query.limit };
  const others = othersOf(plan, values);
  return others ? { ...data, others: others.filter((row) => row < query.limit) } : data;
}

/** The rows of one further grouping, in the columns of the whole answer: what the grouping has no value for is null. */
export function toTotal(columns: Column[], { by, plan }: TotalPlan, values: Scalar[][]): Total {
  const own = selectedOf(plan);
  const empty = Array.from({ length: values[0]?.length ?? 0 }, () => null);
  const total: Total = {
    by,
    values: columns.map(({ name, type }) => values[own.indexOf(name)]?.map((value) => inType(value, type)) ?? empty),
  };
  const others = othersOf(plan, values);
  return others ? { ...total, others } : total;
}

/** The names of the columns of the SELECT. */
function selectedOf({ current, earlier }: Plan): string[] {
  const measures = current.measures.map(({ name }) => name);
  const before = earlier ? measures.map((name) => `${name}:previous`) : [];
  return [...current.groups.flatMap(columnsOfGroup), ...measures, ...before];
}

/** The rows that stand for all other values; null where nothing is ranked. */
function othersOf(plan: Plan, values: Scalar[][]): number[] | null {
  const at = selectedOf(plan).findIndex((name) => name.endsWith(OTHERS));
  if (at < 0) return null;
  return (values[at] ?? []).flatMap((value, row) => (Number(value) === 1 ? [row] : []));
}

/** The columns of an answer: dimensions, measures, and with a comparison each measure of the earlier period. */
function columnsOf(plan: Plan): Column[] {
  const { groups, measures } = plan.current;
  const dimensions = groups.map(({ member, grain }): Column => {
    const column = columnOf(member, "dimension");
    return grain ? { ...column, grain } : column;
  });
  const earlier = plan.earlier ? measures.map((member) => columnOf(member, "comparison")) : [];
  return [
    ...dimensions,
    ...measures.map((member) => columnOf(member, "measure")),
    ...earlier.map((column) => ({ ...column, name: `${column.name}:previous` })),
  ];
}

function columnOf(member: Member, role: Column["role"]): Column {
  const column: Column = { name: member.name, label: member.label, role, type: member.type };
  if (member.format) column.format = member.format;
  if (member.direction) column.direction = member.direction;
  return column;
}

/** What the model promised, also where an expression has another type. Numbers stay texts where a double would lose digits. */
function inType(value: Scalar, type: Column["type"]): Scalar {
  if (value === null) return null;
  if (type === "date") return String(value).slice(0, 10);
  if (type === "string") return String(value);
  // Some engines have no truths, only 1 and 0.
  if (type === "boolean" && typeof value === "number") return value !== 0;
  return value;
}
