import { ATTACKS } from "../../../../tests/factories/attacks";
import { clickhouse } from "../dialect/clickhouse";
import { mysql } from "../dialect/mysql";
import { postgresql } from "../dialect/postgresql";
import { duckdb } from "../dialect/dialect";
import { tableOf } from "../table-name";
import { filesOf, rewrittenSql } from "./rewrite";

const ENGINES = [duckdb, postgresql, mysql, clickhouse];

describe("a SELECT of a dataset", () => {
  it("is written anew: words as words, names as names, texts as texts", () => {
    const sql = `with paid as (select Shop, sum(amount) as total from sales.orders where kind <> 'a''b' group by Shop)
      select p.shop, total::decimal(12,2), case when total > 1.5e3 then 'x' end as big,
      row_number() over (partition by shop order by total desc) as place
      from paid p left join "Shops" s on s.id = p.shop where day >= date '2026-01-01' - interval '1' month`;
    expect(rewrittenSql(sql, postgresql)).toBe(
      `WITH "paid" AS( SELECT "shop" , sum( "amount" ) AS "total" FROM "sales"."orders" WHERE "kind" <> 'a''b' ` +
        `GROUP BY "shop" ) SELECT "p"."shop" , "total" :: DECIMAL( 12 , 2 ) , CASE WHEN "total" > 1.5e3 THEN 'x' END ` +
        `AS "big" , row_number( ) OVER( PARTITION BY "shop" ORDER BY "total" DESC ) AS "place" FROM "paid" "p" LEFT JOIN ` +
        `"Shops" "s" ON "s"."id" = "p"."shop" WHERE "day" >= DATE '2026-01-01' - INTERVAL '1' MONTH`,
    );
  });

  it("reads files by their quoted names, each as the table that holds it", () => {
    const sql = `SELECT * FROM "shop/orders.csv" o JOIN "shop/2026-*.parquet" USING (id)`;
    expect(filesOf(sql)).toEqual(["shop/orders.csv", "shop/2026-*.parquet"]);
    const written = rewrittenSql(sql, duckdb);
    expect(written).toContain(`"${tableOf("shop/orders.csv")}"`);
    expect(written).not.toContain(".csv");
    expect(filesOf(`SELECT '"a.csv"', "b.txt", "../c.csv", "/d.csv" FROM e`)).toEqual([]);
  });

  it("turns every word that is not known into a name, so that no other clause can be said", () => {
    const sql = `SELECT a INTO OUTFILE "/tmp/x" FROM t FOR UPDATE`;
    for (const dialect of ENGINES) {
      const bare = rewrittenSql(sql, dialect).replace(/'[^']*'|"[^"]*"/g, "");
      expect(bare.replace(/\b(SELECT|FROM)\b/g, "").trim()).toBe("");
    }
  });
});

it.each([
  ["behind a comma", "SELECT * FROM sales.orders, '/etc/passwd'"],
  ["behind a condition", "SELECT * FROM a JOIN b ON a.x = 'x', '/etc/passwd'"],
  ["in brackets", "SELECT * FROM ('/etc/passwd')"],
  ["in a sub-query", "SELECT 'x' FROM a WHERE x IN (SELECT y FROM '/etc/passwd')"],
])("refuses a text in the place of a table %s", (_, sql) => {
  for (const dialect of ENGINES) expect(() => rewrittenSql(sql, dialect)).toThrow("place of a table");
});

it("takes texts everywhere else", () => {
  const sql = `SELECT 'a', EXTRACT(year FROM day), trim(x FROM 'j'), b IS DISTINCT FROM 'k' FROM (SELECT 'b' AS b, day FROM t) s JOIN u ON s.b = 'c' AND u.x IN ('d', 'e')
    WHERE x IS NOT DISTINCT FROM 'f' GROUP BY 1 HAVING min(x) = 'g' ORDER BY replace(b, 'h', 'i')`;
  const texts = rewrittenSql(sql, postgresql).match(/'.'/g);
  expect(texts?.join("")).toBe("'a''j''k''b''c''d''e''f''g''h''i'");
});

it.each(ATTACKS)("refuses %s", (_, sql) => {
  for (const dialect of ENGINES) expect(() => rewrittenSql(sql, dialect)).toThrow();
});

it("leaves nothing of a mark that it does not know", () => {
  expect(rewrittenSql("SELECT x -> 1", duckdb)).toBe('SELECT "x" - > 1');
});

it("refuses what is nested too deeply or too long", () => {
  expect(() => rewrittenSql(`SELECT ${"(".repeat(60)}1${")".repeat(60)}`, duckdb)).toThrow("nested");
  expect(() => rewrittenSql(`SELECT ${"1 + ".repeat(3_000)}1`, duckdb)).toThrow("too long");
});
