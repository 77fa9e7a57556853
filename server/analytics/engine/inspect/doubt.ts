import type { DuckDBConnection } from "@duckdb/node-api";
import type { ColumnDoubt, DoubtCode } from "../../../../core/contract/source/column";
import { ZONE } from "../../column/day";
import type { Read } from "../../column/reading";
import { duckdb } from "../../query/dialect/dialect";
import type { TypedColumns } from "./typed";

interface Doubted {
  columns: TypedColumns;
  reads: readonly Read[];
  names: readonly string[];
}

const EXAMPLES = 3;
const LOOKED_AT = 500;

/** What a person has to know or to decide about each column of a Parquet file that was made of texts. */
export async function doubtsOf(
  connection: DuckDBConnection,
  parquet: string,
  { columns, reads, names }: Doubted,
): Promise<ColumnDoubt[][]> {
  const all: ColumnDoubt[][] = [];
  for (const [index, read] of reads.entries()) {
    const doubt = (code: DoubtCode, more: Partial<ColumnDoubt> = {}): ColumnDoubt => ({
      ...{ code, texts: columns.examples(index, EXAMPLES), count: null, type: null },
      ...more,
    });
    const { nearly } = read;
    const doubts = nearly ? [doubt("nearly", { texts: nearly.odd.slice(0, EXAMPLES), type: nearly.type })] : [];
    if (read.undecided && (await fitsBothOrders(connection, parquet, names[index] ?? "")))
      doubts.push(doubt("day_order"));
    const unzoned = read.reading.type === "DateTimeTz" ? await countUnzoned(columns, index) : 0;
    if (unzoned > 0) doubts.push(doubt("zone_assumed", { count: unzoned }));
    const texts = await spellingsOf(columns, read, index);
    if (texts.length > 0) doubts.push(doubt("spellings", { texts }));
    if (isDoubtfulMark(read, columns.examples(index, LOOKED_AT))) doubts.push(doubt("decimal_mark"));
    all.push(doubts);
  }
  return all;
}

/** Whether no day of a column is beyond the twelfth: then nothing says which number is the month. */
async function fitsBothOrders(connection: DuckDBConnection, parquet: string, name: string): Promise<boolean> {
  const sql = `SELECT max(day(${duckdb.quote(name)})) FROM read_parquet(${duckdb.literal(parquet)})`;
  return Number((await connection.runAndReadAll(sql)).getRows()[0]?.[0] ?? 13) <= 12;
}

function countUnzoned(columns: TypedColumns, index: number): Promise<number> {
  const pattern = duckdb.literal(`${ZONE}\\s*$`);
  return columns.count(index, (column) => `${column} IS NOT NULL AND NOT regexp_matches(${column}, ${pattern}, 'i')`);
}

async function spellingsOf(columns: TypedColumns, { reading }: Read, index: number): Promise<string[]> {
  const isFraction = reading.type === "Decimal" || reading.type === "Float";
  return isFraction && reading.writing.places > 1 ? columns.spellings(index) : [];
}

/** Each number with a comma has three digits behind it, and none says what the comma is. */
function isDoubtfulMark({ reading, reason }: Read, texts: readonly string[]): boolean {
  if (!("writing" in reading) || reason === "chosen") return false;
  const { group, places } = reading.writing;
  if (places > 0 || (group !== "," && group !== ".")) return false;
  return !texts.some((text) => (text.match(/[.,]/g) ?? []).length > 1);
}
