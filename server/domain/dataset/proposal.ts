import { pinyin } from "pinyin-pro";
import { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { DataSourceId, EnterpriseId } from "../../../core/contract/id";
import type { DataType } from "../../../core/contract/dataset/semantic-model";
import type { Format } from "../../../core/contract/report/query";
import type { Understanding } from "../../../core/contract/source/column";
import type { FileColumn } from "../../../core/contract/source/file";
import type { Language } from "../../../core/report/format";
import type { Analytics, AnalyticsScope } from "../../analytics/analytics";
import { wordsOf } from "../../analytics/check/finding";
import { understand } from "../../analytics/column/role";
import { Probe } from "../../analytics/check/probe";
import { readModel } from "../../analytics/query/model";
import { QueryError } from "../../analytics/query-error";
import type { DescribedColumn } from "../../analytics/source/source";
import { AppError } from "../../errors";

const MAX_FIELDS = 200;

/** What is to be made a dataset of, and for whom. */
export interface Proposed {
  label: string;
  source: string;
  dataSource?: DataSourceId | undefined;
  /** In which labels are written. */
  language: Language;
  /** What was found in the source when it was imported. */
  known: readonly FileColumn[];
}

/** A text to begin with: a field for each column, what each is best put together to, and the number of rows. */
export async function proposedText(
  engine: Pick<Analytics, "open">,
  enterpriseId: EnterpriseId,
  proposed: Proposed,
  signal: AbortSignal,
): Promise<string> {
  const parsed = DatasetModel.safeParse(documentOf(proposed, [{ name: "any", type: "", datatype: "String" }]));
  if (!parsed.success) throw new AppError("input_invalid", parsed.error.issues[0]?.message ?? "This is no source.");
  const columns = await columnsOf(engine, { enterpriseId, dataset: parsed.data }, signal);
  if (columns.every((column) => fieldOf(column, [], new Set()).length === 0)) {
    throw new AppError("input_invalid", `"${proposed.source}" has no column that a field could be made of.`);
  }
  return `${JSON.stringify(documentOf(proposed, columns.slice(0, MAX_FIELDS)), null, 2)}\n`;
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

interface ProposedField {
  column: string;
  name: string;
  datatype: DataType;
  understood: Understanding;
}

interface ProposedMetric {
  name: string;
  expression: string;
  datatype: DataType;
  label: string;
  format: Format | null;
}

function documentOf(proposed: Proposed, columns: readonly DescribedColumn[]): unknown {
  const { label, source, dataSource, language } = proposed;
  const taken = new Set(["row_count"]);
  const fields = columns.flatMap((column) => fieldOf(column, proposed.known, taken));
  const words = WORDS[language];
  const metrics = [
    { name: "row_count", expression: "COUNT(*)", datatype: "Integer" as const, label: words.rows, format: null },
    ...fields.flatMap((field) => metricOf(field, words, taken)),
  ];
  const labelled = (text: string, format: Format | null) => ({
    label: cutTo(text, 100),
    ...(format ? { format } : {}),
  });
  return {
    version: 1,
    semantic_model: {
      name: "dataset",
      datasets: [
        {
          name: "rows",
          source,
          fields: fields.map(({ name, column, datatype }) => ({ name, expression: ansi(quoted(column)), datatype })),
          metrics: metrics.map(({ name, expression, datatype }) => ({ name, expression: ansi(expression), datatype })),
        },
      ],
    },
    dingboard: {
      label,
      ...(dataSource === undefined ? {} : { dataSource }),
      dimensions: Object.fromEntries(
        fields.map(({ column, name, understood }) => [name, labelled(column.trim() || name, formatOf(understood))]),
      ),
      measures: Object.fromEntries(metrics.map(({ name, label, format }) => [name, labelled(label, format)])),
    },
  };
}

/** Nothing where no expression can name the column, or no value of it is one of ours. */
function fieldOf(
  { name: column, datatype }: DescribedColumn,
  known: readonly FileColumn[],
  taken: Set<string>,
): ProposedField[] {
  if (datatype === null || column === "" || CONTROLS.test(column)) return [];
  const before = known.find(({ name, type }) => name === column && type === datatype)?.understood;
  const understood = before ?? understand({ name: column, type: datatype });
  return [{ column, datatype, understood, name: fieldName(column, taken) }];
}

/** What adds a field up, as it is to be added up; ids are counted. */
function metricOf(
  { column, name, datatype, understood }: ProposedField,
  words: Words,
  taken: Set<string>,
): ProposedMetric[] {
  const operand = quoted(column);
  const label = column.trim() || name;
  const format = formatOf(understood);
  switch (understood.aggregation) {
    case "sum":
      return [
        {
          name: fieldName(`total_${name}`, taken),
          expression: `SUM(${operand})`,
          datatype,
          label: words.total(label),
          format,
        },
      ];
    case "average":
      return [
        {
          name: fieldName(`average_${name}`, taken),
          expression: `AVG(${operand})`,
          datatype: "Float",
          label: words.average(label),
          format,
        },
      ];
    case "count_distinct":
      return [
        {
          name: fieldName(`distinct_${name}`, taken),
          expression: `COUNT(DISTINCT ${operand})`,
          datatype: "Integer",
          label: words.distinct(label),
          format: null,
        },
      ];
    case "none":
      return [];
  }
}

interface Words {
  rows: string;
  total(label: string): string;
  average(label: string): string;
  distinct(label: string): string;
}

const WORDS: Record<Language, Words> = {
  "zh-CN": {
    rows: "行数",
    total: (label) => `${label}合计`,
    average: (label) => `平均${label}`,
    distinct: (label) => `${label}（去重计数）`,
  },
  "en-US": {
    rows: "Rows",
    total: (label) => `Total ${label}`,
    average: (label) => `Average ${label}`,
    distinct: (label) => `Distinct ${label}`,
  },
};

function formatOf({ format, currency }: Understanding): Format | null {
  switch (format) {
    case "percent":
      return { kind: "percent" };
    case "currency":
      return { kind: "currency", ...(currency === null ? {} : { currency }) };
    case "digits":
      return { kind: "text" };
    case null:
      return null;
  }
}

/** So many characters that no pair of them is cut in two. */
function cutTo(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, "");
}

function ansi(expression: string): object {
  return { dialects: [{ dialect: "ANSI_SQL", expression }] };
}

/** Characters that no expression may hold. */
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f]/;

/** Always quoted: which words an engine keeps for itself, each engine says otherwise. */
function quoted(column: string): string {
  return `"${column.replaceAll('"', '""')}"`;
}

/** A name of ours for a column, unlike all before it: Chinese as it is read, what cannot be written is a number. */
function fieldName(column: string, taken: Set<string>): string {
  const plain = spelled(column)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 50)
    .replace(/_+$/, "");
  const base = plain === "" ? "field" : plain;
  let name = plain === "" ? `field_${taken.size}` : base;
  for (let count = 2; taken.has(name); count++) name = `${base}_${count}`;
  taken.add(name);
  return name;
}

/** `customerId` as `customer Id`, 金额 as `jin e`. */
function spelled(column: string): string {
  const latin = column
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/([a-z\d])([A-Z])/g, "$1 $2");
  if (!/\p{Script=Han}/u.test(latin)) return latin;
  return pinyin(latin, { toneType: "none", v: true, type: "array", nonZh: "consecutive" }).join(" ");
}
