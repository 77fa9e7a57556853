import { element } from "../card.testing";
import type { ReportPage } from "../../contract/report/report";
import { phoneLayout } from "./layout";
import { withoutFolded } from "./folding";
import { foldedAtFirst, sectionMembers } from "./sections";

const section = (folded?: true) => ({ type: "section" as const, title: "S", ...(folded ? { folded } : {}) });
const elements = { first: section(), second: section(true), a: element("pie"), b: element("pie"), top: element("kpi") };
const place = (id: string, x: number, y: number, h = 4) => ({ element: id, x, y, w: 18, h });
const layout = [
  place("top", 0, 0, 2),
  { ...place("first", 0, 2, 1), w: 36 },
  place("a", 0, 3),
  { ...place("second", 0, 7, 1), w: 36 },
  place("b", 0, 8),
];
const page = { id: "p", title: "", layout, mobile: { mode: "auto" as const } };

describe("a page's sections", () => {
  it("have what lies below their heading, as far as the next one", () => {
    expect([...sectionMembers(layout, elements)]).toEqual([
      ["first", ["a"]],
      ["second", ["b"]],
    ]);
    expect(foldedAtFirst(elements)).toEqual(new Set(["second"]));
  });

  it("take their cards away where they are folded, and what stood below closes up", () => {
    expect(withoutFolded(page, elements, new Set())).toBe(layout);
    expect(withoutFolded(page, elements, new Set(["first"])).map(({ element: id, y }) => [id, y])).toEqual([
      ["top", 0],
      ["first", 2],
      ["second", 3],
      ["b", 4],
    ]);
    expect(withoutFolded(page, elements, new Set(["second"]))).toHaveLength(4);
  });

  it("fold on the phone too, where their cards are what follows their heading there", () => {
    const ids = (mobile: ReportPage["mobile"], folded: string[]) =>
      phoneLayout({ ...page, mobile }, elements, new Set(folded)).map((row) =>
        row.kind === "kpis" ? row.elements.join("+") : row.element,
      );
    expect(ids({ mode: "auto" }, ["first"])).toEqual(["top", "first", "second", "b"]);
    expect(ids({ mode: "manual", order: ["second", "a", "first"] }, ["second"])).toEqual([
      "second",
      "first",
      "top",
      "b",
    ]);
  });
});
