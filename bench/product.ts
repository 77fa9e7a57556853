import { demoReportId } from "../scripts/demo";
import { startProduct, type Product, type ProductOptions } from "../tests/journeys/product";
import type { Cleanup } from "./cleanup";
import { openDatabase } from "./database";

/** The report that is opened, and who opens it: a member with a bound account. */
export const READER = { organisation: "yunling", who: "yunling.linyue" } as const;
export const reportId = demoReportId(READER.organisation, "business-overview");

/** Orders of the retail data. */
const ROWS = 100_000;

/** The whole product on a database of its own, for one bench. */
export async function openProduct(cleanup: Cleanup, options: ProductOptions = {}): Promise<Product> {
  const { embedded } = await openDatabase(cleanup);
  return cleanup.start(
    () => startProduct({ adminUrl: embedded.url, rows: ROWS, ...options }),
    (product) => product.stop(),
  );
}
