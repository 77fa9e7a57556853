import { builders } from "../../../tests/factories/build";
import { datasetOffice, textOf } from "../../../tests/factories/datasets";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(60_000); // the engine starts, and machines may be busy

let world: World;
let work: ReturnType<typeof datasetOffice>;
let administrator: string;
beforeAll(async () => {
  world = await startWorld();
  work = datasetOffice(world, builders(world));
  ({ administrator } = await work.office());
});
afterAll(() => world.stop());

/** The file in a SELECT, as it stands in JSON. */
const SHOPS = '\\"shop/shops.csv\\"';

/** What a change of the text makes wrong: the code, the reason, and what both are about. */
const CASES: [before: string, after: string, code: string, reason: string | null, names: string[]][] = [
  ['"label": "Shops"', '"label": "Shops", "colour": "red"', "schema", "key_unknown", ["colour"]],
  ['"label": "Shops"', "", "schema", "missing", ["string"]],
  ['"label": "Shops"', '"label": 7', "schema", "type_differs", ["string"]],
  ['"label": "Shops"', '"label": ""', "schema", "too_little", ["string", "1"]],
  ['"label": "Shops"', `"label": "${"x".repeat(101)}"`, "schema", "too_much", ["string", "100"]],
  ['"label": "Shops"', '"label": "Shops", "asOf": "today"', "schema", "choice", ["now", "latest"]],
  ['"label": "Shops"', '"label": "Shops", "timeZone": "Mars"', "schema", "not_a_time_zone", []],
  ['"label": "Shops"', '"label": "Shops", "dataSource": "7"', "schema", "not_an_id", []],
  ['"label": "Shops"', '"label": "Shops", "dimensions": {"tow": {"label": "x"}}', "schema", "no_such_field", ["tow"]],
  ['"label": "Shops"', '"label": "Shops", "access_policy": [{"group": "all"}]', "schema", "not_a_group", []],
  ['"label": "Shops"', '"label": "Shops", "access_policy": [{}]', "schema", "group_or_groups", []],
  ['"name": "city"', '"name": "City"', "schema", "not_a_name", []],
  ['"name": "city"', '"name": "shop"', "schema", "name_twice", ["shop"]],
  ['"to": "shops"', '"to": "towns"', "schema", "join_of_a_stranger", ["of_shop", "towns"]],
  ['"to": "shops"', '"to": "orders"', "schema", "join_circle", ["of_shop", "orders"]],
  ["shop/shops.csv", "../shops.csv", "schema", "source_not_a_file", []],
  ["shop/shops.csv", "shop/none.csv", "table_missing", "no_file", ["shop/none.csv"]],
  ["shop/shops.csv", "SELECT 1 AS city", "sql_refused", "no_source", []],
  ["shop/shops.csv", `SELECT sleep(9) FROM ${SHOPS}`, "sql_refused", "calls", ["sleep"]],
  ["shop/shops.csv", `SELECT 1 FROM ${SHOPS} -- x`, "sql_refused", "comment", []],
  ["SUM(amount)", "SUM(amount", "expression_invalid", "mark_needed", [")", "", ""]],
  ["SUM(amount)", "SUM(amount) more", "expression_invalid", "should_end", ["more", "13"]],
  ["SUM(amount)", "SUM(amount) # 1", "expression_invalid", "unreadable", ["# 1"]],
  ["SUM(amount)", "SUM(CAST(amount AS money))", "expression_invalid", "no_type", ["MONEY", ")", "25"]],
  ["SUM(amount)", "SUM(SUM(amount))", "expression_invalid", "nested_aggregate", []],
  ["SUM(amount)", "SUM(sleep(amount))", "function_not_allowed", "calls", ["sleep"]],
  ["SUM(amount)", "SUM(amuont)", "unknown_column", null, ["amuont", "amount"]],
];

it.each(CASES)("of %j, %j is told as %s: %s", async (before, after, code, reason, names) => {
  expect(textOf()).toContain(before);
  const problems = await work.check(administrator, textOf().replace(before, after));
  expect(problems).toContainEqual(
    expect.objectContaining({ code, reason, names, message: expect.stringMatching(/^\S.*[^.]\.?$/) }),
  );
});

it("of a policy's filter that does not fit its field is told too", async () => {
  const text = textOf((model) => {
    const filters = [
      { member: "day", operator: "inThePast", values: [7] },
      { member: "shop", operator: "inThePast", values: [7], unit: "days" },
      { member: "day", operator: "equals", values: ["yesterday"] },
      { member: "shop", operator: "inBetween", values: ["a"] },
    ];
    model.dingboard["access_policy"] = [{ group: "*", row_level: { filters } }];
  });
  const problems = await work.check(administrator, text);
  expect(problems.map(({ code, reason, names }) => [code, reason, ...names])).toEqual([
    ["policy_unsuitable", "unit_needed"],
    ["policy_unsuitable", "no_date"],
    ["policy_unsuitable", "days_needed"],
    ["policy_unsuitable", "values_needed", "2"],
  ]);
});
