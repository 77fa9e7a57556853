import { duckdb } from "../query/dialect/dialect";
import type { ConvertJob } from "./protocol";
import { inScratchDatabase, writeParquet } from "./scratch-database";

/** A group of rows is in memory whole until it is written. */
const ROW_GROUP_BYTES = 16 * 1024 * 1024;

/** Under this key a Parquet file of ours says since when its data is as it is. */
export const AS_OF_KEY = "dingboard_as_of";

/**
 * Writes rows of JSON texts, one object a line, as Parquet with the types that are wanted; answers how many. What does not
 * fit its type fails all of it. SQL here is ours alone: names and paths are quoted.
 */
export function convertRows(job: ConvertJob, onStart: (interrupt: () => void) => void): Promise<number> {
  const { temporaryDir, memoryLimit, threads } = job;
  return inScratchDatabase({ temporaryDir, memoryLimit, threads, ordered: false }, (connection) => {
    onStart(() => connection.interrupt());
    const texts = job.columns.map((_, index) => `c${index}: 'VARCHAR'`).join(", ");
    const wanted = job.columns.map(({ name, type }, index) => `CAST(c${index} AS ${type}) AS ${duckdb.quote(name)}`);
    const rows = `read_json(${duckdb.literal(job.from)}, format = 'newline_delimited', columns = {${texts}}, maximum_object_size = ${job.maxRowBytes})`;
    return writeParquet(connection, `SELECT ${wanted.join(", ")} FROM ${rows}`, job.into, [
      `ROW_GROUP_SIZE_BYTES ${ROW_GROUP_BYTES}`,
      `KV_METADATA {${AS_OF_KEY}: ${duckdb.literal(job.asOf)}}`,
    ]);
  });
}
