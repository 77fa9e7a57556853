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

it("a minimal model looks back from the data's last day, in China's time", () => {
  expect(DatasetModel.parse(model()).dingboard).toEqual({
    label: "销售",
    asOf: "latest",
    timeZone: "Asia/Shanghai",
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
    "DUCKDB or ANSI_SQL",
  ],
  ["a source outside the folder", model({ source: "../other/sales.parquet" }), "A source is a relative path"],
  ["a source that is no data file", model({ source: "retail/sales.sql" }), "A source is a relative path"],
  ["a time zone that is none", model({}, { timeZone: "Mars/Olympus" }), "time zone"],
  [
    "a relationship",
    model(
      {},
      {},
      { relationships: [{ name: "r", from: "sales", to: "stores", from_columns: ["s"], to_columns: ["s"] }] },
    ),
    "one dataset",
  ],
  ["a second dataset", model({}, {}, { datasets: [] }), "1 items"],
  ["a word that Ossie does not know", model({ colour: "red" }), "Unrecognized key"],
])("refuses %s", (_what, input, text) => {
  const result = DatasetModel.safeParse(input);
  expect(result.error?.issues.map(({ message }) => message).join(" ")).toContain(text);
});
