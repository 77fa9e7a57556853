import type { DuckDBConnection } from "@duckdb/node-api";
import type { Scalar } from "../../../../core/contract/report/query";
import { toScalar } from "../cell";

const PREVIEW_ROWS = 20;
const PREVIEW_CHARACTERS = 200;

/** The first rows of a source, which is SQL in place of a table. */
export async function previewOf(connection: DuckDBConnection, source: string): Promise<Scalar[][]> {
  const reader = await connection.runAndReadAll(`SELECT * FROM ${source} LIMIT ${PREVIEW_ROWS}`);
  return reader.getRows().map((row) =>
    row.map((cell) => {
      const value = toScalar(cell);
      return typeof value === "string" ? value.slice(0, PREVIEW_CHARACTERS) : value;
    }),
  );
}
