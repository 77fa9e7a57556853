import fc from "fast-check";
import type { z } from "zod";
import { DatasetModel } from "../../core/contract/dataset/dataset";
import type { EnterpriseId } from "../../core/contract/id";
import { FileSource } from "../../core/contract/dataset/semantic-model";
import { UserId } from "../../core/contract/id";
import type { CardData, CardQuery, Filter, Scalar } from "../../core/contract/report/query";
import { rowsOf } from "./world";
import type { Asker } from "../../server/analytics/query/asker";
import { randomNow, randomQuestion, randomSeen, randomTables, TIME_ZONES } from "./random";
import { answer, Unanswerable } from "./reference";
import type { Asked, ReferenceAnswer, Tables } from "./reference";
import { calculated } from "./reference-calculation";
import { compared } from "./reference-compare";

export type ColumnType =
  "integer" | "bigint" | "double" | "decimal(12,2)" | "text" | "boolean" | "date" | "timestamp" | "timestamptz";

/** A table of the test data, to be put into an engine as it is. */
export interface TestTable {
  name: keyof Tables;
  columns: { name: string; type: ColumnType }[];
  /** Values by row: texts, whole numbers of any length as texts or numbers, decimals as texts, days, timestamps and instants (in UTC) as texts. */
  rows: Scalar[][];
}

/** An engine that holds the test data and answers card queries of a model over it. */
export interface EngineUnderTest {
  enterpriseId: EnterpriseId;
  /** What a model's `source` is for a table. */
  source(table: string): string;
  /** Settings that a model of this engine needs, such as its data source. */
  settings: Partial<z.input<typeof DatasetModel>["dingboard"]>;
  ask(dataset: DatasetModel, query: CardQuery, asker: Asker): Promise<CardData>;
  close(): Promise<void>;
}

const COLUMNS: Record<keyof Tables, [name: string, type: ColumnType, from?: string][]> = {
  orders: [
    ["customer", "integer"],
    ["day", "date"],
    ["moment", "timestamp"],
    ["instant", "timestamptz"],
    ["kind", "text"],
    ["size", "integer"],
    ["price", "decimal(12,2)", "cents"],
    ["large", "bigint"],
    ["weight", "double"],
    ["paid", "boolean"],
  ],
  customers: [
    ["id", "integer"],
    ["city", "text"],
  ],
  returns: [
    ["customer", "integer"],
    ["reason", "text"],
    ["pieces", "integer"],
  ],
};

function testTables(tables: Tables): TestTable[] {
  return (Object.keys(COLUMNS) as (keyof Tables)[]).map((name) => ({
    name,
    columns: COLUMNS[name].map(([column, type]) => ({ name: column, type })),
    rows: tables[name].map((row) =>
      COLUMNS[name].map(([column, type, from = column]) => {
        const value = row[from] ?? null;
        return type === "decimal(12,2)" && value !== null ? (Number(value) / 100).toFixed(2) : value;
      }),
    ),
  }));
}

const ansi = (expression: string): { dialects: { dialect: "ANSI_SQL"; expression: string }[] } => ({
  dialects: [{ dialect: "ANSI_SQL", expression }],
});
const field = (
  name: string,
  datatype: "Float" | "Date" | "DateTime" | "DateTimeTz" | "String" | "Integer" | "Boolean",
) => ({
  name,
  datatype,
  expression: ansi(name),
});
const metric = (name: string, expression: string) => ({ name, expression: ansi(expression) });

/** The same rows by a SELECT, as an author could write it. */
function selectFrom(source: string, columns: (typeof COLUMNS)["orders"]): string {
  const table = FileSource.safeParse(source).success ? `"${source}"` : source;
  const names = columns.map(([name]) => `o.${name}`).join(", ");
  return `WITH kept AS (SELECT ${names} FROM ${table} o) SELECT * FROM kept WHERE size IS NOT NULL OR size IS NULL`;
}

