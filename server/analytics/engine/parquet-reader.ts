import type { DuckDBConnection } from "@duckdb/node-api";
import { duckdb } from "../query/dialect/dialect";
import { messageOf } from "./message";

/** How Parquet files are read. */
export interface ParquetReader {
  /** SQL that has the columns, in place of a table. */
  source: string;
  columns: { name: string; type: string }[];
  /** Columns of bytes that nothing says to be text, and that are. */
  asText: ReadonlySet<string>;
}

/** Reads Parquet files: bytes that hold text become text. Older writers do not say that they are. */
export async function parquetReader(connection: DuckDBConnection, files: readonly string[]): Promise<ParquetReader> {
  const list = `[${files.map(duckdb.literal).join(", ")}]`;
  const plain = `read_parquet(${list}, union_by_name = true)`;
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${plain}`);
  const found = described.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
  const asText = await textsAmong(connection, plain, found);
  const replaced = found.flatMap(({ name }) => {
    const column = duckdb.quote(name);
    return asText.has(name) ? [`decode(${column}) AS ${column}`] : [];
  });
  const source = replaced.length === 0 ? plain : `(SELECT * REPLACE (${replaced.join(", ")}) FROM ${plain})`;
  const columns = found.map(({ name, type }) => ({ name, type: asText.has(name) ? "VARCHAR" : type }));
  return { source, columns, asText };
}

async function textsAmong(
  connection: DuckDBConnection,
  source: string,
  columns: readonly { name: string; type: string }[],
): Promise<Set<string>> {
  const texts = new Set<string>();
  for (const { name } of columns.filter(({ type }) => type === "BLOB")) {
    try {
      const column = duckdb.quote(name);
      await connection.runAndReadAll(
        `SELECT count(decode(${column})), count(length(decode(${column}))) FROM ${source}`,
      );
      texts.add(name);
    } catch (error) {
      // Bytes that are no text: a picture, a key.
      if (!/UTF-?8|Conversion|Invalid/i.test(messageOf(error))) throw error;
    }
  }
  return texts;
}
