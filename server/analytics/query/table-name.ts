import { createHash } from "node:crypto";

/** The name of the table that holds a file source's rows: the same for every dataset model over that source. */
export function tableOf(source: string): string {
  return `source_${createHash("sha256").update(source).digest("hex").slice(0, 16)}`;
}

/** A table of a data source, `schema.table` or `table`. */
export function remoteTable({ quote }: { quote(name: string): string }, source: string): string {
  return source.split(".").map(quote).join(".");
}
