import { DuckDBInstance } from "@duckdb/node-api";
import { duckdb } from "../query/dialect";
import type { ConvertJob } from "./protocol";

/** A group of rows is in memory whole until it is written. */
const ROW_GROUP_BYTES = 16 * 1024 * 1024;

/** Under this key a Parquet file of ours says since when its data is as it is. */
export const AS_OF_KEY = "dingboard_as_of";

/**
 * Writes rows of JSON texts, one object a line, as Parquet with the types that are wanted; answers how many. What does not
 * fit its type fails all of it. SQL here is ours alone: names and paths are quoted.
 */
export async function convertRows(job: ConvertJob, onStart: (interrupt: () => void) => void): Promise<number> {
  const instance = await DuckDBInstance.create(":memory:", {
    temp_directory: job.temporaryDir,
    memory_limit: job.memoryLimit,
    threads: String(job.threads),
    preserve_insertion_order: "false",
    autoload_known_extensions: "false",
    autoinstall_known_extensions: "false",
    allow_community_extensions: "false",
  });
  const connection = await instance.connect();
  try {
    onStart(() => connection.interrupt());
    const texts = job.columns.map((_, index) => `c${index}: 'VARCHAR'`).join(", ");
    const wanted = job.columns.map(({ name, type }, index) => `CAST(c${index} AS ${type}) AS ${duckdb.quote(name)}`);
    const rows = `read_json(${duckdb.literal(job.from)}, format = 'newline_delimited', columns = {${texts}}, maximum_object_size = ${job.maxRowBytes})`;
    const options = `FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE_BYTES ${ROW_GROUP_BYTES}, KV_METADATA {${AS_OF_KEY}: ${duckdb.literal(job.asOf)}}`;
    const result = await connection.runAndReadAll(
      `COPY (SELECT ${wanted.join(", ")} FROM ${rows}) TO ${duckdb.literal(job.into)} (${options})`,
    );
    return Number(result.getRows()[0]?.[0] ?? 0);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
