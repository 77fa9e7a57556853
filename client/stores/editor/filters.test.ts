import type { DatasetField } from "../../../core/contract/dataset/edit";
import { ReportSpec } from "../../../core/contract/report/report";
import {
  addFilter,
  matchingField,
  moveFilter,
  parentsFor,
  reachable,
  removeFilter,
  setFilter,
  withControl,
  withDefault,
  withMatch,
  withOperator,
  withSingle,
} from "./filters";

const field = (name: string, type: DatasetField["type"], more: Partial<DatasetField> = {}): DatasetField => ({
  name,
  label: name,
  role: "dimension",
  type,
  ...more,
});
const SHOPS = [field("day", "date", { isTime: true }), field("region", "string"), field("city", "string")];
const VISITS = [field("date", "date", { isTime: true }), field("area", "string", { label: "region" })];
const OTHERS = new Map([
  ["shops", SHOPS],
  ["visits", VISITS],
]);
const card = (dataset: string) => ({ type: "kpi", title: dataset, query: { dataset, measures: ["total"] } });
const EMPTY = ReportSpec.parse({
  version: 1,
  title: "Shops",
  pages: [{ id: "p", title: "", layout: [] }],
  elements: { sales: card("shops"), visits: card("visits"), note: { type: "text", title: "", text: "" } },
});

const added = (...names: string[]): ReportSpec =>
  names.reduce((spec, name) => {
    const found = SHOPS.find((each) => each.name === name);
    return found ? addFilter(spec, { dataset: "shops", field: found, others: OTHERS }).spec : spec;
  }, EMPTY);
const filterOf = (spec: ReportSpec, id: string) => {
  const found = spec.filters.find((filter) => filter.id === id);
  if (!found) throw new Error(`There is no filter ${id}.`);
  return found;
};

describe("a report's filters", () => {
  it("begin with the control of their field's type, reach matching fields of other datasets, and are valid", () => {
    const spec = added("day", "region", "city", "region");
    expect(spec.filters.map(({ id, control, fields }) => [id, control, fields])).toEqual([
      ["day", "dateRange", { visits: "date" }],
      ["region", "select", { visits: "area" }],
      ["city", "select", undefined],
      ["region-2", "select", { visits: "area" }],
    ]);
    expect(ReportSpec.parse(spec)).toEqual(spec);
    expect(reachable(spec, filterOf(spec, "region"))).toEqual(["sales", "visits"]);
    expect(reachable(spec, filterOf(spec, "city"))).toEqual(["sales"]);
    expect(matchingField(field("day", "string"), VISITS)).toBeUndefined();
  });

  it("forget what only another control knew, and keep a default under another operator", () => {
    const region = withDefault(withSingle(filterOf(added("region"), "region"), true), {
      operator: "equals",
      values: ["east"],
    });
    expect(withControl(region, "text")).toEqual({
      ...filterOf(added("region"), "region"),
      control: "text",
      operator: "include",
    });
    expect(withOperator(region, "notEquals").default).toEqual({
      field: "region",
      operator: "notEquals",
      values: ["east"],
    });
    const several = { ...region, default: { field: "region", operator: "equals" as const, values: ["a", "b"] } };
    expect(withSingle(several, true).default?.values).toEqual(["a"]);
    expect(withDefault(region, null).default).toBeUndefined();
  });

  it("stand under others of their dataset, never under their own children, and alone once those are gone", () => {
    const spec = added("region", "city");
    const under = setFilter(spec, { ...filterOf(spec, "city"), parent: "region" });
    expect(parentsFor(under, filterOf(under, "region"))).toEqual([]);
    expect(parentsFor(under, filterOf(under, "city")).map(({ id }) => id)).toEqual(["region"]);
    expect(filterOf(removeFilter(under, "region"), "city").parent).toBeUndefined();
    const visits = { ...filterOf(under, "city"), id: "area", dataset: "visits", field: "area", parent: "region" };
    const both = ReportSpec.parse({ ...under, filters: [...under.filters, visits] });
    const unmatched = setFilter(both, withMatch(filterOf(both, "region"), "visits", null));
    expect([filterOf(unmatched, "area").parent, filterOf(unmatched, "city").parent]).toEqual([undefined, "region"]);
    expect(ReportSpec.parse(unmatched)).toEqual(unmatched);
  });

  it("are put in another order, as far as there is room", () => {
    const spec = added("day", "region", "city");
    const ids = (by: number) => moveFilter(spec, "region", by).filters.map(({ id }) => id);
    expect([ids(-5), ids(1), ids(0)]).toEqual([
      ["region", "day", "city"],
      ["day", "city", "region"],
      ["day", "region", "city"],
    ]);
    expect(moveFilter(spec, "gone", 1)).toBe(spec);
  });
});