function modelOf(engine: EngineUnderTest, settings: object): DatasetModel {
  const toCustomer = (from: string) => ({
    name: `customer_of_${from}`,
    from,
    to: "customers",
    from_columns: ["customer"],
    to_columns: ["id"],
  });
  return DatasetModel.parse({
    version: 1,
    semantic_model: {
      name: "shop",
      datasets: [
        {
          name: "orders",
          source: selectFrom(engine.source("orders"), COLUMNS.orders),
          fields: [
            field("day", "Date"),
            field("moment", "DateTime"),
            field("instant", "DateTimeTz"),
            field("kind", "String"),
            field("size", "Integer"),
            field("paid", "Boolean"),
            field("weight", "Float"),
            field("large", "Integer"),
          ],
          metrics: [
            metric("rows_count", "COUNT(*)"),
            metric("total", "SUM(price)"),
            metric("average", "AVG(price)"),
            metric("kinds", "COUNT(DISTINCT kind)"),
            metric("smallest", "MIN(size)"),
            metric("large_total", "SUM(large)"),
            metric("weight_total", "SUM(weight)"),
            metric("heaviest", "MAX(weight)"),
            metric("weighed", "COUNT(weight)"),
            metric("per_kind", "COUNT(*) / COUNT(DISTINCT orders.kind)"),
          ],
        },
        {
          name: "customers",
          source: engine.source("customers"),
          fields: [field("city", "String")],
          metrics: [metric("customers_count", "COUNT(*)"), metric("cities", "COUNT(DISTINCT city)")],
        },
        {
          name: "returns",
          source: engine.source("returns"),
          fields: [field("reason", "String")],
          metrics: [metric("returned", "SUM(pieces)")],
        },
      ],
      relationships: [toCustomer("orders"), toCustomer("returns")],
      metrics: [metric("return_rate", "returned / rows_count"), metric("orders_each", "rows_count / customers_count")],
    },
    dingboard: { label: "shop", ...engine.settings, ...settings },
  });
}

const ASKER: Omit<Asker, "enterpriseId"> = {
  userId: UserId.parse("2b1c3d4e-5f60-4a7b-8c9d-0e1f2a3b4c5d"),
  role: "viewer",
  departmentIds: [],
  attributes: {},
};

const policiesOf = (seen: Filter[][] | null): object =>
  seen === null
    ? {}
    : {
        access_policy: seen.map((filters) => ({
          group: "*",
          row_level: { filters: filters.map(({ field: member, ...filter }) => ({ member, ...filter })) },
        })),
      };

/** Quotients may differ in their last bits, everything else may not. */
const INEXACT = new Set(["average", "per_kind", "return_rate", "orders_each", "share"]);

function comparable(rows: Scalar[][], { dimensions, measures, compare, calculations = [] }: CardQuery): Scalar[][] {
  const names = [...dimensions.map(({ field: name }) => name), ...measures, ...(compare ? measures : [])];
  names.push(...calculations.map(({ name }) => name));
  return rows.map((row) =>
    row.map((value, index) =>
      INEXACT.has(names[index] ?? "") && value !== null ? Number(Number(value).toPrecision(10)) : value,
    ),
  );
}

const inOrder = (rows: Scalar[][]): string[] => rows.map((row) => JSON.stringify(row)).sort();

/** What a clock of the zone shows, `YYYY-MM-DD HH:mm:ss`. */
function clockOf(timeZone: string, instant: Date): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(instant);
}

/** The data as people of a zone know it: instants as their clocks showed them, and what is no number not measured. */
function seenFrom(timeZone: string, tables: Tables): Tables {
  const orders = tables.orders.map((row) => {
    const { instant = null, weight = null } = row;
    return {
      ...row,
      weight: typeof weight === "string" ? null : weight,
      instant: instant === null ? null : clockOf(timeZone, new Date(`${instant}Z`)),
    };
  });
  return { ...tables, orders };
}

function plainAnswer(query: CardQuery, asked: Asked): ReferenceAnswer {
  if (query.compare) return compared(query, query.compare, asked);
  return query.calculations ? calculated(query, query.calculations, asked) : answer(query, asked);
}

