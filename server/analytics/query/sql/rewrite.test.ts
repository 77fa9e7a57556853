import { clickhouse } from "../dialect-clickhouse";
import { mysql } from "../dialect-mysql";
import { postgresql } from "../dialect-postgresql";
import { duckdb } from "../dialect";
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

/** What somebody would try, whatever the engine; each is refused before an engine sees it. */
const ATTACKS: [string, string][] = [
  ["a second statement", "SELECT 1; DROP TABLE x"],
  ["another statement", "DROP TABLE x"],
  ["a table command", "TABLE x"],
  ["a copy", "COPY x TO '/tmp/x'"],
  ["a setting", "SET x = 1"],
  ["a pragma", "PRAGMA database_list"],
  ["an end of the bracket", "SELECT 1) AS x, (SELECT 2"],
  ["an end of the bracket and another source", "SELECT 1) UNION (SELECT usename FROM pg_user"],
  ["an open bracket", "SELECT (1"],
  ["a comment", "SELECT 1 -- ) AS x"],
  ["a bracketed comment", "SELECT 1 /* ) */"],
  ["MySQL's comment", "SELECT 1 # x"],
  ["an executable comment", "SELECT 1 /*!50000 UNION SELECT 2 */"],
  ["a comment within a comment", "SELECT 1 /* /* */ -- */"],
  ["a bound value", "SELECT $1"],
  ["a bound value of MySQL", "SELECT ?"],
  ["a bound value of ClickHouse", "SELECT {p1:String}"],
  ["a variable", "SELECT @@datadir"],
  ["a back-quoted name", "SELECT `x` FROM `mysql`.`user`"],
  ["a dollar quoted text", "SELECT $$x$$"],
  ["a backslash", "SELECT 'x\\' FROM t \\ UNION SELECT 1"],
  ["a file of the server", "SELECT pg_read_file('/etc/passwd')"],
  ["a file of MySQL", "SELECT load_file('/etc/passwd')"],
  ["a file of DuckDB", "SELECT * FROM read_csv('/etc/passwd')"],
  ["a file of DuckDB, spelled otherwise", "SELECT * FROM READ_TEXT ('/etc/passwd')"],
  ["all files", "SELECT * FROM glob('*')"],
  ["a file of ClickHouse", "SELECT * FROM file('x.csv')"],
  ["another server", "SELECT * FROM url('http://169.254.169.254/')"],
  ["another server of ClickHouse", "SELECT * FROM remote('x', system, one)"],
  ["another database", "SELECT * FROM dblink('host=x', 'select 1')"],
  ["another database of DuckDB", "SELECT * FROM postgres_scan('x', 'y', 'z')"],
  ["a dictionary", "SELECT dictGet('x', 'y', 1)"],
  ["a quoted function", `SELECT "pg_read_file"('/etc/passwd')`],
  ["a function of a schema", "SELECT pg_catalog.pg_read_file('/etc/passwd')"],
  ["a function of somebody's schema", "SELECT public.sum(1)"],
  ["a setting read", "SELECT current_setting('x')"],
  ["an environment", "SELECT getenv('HOME')"],
  ["a wait", "SELECT pg_sleep(10)"],
  ["a wait of MySQL", "SELECT sleep(10)"],
  ["much work", "SELECT benchmark(1000000, md5('x'))"],
  ["many rows", "SELECT * FROM generate_series(1, 1000000000)"],
  ["a long text", "SELECT repeat('x', 1000000000)"],
  ["PostgreSQL's own tables", "SELECT * FROM pg_shadow"],
  ["a catalogue", "SELECT * FROM information_schema.tables"],
  ["a catalogue in capitals", "SELECT * FROM INFORMATION_SCHEMA.TABLES"],
  ["a quoted catalogue", `SELECT * FROM "Information_Schema"."tables"`],
  ["MySQL's users", "SELECT * FROM mysql.user"],
  ["ClickHouse's own tables", "SELECT * FROM system.users"],
  ["DuckDB's own tables", "SELECT * FROM duckdb_settings"],
  ["a cast to a catalogue", "SELECT CAST('x' AS regclass)"],
  ["a short cast to a catalogue", "SELECT 'pg_authid'::regclass"],
  ["a cast to a quoted type", `SELECT 'pg_authid'::"regclass"`],
  ["a cast by a type before a text", `SELECT regclass 'pg_authid'`],
  ["a cast by a quoted type before a text", `SELECT "regclass" 'pg_authid'`],
  ["a function named as a word", "SELECT public.left('x', 1)"],
  ["an array", "SELECT [1, 2]"],
  ["a zero", "SELECT 1\u0000"],
  ["MySQL's mark of a bound value", "SELECT \u001f1\u001f"],
  ["a wide bracket", "SELECT 1）"],
];

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
