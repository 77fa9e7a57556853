import type { DuckDBConnection } from "@duckdb/node-api";
import { retailCalendar } from "./retail-calendar";
import { RETAIL_GOODS, retailStores } from "./retail-catalogue";
import type { Goods, Store } from "./retail-catalogue";

export interface RetailOptions {
  /** About so many orders; rounding by day may add or drop a few. */
  rows: number;
  /** The last day that has data, `YYYY-MM-DD`. The first is 1 January two years before. */
  until: string;
  /** Another number gives other orders of the same shape. */
  seed: number;
}

/** Places of a wheel of fortune: a thing of weight w takes w/sum of them. */
const SLOTS = 4_096;
/** Whether an order comes back is known only after this many days. */
const RETURN_DAYS = 7;

/**
 * Fills the table `sales` with orders of a retail chain: one row an order. Every value is a function of the seed, the
 * day and the order's number on it, so the same options give the same table (with the same version of DuckDB).
 */
export async function generateRetail(connection: DuckDBConnection, options: RetailOptions): Promise<void> {
  const lastYear = Number(options.until.slice(0, 4));
  const calendar = retailCalendar(`${lastYear - 2}-01-01`, options.until);
  const total = calendar.reduce((sum, { weight }) => sum + weight, 0);
  let before = 0;
  const days = calendar.map((day) => {
    const first = Math.round((before / total) * options.rows);
    before += day.weight;
    return [day.day, first, Math.round((before / total) * options.rows), day.promotion, day.discount, day.online];
  });
  const stores = retailStores(lastYear);
  await createTable(
    connection,
    "days",
    "day DATE, first INT, next INT, promotion VARCHAR, cut DOUBLE, online DOUBLE",
    days,
  );
  await createTable(
    connection,
    "stores",
    "id INT, store VARCHAR, city VARCHAR, region VARCHAR, opened DATE, closed DATE, reopened DATE",
    stores.map((store, id) => storeRow(store, id)),
  );
  await createTable(
    connection,
    "store_wheel",
    "first INT, next INT, id INT",
    wheel(stores.map(({ weight }) => weight)),
  );
  await createTable(
    connection,
    "goods",
    "id INT, category VARCHAR, subcategory VARCHAR, price DOUBLE, margin DOUBLE, returns DOUBLE, online DOUBLE",
    RETAIL_GOODS.map((goods, id) => goodsRow(goods, id)),
  );
  await createTable(connection, "goods_wheel", "month INT, first INT, next INT, id INT", goodsWheel());
  await connection.run(salesSql(options));
}

function storeRow(store: Store, id: number): unknown[] {
  const { name, city, region, opened = null, closed = [null, null] } = store;
  return [id, name, city, region, opened, ...closed];
}

function goodsRow(goods: Goods, id: number): unknown[] {
  return [id, goods.category, goods.name, goods.price, goods.margin, goods.returns, goods.online];
}

function goodsWheel(): unknown[][] {
  return Array.from({ length: 12 }, (_, month) =>
    wheel(RETAIL_GOODS.map(({ weight, season }) => weight * (season?.[month] ?? 1))).map((row) => [month + 1, ...row]),
  ).flat();
}

/** Which places each thing has: from the first up to, not including, the next one's first. */
function wheel(weights: number[]): [first: number, next: number, id: number][] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  return weights.map((weight, id) => {
    const first = Math.round((before / total) * SLOTS);
    before += weight;
    return [first, Math.round((before / total) * SLOTS), id];
  });
}

function salesSql({ seed, until }: RetailOptions): string {
  return `
    CREATE MACRO chance(number, what) AS (hash(number, what, ${seed}) >> 11) / 9007199254740992.0;
    CREATE TABLE sales AS
    WITH orders AS (
      SELECT day, promotion, cut, online AS day_online, unnest(range(first, next)) AS number FROM days
    ), placed AS (
      SELECT orders.*, store_wheel.id AS store_id, goods_wheel.id AS goods_id
      FROM orders
      JOIN (SELECT unnest(range(first, next)) AS slot, id FROM store_wheel) AS store_wheel ON store_wheel.slot = floor(chance(number, 'store') * ${SLOTS})
      JOIN (SELECT month, unnest(range(first, next)) AS slot, id FROM goods_wheel) AS goods_wheel ON goods_wheel.month = month(day) AND goods_wheel.slot = floor(chance(number, 'goods') * ${SLOTS})
    ), bought AS (
      SELECT *, goods.online AS goods_online,
        1 + floor(chance(number, 'quantity') ** 2 * CASE WHEN price < 60 THEN 6 WHEN price < 200 THEN 3 ELSE 1.4 END)::INT AS quantity,
        price * (0.62 + 0.76 * chance(number, 'price')) * 1.02 ** (date_diff('day', DATE '2024-01-01', day) / 365.0) AS unit_price,
        CASE WHEN chance(number, 'coupon') < 0.28 THEN cut + 0.05 ELSE cut END AS discount
      FROM placed JOIN stores ON stores.id = store_id JOIN goods ON goods.id = goods_id
      WHERE (opened IS NULL OR day >= opened) AND (closed IS NULL OR day NOT BETWEEN closed AND reopened)
    ), priced AS (
      SELECT *, round(unit_price * quantity, 2)::DECIMAL(12, 2) AS list_amount,
        round(unit_price * quantity * (1 - discount), 2)::DECIMAL(12, 2) AS amount,
        least(0.92, goods_online * day_online * (0.82 + 0.06 * date_diff('year', DATE '2024-01-01', day))) AS online_share,
        chance(number, 'channel') AS channel_chance
      FROM bought
    ), sold AS (
      SELECT *, CASE WHEN channel_chance >= online_share THEN '门店'
        WHEN channel_chance >= online_share * 0.55 THEN '小程序'
        WHEN channel_chance >= online_share * 0.22 THEN '外卖到家' ELSE '电商平台' END AS channel
      FROM priced
    )
    SELECT day AS order_date, number + 1 AS order_id, store, city, region, category, subcategory, channel, promotion, quantity,
      list_amount, amount, round(unit_price * quantity * (1 - margin) * (0.97 + 0.06 * chance(number, 'cost')), 2)::DECIMAL(12, 2) AS cost,
      CASE WHEN day > DATE '${until}' - ${RETURN_DAYS} THEN NULL
        WHEN chance(number, 'return') < returns * CASE WHEN channel = '门店' THEN 0.55 ELSE 1.45 END THEN amount
        ELSE 0 END::DECIMAL(12, 2) AS returned_amount,
      CASE WHEN chance(number, 'member') < 0.68 THEN floor(chance(number, 'who') ** 1.6 * 60000)::INT END AS member_id,
      CASE WHEN chance(number, 'rated') < 0.17
        THEN least(5, 3 + floor(chance(number, 'rating') ** 0.55 * 3 - returns * 4))::INT END AS rating
    FROM sold ORDER BY order_date, order_id`;
}

async function createTable(
  connection: DuckDBConnection,
  name: string,
  columns: string,
  rows: unknown[][],
): Promise<void> {
  await connection.run(`CREATE TABLE ${name} (${columns})`);
  const values = rows.map((row) => `(${row.map(literal).join(", ")})`).join(", ");
  await connection.run(`INSERT INTO ${name} VALUES ${values}`);
}

function literal(value: unknown): string {
  if (value === null) return "NULL";
  return typeof value === "number" ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
}
