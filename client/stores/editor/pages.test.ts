import { ReportSpec } from "../../../core/contract/report/report";
import { withUnit } from "../../../core/report/merge/choose";
import { setPhone } from "./commands";
import { specOfTwo } from "./editor.testing";
import { duplicatePage, MOST_PAGES } from "./pages";
import { droppedOnPhone, heightOnPhone, movedOnPhone, newOnPhone, phoneOrder, toggledOnPhone } from "./phone";

const pageOf = (spec: ReportSpec) => {
  const [page] = spec.pages;
  if (!page) throw new Error("There is no page.");
  return page;
};

describe("a page's twin", () => {
  it("has cards of its own, the same phone layout, and is reached by the same filters", () => {
    const mobile = { mode: "manual" as const, order: ["trend", "total"], hidden: ["total"], aspect: { trend: 0.5 } };
    const filter = { id: "f", label: "F", dataset: "sales", field: "region", operator: "equals", targets: ["trend"] };
    const spec = ReportSpec.parse({ ...setPhone(specOfTwo(), "main", mobile), filters: [filter] });
    const twin = duplicatePage(spec, "main", "Copy");
    expect(twin.spec.pages.map(({ id, title }) => [id, title])).toEqual([
      ["main", ""],
      [twin.id, "Copy"],
    ]);
    expect(twin.spec.pages[1]?.layout.map(({ element, y }) => [element, y])).toEqual([
      ["total-2", 0],
      ["trend-2", 4],
    ]);
    expect(twin.spec.pages[1]?.mobile).toEqual({
      mode: "manual",
      order: ["trend-2", "total-2"],
      hidden: ["total-2"],
      aspect: { "trend-2": 0.5 },
    });
    expect(twin.spec.filters[0]?.targets).toEqual(["trend", "trend-2"]);
    expect(ReportSpec.parse(twin.spec)).toEqual(twin.spec);
  });

  it("is not made where the report is full", () => {
    const [page] = specOfTwo().pages;
    const pages = Array.from({ length: MOST_PAGES }, (_, at) => ({ ...page, id: `p${at}` }));
    const full = ReportSpec.parse({ ...specOfTwo(), pages });
    expect(duplicatePage(full, "p0", "").spec).toBe(full);
  });
});

describe("the phone's layout", () => {
  const spec = specOfTwo();
  const arranged = (mobile: ReturnType<typeof movedOnPhone>) => pageOf(setPhone(spec, "main", mobile));

  it("takes an order by steps and by drop, and keeps it through changes on the computer", () => {
    const moved = arranged(movedOnPhone(pageOf(spec), spec.elements, "trend", -1));
    expect(phoneOrder(moved, spec.elements)).toEqual(["trend", "total"]);
    const dropped = arranged(droppedOnPhone(moved, spec.elements, "total", "trend"));
    expect(phoneOrder(dropped, spec.elements)).toEqual(["total", "trend"]);
    expect(movedOnPhone(moved, spec.elements, "gone", 1)).toBe(moved.mobile);
    const rearranged = {
      ...moved,
      layout: [...moved.layout].reverse().map((item, at) => ({ ...item, x: 0, y: at * 9 })),
    };
    expect(phoneOrder(rearranged, spec.elements)).toEqual(["trend", "total"]);
  });

  it("marks what came since somebody arranged it", () => {
    const elements = ReportSpec.parse({
      ...spec,
      elements: { ...spec.elements, late: { type: "text", title: "", text: "" } },
    }).elements;
    const moved = arranged(movedOnPhone(pageOf(spec), spec.elements, "trend", -1));
    const page = { ...moved, layout: [{ element: "late", x: 0, y: 0, w: 9, h: 1 }, ...moved.layout] };
    expect([newOnPhone(page, elements), phoneOrder(page, elements)]).toEqual([["late"], ["trend", "total", "late"]]);
    expect(newOnPhone({ ...page, mobile: { mode: "auto" } }, elements)).toEqual([]);
  });

  it("hides and shows cards, and keeps heights within what a phone can show", () => {
    const hidden = arranged(toggledOnPhone(pageOf(spec), "total"));
    expect(phoneOrder(hidden, spec.elements)).toEqual(["trend"]);
    expect(toggledOnPhone(hidden, "total").hidden).toEqual([]);
    const heights = [0.05, 0.456, 9].map((aspect) => heightOnPhone(pageOf(spec), "trend", aspect).aspect?.["trend"]);
    expect(heights).toEqual([0.2, 0.46, 3]);
  });
});

describe("one's own side of a conflict", () => {
  const spec = ReportSpec.parse({
    ...specOfTwo(),
    filters: [{ id: "f", label: "F", dataset: "sales", field: "region", operator: "equals" }],
    pages: [...specOfTwo().pages, { id: "second", title: "Second", layout: [] }],
  });

  it.each<[string, unknown, (next: ReportSpec) => unknown, unknown]>([
    ["title", "Mine", ({ title }) => title, "Mine"],
    ["description", null, (next) => "description" in next, false],
    ["elements/total/title", "Mine", ({ elements }) => elements["total"]?.title, "Mine"],
    ["elements/total", { type: "text", title: "Mine", text: "" }, ({ elements }) => elements["total"]?.type, "text"],
    ["pages/second/title", "Mine", ({ pages }) => pages[1]?.title, "Mine"],
    ["pages/main/mobile", { mode: "none" }, ({ pages }) => pages[0]?.mobile.mode, "none"],
    ["pages", ["second", "main"], ({ pages }) => pages.map(({ id }) => id), ["second", "main"]],
    ["filters/f", { label: "Mine" }, ({ filters }) => filters[0]?.label, "Mine"],
    [
      "pages/main/layout/total",
      { element: "total", x: 20, y: 0, w: 9, h: 4 },
      ({ pages }) => pages[0]?.layout.map(({ x, y }) => [x, y]),
      [
        [20, 0],
        [0, 0],
      ],
    ],
  ])("takes the place of theirs: %s", (unit, mine, read, expected) => {
    const next = withUnit(spec, unit, mine);
    expect(read(next)).toEqual(expected);
    expect(ReportSpec.safeParse(next).success).toBe(true);
  });

  it.each(["elements/gone/title", "layout/total", "filters/f", "pages/main", "strange", "pages/main/layout/total"])(
    "changes nothing where it cannot be put back: %s",
    (unit) => {
      expect(withUnit(spec, unit, null)).toEqual(spec);
    },
  );
});
