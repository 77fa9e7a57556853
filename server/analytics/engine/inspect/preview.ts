import type { DuckDBConnection } from "@duckdb/node-api";
import type { Scalar } from "../../../../core/contract/report/query";
import { duckdb } from "../../query/dialect/dialect";
import { toScalar } from "../cell";

const PREVIEW_ROWS = 20;
const PREVIEW_CHARACTERS = 200;

/** A Parquet file's first rows. */
export async function previewOf(connection: DuckDBConnection, file: string): Promise<Scalar[][]> {
  const reader = await connection.runAndReadAll(
    `SELECT * FROM read_parquet(${duckdb.literal(file)}) LIMIT ${PREVIEW_ROWS}`,
  );
  return reader.getRows().map((row) =>
    row.map((cell) => {
      const value = toScalar(cell);
      return typeof value === "string" ? value.slice(0, PREVIEW_CHARACTERS) : value;
    }),
  );
}
