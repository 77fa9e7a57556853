import { DatasetName } from "../contract/id";
import { answer, dimension, measure } from "./card.testing";
import { descriptionOf } from "./description";

const element = (filtered: string[], ascending = false, description?: string) => ({
  type: "table" as const,
  title: "Shops",
  ...(description === undefined ? {} : { description }),
  query: {
    dataset: DatasetName.parse("shops"),
    dimensions: [{ field: "shop" }],
    measures: ["amount"],
    filters: filtered.map((field) => ({ field, operator: "greaterThan" as const, values: [1] })),
    sort: [],
    limit: 10,
    topN: { field: "shop", count: 3, ascending, others: true },
  },
});
const data = answer([dimension("shop"), measure("amount")], [["East", 14]]);

it("says that a filter on a measure comes before the ranking", () => {
  expect(descriptionOf(element(["amount"]), data, "zh-CN")).toBe("先按“amount”筛选，再取前 3 项");
  expect(descriptionOf(element(["amount"], true, "Own"), data, "en-US")).toBe(
    "Own · The last 3 of what the filter on amount leaves",
  );
  expect(descriptionOf(element(["shop"], false, "Own"), data, "en-US")).toBe("Own");
  expect(descriptionOf(element(["amount"]), null, "en-US")).toBe("");
});
