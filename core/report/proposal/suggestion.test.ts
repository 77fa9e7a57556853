import { faultsOf, suggestVisuals, type Choice, type Shape } from "./suggestion";

const date = { type: "date" } as const;
const names = (distinct: number) => ({ type: "string", distinct }) as const;

describe("what fits a question", () => {
  it.each<[string, Shape, string[]]>([
    ["one number", { dimensions: [], units: ["CNY"] }, ["kpi one_number", "table all_numbers"]],
    ["dates", { dimensions: [date], units: ["CNY"] }, ["line over_time", "table all_numbers"]],
    [
      "dates, two units",
      { dimensions: [date], units: ["CNY", "%"] },
      ["combo over_time_two_units", "table all_numbers"],
    ],
    [
      "few names",
      { dimensions: [names(4)], units: [""] },
      ["bar compare_names", "pie parts_of_whole", "table all_numbers"],
    ],
    [
      "many names",
      { dimensions: [names(40)], units: [""] },
      ["ranking many_names", "treemap parts_of_whole", "table all_numbers"],
    ],
    [
      "names below zero",
      { dimensions: [names(4)], units: [""], negative: true },
      ["bar compare_names", "table all_numbers"],
    ],
    [
      "names, two measures",
      { dimensions: [names(40)], units: ["", "%"] },
      ["ranking many_names", "scatter two_measures", "table all_numbers"],
    ],
    [
      "dates and few names",
      { dimensions: [date, names(4)], units: [""] },
      ["stacked parts_over_time", "table all_numbers"],
    ],
    [
      "dates and many names",
      { dimensions: [date, names(40)], units: [""] },
      ["heatmap two_dimensions", "table all_numbers"],
    ],
    [
      "two names",
      { dimensions: [names(4), names(9)], units: [""] },
      ["heatmap two_dimensions", "treemap parts_of_parts", "table all_numbers"],
    ],
    ["three dimensions", { dimensions: [date, date, date], units: [""] }, ["table all_numbers"]],
    ["nothing measured", { dimensions: [date], units: [] }, []],
  ])("%s", (_case, shape, expected) => {
    expect(suggestVisuals(shape).map(({ visual, reason }) => `${visual} ${reason}`)).toEqual(expected);
  });
});

describe("what is bad about a choice", () => {
  it.each<[string, Choice["visual"], boolean, Shape, object[]]>([
    [
      "a pie of 40",
      "pie",
      true,
      { dimensions: [names(40)], units: [""] },
      [{ kind: "too_many_slices", mend: { kind: "visual", visual: "ranking" } }],
    ],
    [
      "a pie of what falls below zero",
      "pie",
      true,
      { dimensions: [names(3)], units: [""], negative: true },
      [{ kind: "negative_parts", mend: { kind: "visual", visual: "bar" } }],
    ],
    [
      "a line over names",
      "line",
      true,
      { dimensions: [names(3)], units: [""] },
      [{ kind: "line_over_names", mend: { kind: "visual", visual: "bar" } }],
    ],
    [
      "40 lines",
      "line",
      true,
      { dimensions: [date, names(40)], units: [""] },
      [{ kind: "too_many_series", mend: { kind: "topN", count: 7 } }],
    ],
    [
      "two units on one axis",
      "bar",
      true,
      { dimensions: [names(3)], units: ["CNY", "%"] },
      [{ kind: "two_units_one_axis", mend: { kind: "secondAxis" } }],
    ],
    ["two units on two axes", "combo", false, { dimensions: [date], units: ["CNY", "%"] }, []],
    ["a table of anything", "table", true, { dimensions: [names(999)], units: ["CNY", "%"] }, []],
  ])("%s", (_case, visual, oneAxis, shape, expected) => {
    expect(faultsOf({ visual, oneAxis }, shape)).toEqual(expected);
  });

  it("is never said of what was proposed first", () => {
    for (const shape of [
      { dimensions: [names(40)], units: [""] },
      { dimensions: [date, names(40)], units: [""] },
      { dimensions: [date], units: ["CNY", "%"] },
    ]) {
      const [best] = suggestVisuals(shape);
      expect(faultsOf({ visual: best?.visual ?? "table", oneAxis: best?.visual !== "combo" }, shape)).toEqual([]);
    }
  });
});
