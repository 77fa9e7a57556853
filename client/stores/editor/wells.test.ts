import fc from "fast-check";
import type { DatasetField } from "../../../core/contract/dataset/edit";
import type { DatasetName } from "../../../core/contract/id";
import { ReportSpec } from "../../../core/contract/report/report";
import { matching } from "./datasets";
import { dressed, LOOKS, lookOf, type CardElement, type LookName } from "./look";
import { addField, lackOf, moveField, newCard, putField, refusalOf, takeField, wellsOf } from "./wells";

const FIELDS: DatasetField[] = [
  { name: "day", label: "日期", role: "dimension", type: "date", isTime: true },
  { name: "region", label: "大区", role: "dimension", type: "string" },
  { name: "city", label: "城市", role: "dimension", type: "string" },
  { name: "amount", label: "销售额", role: "measure", type: "number" },
  { name: "orders", label: "Orders", role: "measure", type: "number" },
];
const field = (name: string): DatasetField => FIELDS.find((each) => each.name === name) as DatasetField;
const sales = "sales" as DatasetName;

function card(look: LookName): CardElement {
  const made = newCard(look, sales, FIELDS);
  if (!made) throw new Error("There is no card.");
  return made;
}

function fits(element: CardElement): boolean {
  const page = { id: "p", title: "", layout: [{ element: "c", x: 0, y: 0, w: 1, h: 1 }] };
  return ReportSpec.safeParse({ version: 1, title: "t", pages: [page], elements: { c: element } }).success;
}

const asked = ({ query }: CardElement): string =>
  [...query.dimensions.map(({ field, grain }) => (grain ? `${field}/${grain}` : field)), ...query.measures].join(" ");

describe("a new card", () => {
  it.each<[LookName, string]>([
    ["kpi", "amount"],
    ["line", "day/month amount"],
    ["column", "day/month amount"],
    ["bar", "region amount"],
    ["combo", "day/month amount orders"],
    ["ring", "region amount"],
    ["table", "region amount orders"],
  ])("of the look %s asks for what shows something at once: %s", (look, question) => {
    const made = card(look);
    expect([asked(made), lookOf(made)?.name, fits(made)]).toEqual([question, look, true]);
  });

  it("is none where the dataset has no measure, and counts without a dimension", () => {
    expect(newCard("column", sales, FIELDS.slice(0, 2))).toBeNull();
    expect(newCard("column", sales, FIELDS.slice(3))).toMatchObject({
      query: { dimensions: [], measures: ["amount"] },
    });
  });
});

describe("a place for fields", () => {
  const [axis, series, values] = wellsOf(card("column")).map(({ well }) => well);
  if (!axis || !series || !values) throw new Error("A column chart has three places.");

  it("refuses what does not belong there, with the reason", () => {
    const chart = card("column");
    expect(refusalOf(chart, axis, field("amount"))).toBe("onlyDimensions");
    expect(refusalOf(chart, values, field("region"))).toBe("onlyMeasures");
    expect(refusalOf(chart, axis, field("day"))).toBe("alreadyThere");
    expect(takeField(chart, "amount")).toEqual({ refused: "lastMeasure" });
    const wide = { ...chart, query: { ...chart.query, measures: [..."abcdefghij"] } } as CardElement;
    expect(refusalOf(wide, values, field("orders"))).toBe("full");
  });

  it("takes another field instead of what it has, and a click finds the free one", () => {
    expect(putField(card("column"), axis, field("region"))).toMatchObject({
      element: { query: { dimensions: [{ field: "region" }] } },
    });
    const two = addField(card("column"), field("region"));
    expect(two).toMatchObject({ element: { query: { dimensions: [{ field: "day" }, { field: "region" }] } } });
    if (!("element" in two)) throw new Error("It was refused.");
    expect(moveField(two.element, "region", -1)).toMatchObject({
      element: { query: { dimensions: [{ field: "region" }, { field: "day" }] } },
    });
  });

  it("leaves nothing behind that asks for a field which is gone", () => {
    const bars = card("bar");
    const ranked = {
      ...bars,
      query: { ...bars.query, topN: { field: "region", count: 5, others: true } },
    } as CardElement;
    const without = takeField(ranked, "region");
    expect(without).toMatchObject({ element: { query: { dimensions: [], sort: [{ field: "amount" }] } } });
    expect(without).not.toHaveProperty("element.query.topN");
  });
});

describe("another look", () => {
  it("keeps the fields that it takes, and says what it lacks", () => {
    const two = dressed(card("column"), "table", {
      ...card("column").query,
      dimensions: [{ field: "region" }, { field: "city" }],
    });
    expect(asked(dressed(two, "pivot", two.query))).toBe("region city amount");
    expect(asked(dressed(two, "ring", two.query))).toBe("region amount");
    expect(asked(dressed(two, "kpi", two.query))).toBe("amount");
    expect([lackOf(card("kpi"), "column"), lackOf(two, "combo"), lackOf(two, "pivot")]).toEqual([
      "dimension",
      "measure",
      null,
    ]);
  });

  it("is always one that the format takes, whatever was done before", () => {
    const deed = fc.oneof(
      fc
        .constantFrom(...LOOKS.map(({ name }) => name))
        .map(
          (name) => (element: CardElement) => (lackOf(element, name) ? element : dressed(element, name, element.query)),
        ),
      fc.constantFrom(...FIELDS).map((each) => (element: CardElement) => {
        const put = addField(element, each);
        return "element" in put ? put.element : element;
      }),
      fc.constantFrom(...FIELDS).map((each) => (element: CardElement) => {
        const put = takeField(element, each.name);
        return "element" in put ? put.element : element;
      }),
      fc.constantFrom(...FIELDS).map((each) => (element: CardElement) => {
        const put = moveField(element, each.name, 1);
        return "element" in put ? put.element : element;
      }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...LOOKS.map(({ name }) => name)),
        fc.array(deed, { maxLength: 12 }),
        (look, deeds) => {
          let element = card(look);
          for (const act of deeds) {
            element = act(element);
            expect([fits(element), lookOf(element) !== null]).toEqual([true, true]);
          }
        },
      ),
    );
  });
});

it("finds fields by any part of their name or label", () => {
  expect(matching(FIELDS, " 大 ").map(({ name }) => name)).toEqual(["region"]);
  expect(matching(FIELDS, "ORD").map(({ name }) => name)).toEqual(["orders"]);
  expect(matching(FIELDS, "")).toHaveLength(5);
});
