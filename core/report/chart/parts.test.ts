import fc from "fast-check";
import { answer, dimension, element } from "../card.testing";
import { chart, learnKinds } from "./chart";
import { MORE_KINDS } from "./more";
import type { JsonObject } from "./look";
import { placesOf } from "./places";
import { squarify } from "./squarify";
import { cities, crossed, look, named, orders, revenue, seriesOf, told, type Drawn } from "./visuals.testing";
import { waterfallSteps } from "./waterfall";

learnKinds(MORE_KINDS);

describe("a treemap", () => {
  it("divides its room by the values, without a gap or an overlap", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 40 }), (values) => {
        const sorted = values.sort((a, b) => b - a);
        const total = sorted.reduce((sum, one) => sum + one, 0);
        const rooms = squarify(sorted, { x: 0, y: 0, width: 400, height: 300 });
        rooms.forEach(({ x, y, width, height }, index) => {
          expect(width * height).toBeCloseTo(((sorted[index] ?? 0) / total) * 120_000, 3);
          expect(Math.min(x, y, 400.001 - x - width, 300.001 - y - height)).toBeGreaterThanOrEqual(-1e-6);
        });
      }),
    );
  });

  it("leaves out what is no part of a whole, and tells shares", () => {
    expect(told(element("treemap"), cities)).toEqual(["Graz ¥60.00", "Linz ¥30.00"]);
    expect(chart(element("treemap"), cities, look).tips[0]?.rows[0]?.name).toBe("66.7%");
    expect(placesOf(element("treemap"), cities)).toEqual([1, 0]);
  });

  it("adds up in one part what is too small for one of its own", () => {
    const many = named(...Array.from({ length: 70 }, (_, index): [string, number] => [`c${index}`, 100 - index]));
    const { tips } = chart(element("treemap"), many, look);
    expect(tips).toHaveLength(61);
    expect(tips[60]).toMatchObject({ title: "Others", rows: [{ value: "¥355.00" }], row: null });
  });
});

describe("a sankey", () => {
  it("flows from each dimension to the next; equal names in two columns are two nodes", () => {
    const flows = answer(
      [dimension("from"), dimension("to"), orders],
      [
        ["a", "b", 2],
        ["a", "a", 3],
        ["c", "b", -1],
      ],
    );
    expect(told(element("sankey"), flows)).toEqual(["a 5", "b 2", "a 3", "a → b 2", "a → a 3"]);
  });
});

describe("a radar", () => {
  it("has a spoke for each value and a shape for each measure", () => {
    const shapes = answer(
      [dimension("city"), revenue, orders],
      [
        ["Linz", 3, 5],
        ["Graz", null, 7],
      ],
    );
    expect(told(element("radar"), shapes)).toEqual(["revenue ¥3.00 –", "orders 5 7"]);
  });

  it("has a shape for each value of a second dimension", () => {
    expect(told(element("radar"), crossed)).toEqual(["tea ¥10.00 ¥70.00", "rice ¥20.00 –"]);
  });
});

describe("a waterfall", () => {
  it.each([
    [
      "above zero",
      [5, 3, -2],
      [
        [0, 5],
        [5, 8],
        [8, 6],
        [0, 6],
      ],
    ],
    [
      "through zero",
      [2, -5, 4],
      [
        [0, 2],
        [2, -3],
        [-3, 1],
        [0, 1],
      ],
    ],
    [
      "with a gap",
      [5, null, -1],
      [
        [0, 5],
        [5, 5],
        [5, 4],
        [0, 4],
      ],
    ],
  ])("steps %s and comes to its total", (_case, values, expected) => {
    const data = answer(
      [dimension("s"), revenue],
      values.map((value, index) => [`s${index}`, value]),
    );
    expect(waterfallSteps(element("waterfall"), data, look).map(({ from, to }) => [from, to])).toEqual(expected);
  });

  it("floats: what is drawn above the uncoloured part, on either side of zero, is each step's size", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -900, max: 900 }), { minLength: 1, maxLength: 12 }), (values) => {
        const data = answer(
          [dimension("s"), orders],
          values.map((value, index) => [`s${index}`, value]),
        );
        const [, above, under] = seriesOf(element("waterfall", { visual: { total: false } }), data);
        const size = (one: Drawn | undefined, at: number): number => Number(one?.data[at]?.value ?? 0);
        values.forEach((value, at) => {
          expect(size(above, at) - size(under, at)).toBeCloseTo(
            Math.abs(value) / (Math.max(...sums(values)) >= 1_000 ? 1_000 : 1),
            6,
          );
        });
      }),
    );
  });

  it("draws what rises in the enterprise's colour", () => {
    const colour = (up: "green" | "red") =>
      (seriesOf(element("waterfall"), named(["a", 5]), { up })[1]?.data[0]?.["itemStyle"] as JsonObject)["color"];
    expect(colour("red")).not.toBe(colour("green"));
  });
});

function sums(values: number[]): number[] {
  let at = 0;
  return values.map((value) => Math.abs((at += value)));
}
