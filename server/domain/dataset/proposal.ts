import { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { DataSourceId, EnterpriseId } from "../../../core/contract/id";
import type { DataType } from "../../../core/contract/dataset/semantic-model";
import type { Analytics, AnalyticsScope } from "../../analytics/analytics";
import { wordsOf } from "../../analytics/check/finding";
import { Probe } from "../../analytics/check/probe";
import { readModel } from "../../analytics/query/model";
import { QueryError } from "../../analytics/query-error";
import type { DescribedColumn } from "../../analytics/source/source";
import { AppError } from "../../errors";

const MAX_FIELDS = 200;
/** Whole numbers that number things rather than count them. */
const IDENTIFIER = /(^|_)(id|no|nr|code|key|zip|year|month|day)$|编号|代码/i;

/** A text to begin with: a field for each column, a sum for each that can be added up, and the number of rows. */
export async function proposedText(
  engine: Pick<Analytics, "open">,
  enterpriseId: EnterpriseId,
  { label, source, dataSource }: { label: string; source: string; dataSource?: DataSourceId | undefined },
  signal: AbortSignal,
): Promise<string> {
  const dingboard = { label, ...(dataSource === undefined ? {} : { dataSource }) };
  const parsed = DatasetModel.safeParse(documentOf(source, dingboard, [{ name: "any", type: "", datatype: "String" }]));
  if (!parsed.success) throw new AppError("input_invalid", parsed.error.issues[0]?.message ?? "This is no source.");
  const columns = await columnsOf(engine, { enterpriseId, dataset: parsed.data }, signal);
  if (columns.every(({ datatype }) => datatype === null)) {
    throw new AppError("input_invalid", `"${source}" has no column that a field could be made of.`);
  }
  return `${JSON.stringify(documentOf(source, dingboard, columns.slice(0, MAX_FIELDS)), null, 2)}\n`;
}

async function columnsOf(
  engine: Pick<Analytics, "open">,
  scope: AnalyticsScope,
  signal: AbortSignal,
): Promise<DescribedColumn[]> {
  try {
    const opened = await engine.open(scope);
    return await new Probe(opened, readModel(scope.dataset, opened.dialect), signal).columns("rows");
  } catch (error) {
    if (!(error instanceof QueryError) || error.code !== "query_failed") throw error;
    const [table] = scope.dataset.semantic_model.datasets;
    throw new AppError("input_invalid", `"${table?.source}" cannot be read: ${wordsOf(error)}`, { cause: error });
  }
}

function documentOf(source: string, dingboard: object, columns: readonly DescribedColumn[]): unknown {
  const taken = new Set(["row_count"]);
  const named = columns.flatMap(({ name, datatype }) =>
    datatype === null ? [] : [{ column: name, datatype, name: fieldName(name, taken) }],
  );
  const fields = named.map(({ column, datatype, name }) => ({ name, expression: ansi(quoted(column)), datatype }));
  const summed = named.filter(({ datatype, column }) => isAmount(datatype, column));
  const metrics = summed.map(({ column, name, datatype }) => ({
    name: fieldName(`total_${name}`, taken),
    expression: ansi(`SUM(${quoted(column)})`),
    datatype,
    label: column,
  }));
  return {
    version: 1,
    semantic_model: {
      name: "dataset",
      datasets: [
        {
          name: "rows",
          source,
          fields,
          metrics: [
            { name: "row_count", expression: ansi("COUNT(*)"), datatype: "Integer" },
            ...metrics.map(({ label: _column, ...metric }) => metric),
          ],
        },
      ],
    },
    dingboard: {
      ...dingboard,
      dimensions: Object.fromEntries(named.map(({ column, name }) => [name, { label: column.slice(0, 100) }])),
      measures: {
        row_count: { label: "Rows" },
        ...Object.fromEntries(metrics.map(({ name, label }) => [name, { label: label.slice(0, 100) }])),
      },
    },
  };
}

function isAmount(datatype: DataType, column: string): boolean {
  if (datatype === "Decimal" || datatype === "Float") return true;
  return datatype === "Integer" && !IDENTIFIER.test(column);
}

function ansi(expression: string): object {
  return { dialects: [{ dialect: "ANSI_SQL", expression }] };
}

/** Bare where it cannot be read as anything else. */
function quoted(column: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(column) && !isWord(column) ? column : `"${column.replaceAll('"', '""')}"`;
}

function isWord(column: string): boolean {
  const words =
    "select from where group order having limit union case when then else end and or not in is between like as distinct " +
    "filter over window interval cast extract exists all any join on with values null true false date time timestamp";
  return words.split(" ").includes(column);
}

/** A name of ours for a column, unlike all before it: what cannot be written in it is a number. */
function fieldName(column: string, taken: Set<string>): string {
  const plain = column
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 50);
  const base = plain === "" ? "field" : plain;
  let name = plain === "" ? `field_${taken.size}` : base;
  for (let count = 2; taken.has(name); count++) name = `${base}_${count}`;
  taken.add(name);
  return name;
}
