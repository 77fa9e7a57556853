import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Page } from "playwright-core";
import type { Me } from "../../core/contract/session/session";
import type { Product } from "./product";

/** The days that the demo's cards look at by default. */
export const PAST_30_DAYS = "order_date > (select max(order_date) from sales) - 30";

/** Asks the files of the demo's retail chain themselves, past everything of ours. Numbers arrive as such. */
export async function askRetail(product: Product, page: Page, sql: string): Promise<(string | number)[][]> {
  const me = (await (await page.request.get(new URL("/api/me", page.url()).href)).json()) as Me;
  const files = join(product.dataDir, "files", me.enterprise?.id ?? "", "retail/sales/*.parquet");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run(`create view sales as from read_parquet('${files}')`);
    const rows = (await connection.runAndReadAll(sql)).getRowsJson();
    return rows.map((row) =>
      row.map((value) => (typeof value === "string" && /^-?[\d.]+$/.test(value) ? Number(value) : (value as string))),
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
