import { DatasetModel } from "./dataset";

const expression = (sql: string, dialect = "ANSI_SQL"): object => ({ dialects: [{ dialect, expression: sql }] });
const field = (name: string, rest: object = {}): object => ({
  name,
  datatype: "String",
  expression: expression(name),
  ...rest,
});

function model(dataset: object = {}, settings: object = {}, semantic: object = {}): unknown {
  return {
    version: 1,
    semantic_model: {
      name: "sales",
      datasets: [
        {
          name: "sales",
          source: "retail/sales/*.parquet",
          fields: [field("region")],
          metrics: [{ name: "amount", expression: expression("SUM(amount)") }],
          ...dataset,
        },
      ],
      ...semantic,
    },
    dingboard: { label: "销售", ...settings },
  };
}

const SOURCE = "6e1a7a5e-9d0b-4b51-9f7e-0d8a3f0f4c11";

const relationship = (name: string, from: string, to: string): object => ({
  name,
  from,
  to,
  from_columns: ["id"],
  to_columns: ["id"],
});

function joined(names: string[], relationships: object[]): unknown {
  const datasets = names.map((name, index) => ({ name, source: `${name}.csv`, fields: [field(`field_${index}`)] }));
  return model({}, {}, { datasets, relationships });
}

it("a minimal model looks back from the data's last day, in China's time", () => {
  expect(DatasetModel.parse(model()).dingboard).toEqual({
    label: "销售",
    asOf: "latest",
    timeZone: "Asia/Shanghai",
    weekStart: "monday",
    dimensions: {},
    measures: {},
  });
});

it("keeps what Ossie knows and we do not use", () => {
  const extended = model({
    ai_context: { synonyms: ["订单"] },
    custom_extensions: [{ vendor_name: "DBT", data: "{}" }],
  });
  expect(DatasetModel.parse(extended).semantic_model.datasets[0]).toMatchObject({ ai_context: { synonyms: ["订单"] } });
});

it.each<[string, unknown, string]>([
  ["a name taken twice", model({ fields: [field("region"), field("amount")] }), "taken twice"],
  ["settings of a field that is not there", model({}, { dimensions: { city: { label: "城市" } } }), 'no field "city"'],
  [
    "settings of a metric that is not there",
    model({}, { measures: { profit: { label: "利润" } } }),
    'no metric "profit"',
  ],
  [
    "a policy on a field that is not there",
    model({}, { access_policy: [{ group: "*", row_level: { filters: [{ member: "city", operator: "equals" }] } }] }),
    'no field or metric "city"',
  ],
  [
    "a policy for nobody",
    model({}, { access_policy: [{ row_level: { allow_all: true } }] }),
    "either `group` or `groups`",
  ],
  [
    "an expression that only another engine understands",
    model({ fields: [field("region", { expression: expression("x", "SNOWFLAKE") })] }),
    "in the dialect ANSI_SQL, DUCKDB",
  ],
  ["a source outside the folder", model({ source: "../other/sales.parquet" }), "A source is a relative path"],
  ["a source that is no data file", model({ source: "retail/sales.sql" }), "A source is a relative path"],
  ["a time zone that is none", model({}, { timeZone: "Mars/Olympus" }), "time zone"],
  [
    "a relationship with a dataset that is not there",
    model({}, {}, { relationships: [relationship("r", "sales", "stores")] }),
    'joins "stores"',
  ],
  [
    "relationships that lead round in a circle",
    joined(["orders", "stores"], [relationship("a", "orders", "stores"), relationship("b", "stores", "orders")]),
    'The relationships a, b lead from "orders" back to itself.',
  ],
  ["a dataset that belongs to itself", joined(["orders"], [relationship("own", "orders", "orders")]), "own lead from"],
  [
    "two ways from one dataset to another",
    joined(
      ["orders", "stores", "buyers", "cities"],
      [
        relationship("store", "orders", "stores"),
        relationship("buyer", "orders", "buyers"),
        relationship("store_city", "stores", "cities"),
        relationship("buyer_city", "buyers", "cities"),
      ],
    ),
    'From "orders" to "cities" leads store, store_city and also buyer, buyer_city',
  ],
  ["two datasets of one name", joined(["orders", "orders"], []), 'two datasets "orders"'],
  ["a table without a data source", model({ source: "public.orders" }), "A source is a relative path"],
  ["a file of a data source", model({ source: "a/orders.csv" }, { dataSource: SOURCE }), "name of a table"],
  ["a table of the engine itself", model({ source: "pg_catalog.pg_authid" }, { dataSource: SOURCE }), "engine itself"],
  ["a table name that is SQL", model({ source: "orders; DROP TABLE x" }, { dataSource: SOURCE }), "name of a table"],
  ["a policy for a group that is none", model({}, { access_policy: [{ group: "managers" }] }), "A group is *"],
  [
    "a policy that neither filters rows nor allows all",
    model({}, { access_policy: [{ group: "*", row_level: { filters: [] } }] }),
    "either filtered or all allowed",
  ],
  [
    "a policy that tells rows apart by a metric",
    model({}, { access_policy: [{ group: "*", row_level: { filters: [{ member: "amount", operator: "equals" }] } }] }),
    '"amount" is a metric',
  ],
  ["a model without a dataset", model({}, {}, { datasets: [] }), ">=1 items"],
  ["a word that Ossie does not know", model({ colour: "red" }), "Unrecognized key"],
])("refuses %s", (_what, input, text) => {
  const result = DatasetModel.safeParse(input);
  expect(result.error?.issues.map(({ message }) => message).join(" ")).toContain(text);
});
