import type { DatasetModel } from "../../../core/contract/dataset/dataset";
import { QueryError } from "../query-error";
import { isAlike, type Columns } from "./columns";
import { finding, type Finding, type Path } from "./finding";
import type { Probe } from "./probe";

export type ColumnsOf = ReadonlyMap<string, Columns>;

/** Keys that are declared, and relationships: whether their columns are there, are alike, and tell the rows apart. */
export async function keyFindings(model: DatasetModel, columnsOf: ColumnsOf, probe: Probe): Promise<Finding[]> {
  const { datasets, relationships = [] } = model.semantic_model;
  const found: Finding[] = [];
  for (const [index, { name, primary_key, unique_keys = [] }] of datasets.entries()) {
    const path: Path = ["semantic_model", "datasets", index];
    const keys = unique_keys.map((key, at) => ({ key, path: [...path, "unique_keys", at] }));
    if (primary_key) keys.unshift({ key: primary_key, path: [...path, "primary_key"] });
    for (const each of keys) {
      found.push(...(await uniqueFindings(name, each, { columnsOf, probe, declared: true })));
    }
  }
  for (const [index, { from, to, from_columns, to_columns }] of relationships.entries()) {
    const path: Path = ["semantic_model", "relationships", index];
    found.push(...missing(columnsOf.get(from), from_columns, [...path, "from_columns"]));
    found.push(...unlike(from_columns, to_columns, { from: columnsOf.get(from), to: columnsOf.get(to), path }));
    const keys = datasets.filter(({ name }) => name === to).flatMap(keysOf);
    if (keys.some((key) => key.length > 0 && key.every((column) => to_columns.includes(column)))) {
      found.push(...missing(columnsOf.get(to), to_columns, [...path, "to_columns"]));
      continue;
    }
    const each = { key: to_columns, path: [...path, "to_columns"] };
    found.push(...(await uniqueFindings(to, each, { columnsOf, probe, declared: false })));
  }
  return found;
}

function keysOf({ primary_key, unique_keys = [] }: DatasetModel["semantic_model"]["datasets"][number]): string[][] {
  return primary_key ? [primary_key, ...unique_keys] : unique_keys;
}

function missing(columns: Columns | undefined, names: readonly string[], path: Path): Finding[] {
  if (!columns) return [];
  return names.flatMap((name, at) => (columns.find(name) ? [] : [columns.unknown([...path, at], name)]));
}

function unlike(
  from: readonly string[],
  to: readonly string[],
  { from: here, to: there, path }: { from: Columns | undefined; to: Columns | undefined; path: Path },
): Finding[] {
  return from.flatMap((name, at) => {
    const [one, other] = [here?.find(name), there?.find(to[at] ?? "")];
    if (!one?.datatype || !other?.datatype || isAlike(one.datatype, other.datatype)) return [];
    const message = `"${one.name}" is ${one.type} and "${other.name}" is ${other.type}: they are never equal.`;
    return [
      finding([...path, "from_columns", at], "join_types_differ", {
        message,
        names: [one.name, one.type, other.name, other.type],
      }),
    ];
  });
}

/** A declared key that the data does not keep would count twice; what a relationship alone leads to is made one first. */
async function uniqueFindings(
  dataset: string,
  { key, path }: { key: readonly string[]; path: Path },
  { columnsOf, probe, declared }: { columnsOf: ColumnsOf; probe: Probe; declared: boolean },
): Promise<Finding[]> {
  const columns = columnsOf.get(dataset);
  if (!columns || key.length === 0) return [];
  const absent = missing(columns, key, path);
  if (absent.length > 0) return absent;
  const list = key.join(", ");
  try {
    if (!(await probe.repeats(dataset, key))) return [];
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const message = `Whether ${list} tells the rows of "${dataset}" apart could not be found out in time.`;
    return [finding(path, "not_checked", { message, names: [list, dataset], severity: "warning" })];
  }
  if (declared) {
    const message = `Several rows of "${dataset}" have the same ${list}: as a key it would count them twice.`;
    return [finding(path, "key_not_unique", { message, names: [dataset, list] })];
  }
  const message = `Several rows of "${dataset}" have the same ${list}: they are made one before they are joined.`;
  return [finding(path, "relationship_not_unique", { message, names: [dataset, list], severity: "warning" })];
}
