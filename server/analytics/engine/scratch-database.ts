import { DuckDBInstance } from "@duckdb/node-api";
import type { DuckDBConnection } from "@duckdb/node-api";
import { duckdb } from "../query/dialect/dialect";
import type { DatabaseSpec } from "./protocol";

export interface ScratchOptions extends Omit<DatabaseSpec, "file"> {
  /** Absent: in memory. */
  file?: string;
  /** Whether rows stay in the order in which they are read, which takes more memory. */
  ordered: boolean;
}

/** Works with a database that is open for this alone. It reaches files, so that all of its SQL must be ours. */
export async function inScratchDatabase<Result>(
  { file = ":memory:", temporaryDir, memoryLimit, threads, ordered }: ScratchOptions,
  work: (connection: DuckDBConnection) => Promise<Result>,
): Promise<Result> {
  const instance = await DuckDBInstance.create(file, {
    temp_directory: temporaryDir,
    memory_limit: memoryLimit,
    threads: String(threads),
    preserve_insertion_order: String(ordered),
    autoload_known_extensions: "false",
    autoinstall_known_extensions: "false",
    allow_community_extensions: "false",
  });
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Writes what a SELECT of ours answers as Parquet, and answers how many rows there are. `more`: further options of COPY. */
export async function writeParquet(
  connection: DuckDBConnection,
  select: string,
  into: string,
  more: string[] = [],
): Promise<number> {
  const options = ["FORMAT parquet", "COMPRESSION zstd", ...more].join(", ");
  const copied = await connection.runAndReadAll(`COPY (${select}) TO ${duckdb.literal(into)} (${options})`);
  return Number(copied.getRows()[0]?.[0] ?? 0);
}
