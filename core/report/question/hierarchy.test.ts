import { ReportSpec } from "../../contract/report/report";
import { goesDown } from "./drill";
import { withHierarchies } from "./hierarchy";

const PLACES = { name: "places", title: "Places", levels: ["region", "city", "store"] };
const SHORT = { name: "short", title: "Short", levels: ["store", "region"] };

function report(table: object, dimensions: string[] = ["region"]): ReportSpec {
  const query = { dataset: "shops", dimensions: dimensions.map((field) => ({ field })), measures: ["amount"] };
  return ReportSpec.parse({
    version: 1,
    title: "Shops",
    pages: [{ id: "main", title: "Main", layout: [{ element: "table", x: 0, y: 0, w: 12, h: 6 }] }],
    elements: { table: { type: "table", title: "Shops", query, ...table } },
  });
}

function wayOf(spec: ReportSpec, hierarchies = [PLACES, SHORT]): string[] | undefined {
  const element = withHierarchies(spec, (dataset) => (dataset === "shops" ? hierarchies : [])).elements["table"];
  return element?.type === "table" ? element.drill : undefined;
}

it("a card that says nothing goes down its dataset's hierarchy from what it shows first", () => {
  expect(wayOf(report({}))).toEqual(["region", "city", "store"]);
  expect(wayOf(report({}, ["city", "region"]))).toEqual(["city", "store"]);
  expect(goesDown(withHierarchies(report({}), () => [PLACES]).elements["table"], [])).toBe(true);
});

it("the first hierarchy that leads on from a level is taken", () => {
  expect(wayOf(report({}, ["store"]))).toEqual(["store", "region"]);
  expect(wayOf(report({}, ["store"]), [PLACES])).toBeUndefined();
  expect(wayOf(report({}, ["colour"]))).toBeUndefined();
  expect(wayOf(report({}, []))).toBeUndefined();
});

it("what a card says of itself counts more", () => {
  expect(wayOf(report({ drill: ["region", "store"] }))).toEqual(["region", "store"]);
  expect(wayOf(report({ emits: "region" }))).toBeUndefined();
  expect(wayOf(report({ emits: false }))).toBeUndefined();
});
