import type { DuckDBConnection } from "@duckdb/node-api";
import type { DataType } from "../../../../core/contract/dataset/semantic-model";
import type { Inspection } from "../../../../core/contract/source/upload";
import { understand } from "../../column/role";
import { duckdb } from "../../query/dialect/dialect";
import { datatypeOf } from "../../source/datatype";
import { messageOf } from "../message";
import { parquetReader } from "../parquet-reader";
import { FileFault } from "./fault";
import { previewOf } from "./preview";

/** Reads a Parquet file through, so that a damage inside is found now, and not by the readers of a report. */
export async function inspectParquet(connection: DuckDBConnection, file: string): Promise<Inspection> {
  try {
    const { source, columns, asText } = await parquetReader(connection, [file]);
    const counts = columns.map(({ name, type }) => `count(${duckdb.quote(name)}), ${countOdd(name, type)}`);
    const counted = await connection.runAndReadAll(`SELECT count(*), ${counts.join(", ")} FROM ${source}`);
    const [row = []] = counted.getRows();
    return {
      format: "parquet",
      csv: null,
      columns: columns.map(({ name, type }, index) => {
        const datatype: DataType = datatypeOf(type) ?? "Opaque";
        const odd = Number(row[2 * index + 2] ?? 0);
        return {
          ...{ name, type: datatype, detected: datatype, renamedFrom: null, dayFormat: null, marks: [] },
          reason: asText.has(name) ? ("bytes" as const) : ("declared" as const),
          nulls: odd > 0 ? [{ text: "NaN", count: odd }] : [],
          doubts: [],
          understood: understand({ name, type: datatype }),
        };
      }),
      rows: await previewOf(connection, source),
      rowCount: Number(row[0] ?? 0),
      leftOut: { count: 0, more: false, lines: [] },
    };
  } catch (error) {
    if (/^Out of Memory/.test(messageOf(error))) throw error;
    throw new FileFault("file_damaged");
  }
}

/** How many values were not measured: NaN and infinity. */
function countOdd(name: string, type: string): string {
  return /^(FLOAT|DOUBLE)$/.test(type) ? `count(*) FILTER (NOT isfinite(${duckdb.quote(name)}))` : "0";
}
