import { answer, dimension, element } from "../card.testing";
import { chart, learnKinds } from "./chart";
import { MORE_KINDS } from "./more";
import { blend, inkOn } from "./colour";
import type { JsonObject } from "./look";
import { crossed, look, named, orders, revenue, seriesOf, told } from "./visuals.testing";

learnKinds(MORE_KINDS);

describe("a cartesian chart's settings", () => {
  const visual = (extra: object) => ({
    visual: { series: [{ measure: "revenue", mark: "bar", axis: "left" }], ...extra },
  });

  it("draws 100 % bars whose parts add up, and tells shares with what they are shares of", () => {
    const part = element("cartesian", visual({ stacked: true, share: true }));
    const drawn = seriesOf(part, crossed);
    expect(drawn.map(({ data }) => data)).toEqual([
      [33.3333333333, 100],
      [66.6666666667, null],
    ]);
    expect(told(part, crossed)[0]).toBe("Linz 33.3% · ¥10.00 66.7% · ¥20.00");
  });

  it("draws constants and the average where they are, also beyond the values", () => {
    const part = element(
      "cartesian",
      visual({ references: [{ kind: "constant", value: 90, label: "Goal", axis: "left" }, { kind: "average" }] }),
    );
    const lines = seriesOf(part, named(["a", 30], ["b", 60])).filter((one) => "markLine" in one);
    expect(lines.map(({ name, data }) => [name, data])).toEqual([
      ["Goal ¥90", [90, 90]],
      ["Average ¥45", [45, 45]],
    ]);
  });

  it("draws a measure that is a target as a dashed line in place of bars", () => {
    const data = answer([dimension("c"), revenue, orders], [["a", 1, 2]]);
    const part = element("cartesian", visual({ references: [{ kind: "target", measure: "orders", label: "Goal" }] }));
    expect(seriesOf(part, data).map(({ type, name }) => [type, name])).toEqual([
      ["bar", "revenue"],
      ["line", "Goal"],
    ]);
  });

  it("colours by name, then by palette", () => {
    const part = element(
      "cartesian",
      visual({ colours: { palette: ["#111111", "#222222"], names: { rice: "#abcdef" } } }),
    );
    const colours = chart(part, crossed, look).tips[0]?.rows.map(({ colour }) => colour);
    expect(colours).toEqual(["#111111", "#abcdef"]);
  });

  it("begins and ends an axis where it is told to, in the axis's unit", () => {
    const part = element("cartesian", visual({ axes: { left: { min: 1_000, max: 9_000, title: "Sold" } } }));
    expect((chart(part, named(["a", 5_000]), look).option["yAxis"] as JsonObject[])[0]).toMatchObject({
      min: 1,
      max: 9,
      name: "Sold",
    });
  });
});

describe("colours", () => {
  it.each([
    [0, "#ffffff"],
    [0.5, "#808080"],
    [1, "#000000"],
    [-1, "#ffffff"],
    [2, "#000000"],
  ])("blend at %p", (at, colour) => {
    expect(blend(["#ffffff", "#000000"], at)).toBe(colour);
  });

  it("are written on in what can be read", () => {
    expect([inkOn("#ffffff"), inkOn("#0a3f94")]).toEqual(["#171a1d", "#ffffff"]);
  });
});
