import type { ReportElement } from "../../contract/report/element";
import type { ReportPage } from "../../contract/report/report";
import { answer, dimension, element, measure } from "../card.testing";
import { phoneWarnings } from "./phone-warnings";

const page = (mobile: Partial<ReportPage["mobile"]> = {}): ReportPage => ({
  id: "p",
  title: "",
  layout: [{ element: "x", x: 0, y: 0, w: 9, h: 4 }],
  mobile: { mode: "auto", ...mobile },
});

function faults(one: ReportElement, rows: (string | number)[][], mobile?: Partial<ReportPage["mobile"]>): string[] {
  const width = rows[0]?.length ?? 2;
  const columns = Array.from({ length: width }, (_, at) =>
    typeof rows[0]?.[at] === "number" ? measure(`m${at}`) : dimension(`d${at}`),
  );
  const data = answer(columns, rows);
  const asked = { page: page(mobile), width: 319, language: "zh-CN" as const };
  return phoneWarnings(asked, { x: one }, () => data).map(({ fault }) => fault);
}

const named = (count: number, name: string): (string | number)[][] =>
  Array.from({ length: count }, (_, at) => [`${name}${at}`, at + 1]);

describe("what will not be read well on a phone", () => {
  it("is a table wider than three screens", () => {
    const wide = [Array.from({ length: 20 }, (_, at) => `很长的一个单元格内容${at}`)];
    expect(faults(element("table"), wide)).toEqual(["wideTable"]);
    expect(faults(element("table"), named(5, "杭州"))).toEqual([]);
  });

  it("is a chart whose names do not fit, unless its bars lie", () => {
    const rows = named(20, "杭州西湖区第");
    expect(faults(element("cartesian"), rows)).toEqual(["unreadable"]);
    expect(faults(element("cartesian", { visual: { series: [], horizontal: true } }), rows)).toEqual([]);
    expect(faults(element("cartesian"), named(4, "杭州"))).toEqual([]);
  });

  it("is more than eight series, and a chart lower than 120 px", () => {
    const split = Array.from({ length: 9 }, (_, at) => ["a", `s${at}`, at + 1]);
    expect(faults(element("cartesian"), split)).toEqual(["manySeries"]);
    expect(faults(element("cartesian"), split.slice(0, 8))).toEqual([]);
    expect(faults(element("pie"), named(5, "a"), { aspect: { x: 0.3 } })).toEqual(["low"]);
    expect(faults(element("pie"), named(5, "a"), { mode: "manual", hidden: ["x"], aspect: { x: 0.3 } })).toEqual([]);
  });

  it("is nothing where no data is there yet", () => {
    const asked = { page: page(), width: 319, language: "zh-CN" as const };
    expect(phoneWarnings(asked, { x: element("table") }, () => undefined)).toEqual([]);
  });
});
