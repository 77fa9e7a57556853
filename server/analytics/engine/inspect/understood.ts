import type { DuckDBConnection } from "@duckdb/node-api";
import type { Understanding } from "../../../../core/contract/source/column";
import { marksOf } from "../../column/number";
import type { Read } from "../../column/reading";
import { understand, type Evidence } from "../../column/role";
import { duckdb } from "../../query/dialect/dialect";

/** What each column of a Parquet file is, by its name and by all of its values. */
export async function understood(
  connection: DuckDBConnection,
  parquet: string,
  { names, reads }: { names: readonly string[]; reads: readonly Read[] },
): Promise<Understanding[]> {
  const whole = names.filter((_, index) => reads[index]?.reading.type === "Integer");
  const ranges = await rangesOf(connection, parquet, whole);
  return reads.map(({ reading, reason, currency, links }, index) => {
    const name = names[index] ?? "";
    const written: Partial<Evidence> = "writing" in reading ? { marks: marksOf(reading.writing), currency } : {};
    const dayFormat = "format" in reading ? reading.format : null;
    const range = ranges.get(name) ?? null;
    return understand({ name, type: reading.type, ...written, dayFormat, range, phone: reason === "phone", links });
  });
}

type Range = NonNullable<Evidence["range"]>;

async function rangesOf(
  connection: DuckDBConnection,
  parquet: string,
  names: readonly string[],
): Promise<Map<string, Range>> {
  if (names.length === 0) return new Map();
  // What the file says of itself costs nothing to ask.
  const said = await connection.runAndReadAll(
    `SELECT path_in_schema, min(TRY_CAST(stats_min_value AS BIGINT)), max(TRY_CAST(stats_max_value AS BIGINT)),
    sum(num_values - coalesce(stats_null_count, 0)) FROM parquet_metadata(${duckdb.literal(parquet)})
    WHERE path_in_schema IN (${names.map(duckdb.literal).join(", ")}) GROUP BY 1`,
  );
  const ranges = new Map<string, Range>();
  for (const [name, least, most, count] of said.getRows()) {
    if (least === null || most === null) continue;
    const range = { least: Number(least), most: Number(most), count: Number(count), distinct: 0 };
    if (range.most - range.least + 1 === range.count)
      range.distinct = await distinctOf(connection, parquet, String(name));
    ranges.set(String(name), range);
  }
  return ranges;
}

async function distinctOf(connection: DuckDBConnection, parquet: string, name: string): Promise<number> {
  const sql = `SELECT approx_count_distinct(${duckdb.quote(name)}) FROM read_parquet(${duckdb.literal(parquet)})`;
  return Number((await connection.runAndReadAll(sql)).getRows()[0]?.[0] ?? 0);
}