/** Plans lie in the future: they do not make it today. */
function lastDayUntil(today: string, { orders }: Tables): string {
  const days = orders.map(({ day }) => String(day ?? "")).filter((day) => day !== "" && day <= today);
  return days.sort().at(-1) ?? today;
}

interface Question {
  query: CardQuery;
  /** When it is asked, and whether relative periods end then, or on the last day there is data of. */
  now: Date;
  asOf: "now" | "latest";
  seen: Filter[][] | null;
  weekStart: "monday" | "sunday";
  timeZone: string;
}

/** Asks an engine and the reference the same question, and compares all of the answers. */
async function compareOnce(
  engine: EngineUnderTest,
  tables: Tables,
  { query, seen, weekStart, timeZone, now, asOf }: Question,
): Promise<void> {
  const dataset = modelOf(engine, { weekStart, timeZone, asOf, ...policiesOf(seen) });
  const got = engine.ask(dataset, query, { ...ASKER, enterpriseId: engine.enterpriseId });
  let expected;
  try {
    const day = clockOf(timeZone, now).slice(0, 10);
    const today = asOf === "now" ? day : lastDayUntil(day, tables);
    expected = plainAnswer(query, { tables: seenFrom(timeZone, tables), today, weekStart, seen });
  } catch (error) {
    if (!(error instanceof Unanswerable)) throw error;
    await expect(got).rejects.toMatchObject({ code: "input_invalid" });
    return;
  }
  const data = await got;
  const shown = (rows: Scalar[][]): Scalar[][] => comparable(rows, query);
  expect(shown(rowsOf(data))).toEqual(shown(expected.rows.slice(0, query.limit)));
  expect(data.truncated).toBe(expected.rows.length > query.limit);
  expect(data.others ?? []).toEqual(expected.others.filter((row) => row < query.limit));
  const totals = (data.totals ?? []).map(({ by, values }) => ({
    by,
    rows: inOrder(shown((values[0] ?? []).map((_, row) => values.map((column) => column[row] ?? null)))),
  }));
  expect(totals).toEqual(expected.totals.map(({ by, rows }) => ({ by, rows: inOrder(shown(rows)) })));
}

/** The same questions in every run, so that no change is refused by chance; whoever looks for new ones passes another seed. */
const SEED = 20_261_122;
/** However slow the machine is, so many questions are asked; beyond them, until the time is over. */
const LEAST_QUESTIONS = 40;

/**
 * An engine answers random questions about random data, asked by people of whom policies hide random rows, as a plain
 * reading of the rows does. A failure tells the seed and the smallest question that it found.
 */
export function itAgreesWithTheReference(
  name: string,
  start: (tables: TestTable[], clock: () => Date) => Promise<EngineUnderTest>,
  { questions = 300, timeMs = 8_000, seed = SEED }: { questions?: number; timeMs?: number; seed?: number } = {},
): void {
  it(`${name} answers random questions as a plain reading of the rows does`, async () => {
    const [tables] = fc.sample(randomTables(), { numRuns: 1, seed });
    if (!tables) throw new Error("There is no test data.");
    let moment = new Date(0);
    const engine = await start(testTables(tables), () => moment);
    const end = Date.now() + timeMs;
    let asked = 0;
    try {
      const question = fc.asyncProperty(
        randomQuestion(),
        randomSeen(),
        fc.constantFrom("monday" as const, "sunday" as const),
        fc.constantFrom(...TIME_ZONES),
        randomNow(),
        fc.constantFrom("now" as const, "latest" as const),
        async (query, seen, weekStart, timeZone, now, asOf) => {
          asked += 1;
          if (asked > LEAST_QUESTIONS && Date.now() > end) return;
          moment = now;
          await compareOnce(engine, tables, { query, seen, weekStart, timeZone, now, asOf });
        },
      );
      await fc.assert(question, { numRuns: questions, seed });
    } finally {
      await engine.close();
    }
  });
}
