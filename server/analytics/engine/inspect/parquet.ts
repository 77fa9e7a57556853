import type { DuckDBConnection } from "@duckdb/node-api";
import type { DataType } from "../../../../core/contract/dataset/semantic-model";
import type { Inspection } from "../../../../core/contract/source/upload";
import { duckdb } from "../../query/dialect/dialect";
import { FileFault } from "./fault";
import { previewOf } from "./preview";

const TYPES: [pattern: RegExp, type: DataType][] = [
  [/^DECIMAL/, "Decimal"],
  [/^U?(HUGE|BIG|SMALL|TINY)?INT(EGER)?$/, "Integer"],
  [/^(FLOAT|DOUBLE)$/, "Float"],
  [/^(VARCHAR|UUID|ENUM.*)$/, "String"],
  [/^BOOLEAN$/, "Boolean"],
  [/^DATE$/, "Date"],
  [/^TIME$/, "Time"],
  [/^TIMESTAMP(_S|_MS|_NS)?$/, "DateTime"],
  [/^TIMESTAMP WITH TIME ZONE$/, "DateTimeTz"],
];

/** Reads a Parquet file through, so that a damage inside is found now, and not by the readers of a report. */
export async function inspectParquet(connection: DuckDBConnection, file: string): Promise<Inspection> {
  const source = `read_parquet(${duckdb.literal(file)})`;
  try {
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
    const columns = described.getRows().map(([name, type]) => ({ name: String(name), type: typeOf(String(type)) }));
    const counted = await connection.runAndReadAll(`SELECT count(*), count(COLUMNS(*)) FROM ${source}`);
    return {
      format: "parquet",
      csv: null,
      columns: columns.map(({ name, type }) => ({ name, type, detected: type, renamedFrom: null })),
      rows: await previewOf(connection, file),
      rowCount: Number(counted.getRows()[0]?.[0] ?? 0),
      leftOut: { count: 0, more: false, lines: [] },
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    if (/^Out of Memory/.test(message)) throw error;
    throw new FileFault("file_damaged");
  }
}

function typeOf(type: string): DataType {
  return TYPES.find(([pattern]) => pattern.test(type))?.[1] ?? "Opaque";
}
