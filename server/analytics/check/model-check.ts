import type { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { DataType, Expression } from "../../../core/contract/dataset/semantic-model";
import { isSqlSource } from "../../../core/contract/dataset/semantic-model";
import type { Measure, QueryModel } from "../query/query-model";
import { readModel, tablesOf as sourceTables } from "../query/model";
import { QueryError } from "../query-error";
import type { Source } from "../source/source";
import { Columns, datatypeFinding } from "./columns";
import { expressionFindings, usedPath } from "./expression";
import { finding, wordsOf, type Finding, type Path } from "./finding";
import { policyFindings } from "./policy";
import { Probe, type Probed } from "./probe";
import { keyFindings } from "./relationship";
import { isWhole } from "./whole";

/** Something that the engine is asked whether it understands it. */
interface Asked extends Probed {
  path: Path;
  /** Where its expression stands. */
  textPath: Path;
  /** Null: whatever it is. */
  datatype: DataType | null;
}

/**
 * What is wrong with a model, looked up in the source that it is read from; `open` answers the source with these tables,
 * all unless some are named. Where the source cannot be reached the one finding is `source_unreachable`.
 */
export async function checkModel(
  model: DatasetModel,
  open: (sources?: string[]) => Promise<Source>,
  signal: AbortSignal,
): Promise<Finding[]> {
  const tables = await tablesOf(model, open, signal);
  if (!tables.source || tables.findings.some(({ code }) => code === "source_unreachable")) return tables.findings;
  const { dialect } = tables.source;
  const read = readModel(model, dialect);
  const found = [...tables.findings, ...policyFindings(model, read)];
  const asked: Asked[] = [];
  const add = (
    expression: Expression,
    path: Path,
    within: "row" | "metric",
    probed: Omit<Asked, "path" | "textPath">[],
  ): void => {
    const [home] = probed;
    const columns = within === "row" || probed.length === 1 ? tables.columns.get(home?.dataset ?? "") : undefined;
    const findings = expressionFindings(expression, path, { dialect, columns, within });
    found.push(...findings);
    // What is already known to be wrong is not asked again, nor what belongs to a table that is not there.
    if (findings.length > 0) return;
    const textPath = usedPath(expression, path, dialect);
    for (const each of probed) {
      const table = tables.columns.get(each.dataset);
      if (table) asked.push({ ...each, path, textPath, datatype: askedType(each, table) });
    }
  };
  model.semantic_model.datasets.forEach(({ name: dataset, fields, metrics = [] }, index) => {
    const path: Path = ["semantic_model", "datasets", index];
    fields.forEach(({ name, expression, datatype }, at) => {
      const field = read.members.get(name);
      if (field?.role === "dimension")
        add(expression, [...path, "fields", at], "row", [{ name, dataset, of: field, datatype }]);
    });
    metrics.forEach((metric, at) => add(metric.expression, [...path, "metrics", at], "metric", partsOf(metric, read)));
  });
  (model.semantic_model.metrics ?? []).forEach((metric, at) =>
    add(metric.expression, ["semantic_model", "metrics", at], "metric", partsOf(metric, read)),
  );
  const probe = new Probe(tables.source, read, signal);
  for (const dataset of tables.columns.keys()) {
    found.push(
      ...(await askAll(
        asked.filter((each) => each.dataset === dataset),
        probe,
      )),
    );
  }
  return [...found, ...(await keyFindings(model, tables.columns, probe))];
}

interface Tables {
  /** Null where no table is there at all. */
  source: Source | null;
  columns: Map<string, Columns>;
  findings: Finding[];
}

async function tablesOf(
  model: DatasetModel,
  open: (sources?: string[]) => Promise<Source>,
  signal: AbortSignal,
): Promise<Tables> {
  const tables: Tables = { source: null, columns: new Map(), findings: [] };
  for (const [index, { name, source }] of model.semantic_model.datasets.entries()) {
    try {
      // Files are read in one after the other: the last one opened holds all.
      const opened = await open(sourceTables(source));
      const probe = new Probe(opened, readModel(model, opened.dialect), signal);
      tables.columns.set(name, new Columns(probe.engine, await probe.columns(name)));
      tables.source = opened;
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      tables.findings.push(tableFinding(error, index, source));
      if (isUnreachable(error)) break;
    }
  }
  return tables;
}

function isUnreachable({ code }: QueryError): boolean {
  return code === "unavailable" || code === "query_timeout";
}

function tableFinding(error: QueryError, index: number, source: string): Finding {
  const path: Path = ["semantic_model", "datasets", index, "source"];
  if (isUnreachable(error)) return finding(path, "source_unreachable", { message: error.message, names: [source] });
  if (isSqlSource(source)) {
    const words = error.code === "input_invalid" ? error.message : wordsOf(error);
    const { modelFault: fault } = error;
    return finding(path, "sql_refused", { message: `The SQL cannot be used: ${words}`, names: [words], fault });
  }
  return finding(path, "table_missing", {
    message: `"${source}" cannot be read: ${wordsOf(error)}`,
    names: [source, wordsOf(error)],
    fault: error.modelFault,
  });
}

/** A metric's aggregates, each over its own dataset. The datatype is that of the metric where one aggregate is the metric. */
function partsOf(
  { name, datatype }: { name: string; datatype?: DataType | undefined },
  read: QueryModel,
): Omit<Asked, "path" | "textPath">[] {
  const measure = read.members.get(name);
  if (measure?.role !== "measure") return [];
  return measure.parts.map((part, index) => ({
    name: measure.outer ? `${name}~${index}` : name,
    dataset: part.dataset,
    of: part,
    datatype: isOnePart(measure) ? (datatype ?? "Float") : null,
  }));
}

function isOnePart({ parts, outer }: Measure): boolean {
  return outer === null && parts.length === 1;
}

/** What is whole anyway may have any type. */
function askedType({ of, datatype }: Omit<Asked, "path" | "textPath">, table: Columns): DataType | null {
  const { written } = of;
  return datatype === "Integer" && written.kind === "tree" && isWhole(written.tree, table) ? null : datatype;
}

/** All at once; where the engine refuses, one by one, to learn which. */
async function askAll(asked: readonly Asked[], probe: Probe): Promise<Finding[]> {
  if (asked.length === 0) return [];
  try {
    const columns = await probe.expressions(asked);
    return asked.flatMap(({ path, datatype }, index) => {
      const fault = datatype && datatypeFinding([...path, "datatype"], datatype, columns[index]);
      return fault ? [fault] : [];
    });
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const [only, ...others] = asked;
    if (only && others.length === 0) return [refusal(only, error)];
    const half = Math.ceil(asked.length / 2);
    return [...(await askAll(asked.slice(0, half), probe)), ...(await askAll(asked.slice(half), probe))];
  }
}

function refusal({ textPath, name }: Asked, error: QueryError): Finding {
  if (isUnreachable(error)) {
    const message = `The source did not answer in time whether it understands "${name}".`;
    return finding(textPath, "not_checked", { message, names: [name], severity: "warning" });
  }
  if (error.code === "input_invalid")
    return finding(textPath, "expression_invalid", {
      message: error.message,
      names: [wordsOf(error)],
      fault: error.modelFault,
    });
  const words = wordsOf(error);
  return finding(textPath, "expression_refused", {
    message: `The source does not understand "${name}": ${words}`,
    names: [name, words],
  });
}
