import type { TestEngine } from "./engine";
import { clickhouseMissing, startClickhouse } from "./clickhouse";
import { mariadbMissing, startMariadb } from "./mariadb";
import { startPostgresql } from "./postgresql";

type Start = () => Promise<TestEngine>;

const missing = [mariadbMissing(), clickhouseMissing()].filter((reason) => reason !== null);
if (missing.length > 0) process.stderr.write(`Skipped: ${missing.join(" ")}\n`);

/** The engines that can be had here, and what starts each. */
export const ENGINES: [string, Start][] = [
  ["PostgreSQL", startPostgresql],
  ...(mariadbMissing() === null ? [["MariaDB", startMariadb] as [string, Start]] : []),
  ...(clickhouseMissing() === null ? [["ClickHouse", startClickhouse] as [string, Start]] : []),
];
