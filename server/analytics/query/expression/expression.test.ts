import { duckdb } from "../dialect/dialect";
import { parseExpression } from "./parse";
import { printTree } from "./print";

/** What an expression becomes on DuckDB. */
const written = (expression: string): string =>
  printTree(parseExpression(expression), {
    dialect: duckdb,
    column: (owner, name) => duckdb.quote(owner === null ? name : `${owner}.${name}`),
  });

it.each([
  ["SUM(amount)", 'sum("amount")'],
  ["count(DISTINCT orders.id)", 'count(DISTINCT "orders.id")'],
  ["COUNT(*) FILTER (WHERE paid AND size >= 3)", 'count(CASE WHEN ("paid" AND ("size" >= 3)) THEN 1 END)'],
  ["sum(a) / count(*)", '(sum("a") / nullif(count(*), 0))'],
  ["a + b * -c", '("a" + ("b" * (- "c")))'],
  ["NOT a = 1 OR b IS NOT NULL", '((NOT ("a" = 1)) OR ("b" IS NOT NULL))'],
  ["a || ' → ' || b", `(("a" || ' → ') || "b")`],
  ["kind NOT IN ('a', 'it''s')", `("kind" NOT IN ('a', 'it''s'))`],
  ["x NOT BETWEEN 1 AND 2 AND y", '(("x" NOT BETWEEN 1 AND 2) AND "y")'],
  ["CASE a WHEN 1 THEN 'x' ELSE NULL END", `(CASE "a" WHEN 1 THEN 'x' ELSE NULL END)`],
  ["CASE WHEN a LIKE 'x%' THEN 1 END", `(CASE WHEN ("a" LIKE 'x%') THEN 1 END)`],
  ["CAST(a AS DECIMAL(10, 2))::double precision", 'CAST(CAST("a" AS DECIMAL(10, 2)) AS DOUBLE)'],
  ["extract(year from day)", 'EXTRACT(year FROM "day")'],
  ["CAST(date - INTERVAL 1 MINUTE AS DATE)", 'CAST(("date" + to_minutes(-1)) AS DATE)'],
  ["day + INTERVAL '2 months'", '("day" + to_months(2))'],
  ["day >= DATE '2026-01-31'", `("day" >= CAST('2026-01-31' AS DATE))`],
  ['"SELECT" -- a note', '"SELECT"'],
  ["coalesce(nullif(lower(x), ''), 'none')", `coalesce(nullif(lower("x"), ''), 'none')`],
])("reads %s", (expression, sql) => expect(written(expression)).toBe(sql));

it.each([
  ["(SELECT 1)", "misses a value"],
  ["1; DROP TABLE x", `cannot be read from "; DROP TABLE x"`],
  ["a, b", "should end"],
  ["1 AS one", "should end"],
  ["count(*) /*", "misses a value"],
  ["$1", "cannot be read"],
  ["? = 1", "cannot be read"],
  ["`x`", "cannot be read"],
  ["'open", "cannot be read"],
  ["sum(a) OVER ()", "should end"],
  ["x IN (SELECT y FROM z)", "misses a value"],
  ["EXISTS (SELECT 1)", "misses a value"],
  ["a.b.c", "should end"],
  ["date '2026-13-41'", "no date"],
  ["a::regclass", "no type"],
  [`${"(".repeat(200)}1${")".repeat(200)}`, "nested too deeply"],
  ["pg_read_file('/etc/passwd')", "pg_read_file, which may not be called"],
  ["read_csv('x')", "read_csv, which"],
  ["url('http://x')", "url, which"],
  ["load_file('/etc/passwd')", "load_file, which"],
  ["sleep(10)", "sleep, which"],
  ["constructor('x')", "constructor, which"],
  ["getenv('HOME')", "getenv, which"],
])("refuses %s", (expression, text) => expect(() => written(expression)).toThrow(text));

it("writes a text so that it stays a text, whatever it holds", () => {
  expect(written(`'\\'' OR 1 = 1 --'`)).toBe(`'\\'' OR 1 = 1 --'`);
});
