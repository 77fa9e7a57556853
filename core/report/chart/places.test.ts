import { answer, dimension, element, measure } from "../card.testing";
import { chart, learnKinds } from "./chart";
import { MORE_KINDS } from "./more";
import { placesOf } from "./places";

learnKinds(MORE_KINDS);

const look = { language: "en-US" as const, width: 400, height: 240, theme: "light" as const };

describe("what a click on a chart means", () => {
  it("finds the first row of each category, as the tips stand", () => {
    const bars = element("cartesian");
    const data = answer(
      [dimension("city"), dimension("channel"), measure("revenue")],
      [
        ["Hangzhou", "shop", 3],
        ["Hangzhou", "online", 4],
        ["Ningbo", "shop", 1],
      ],
    );
    expect(placesOf(bars, data)).toEqual([0, 2]);
    expect(chart(bars, data, look).tips.map(({ title }) => title)).toEqual(["Hangzhou", "Ningbo"]);
  });

  it("follows a pie's slices from the largest, and means nothing by the others", () => {
    const ring = element("pie");
    const values = [1, 9, null, 8, 7, 6, 5, 4, 3];
    const data = answer(
      [dimension("city"), measure("revenue")],
      values.map((value, index) => [`city ${index}`, value]),
    );
    const places = placesOf(ring, data);
    expect(places).toEqual([1, 3, 4, 5, 6, 7, null]);
    const titles = chart(ring, data, look).tips.map(({ title }) => title);
    expect(titles).toEqual([...places.slice(0, -1).map((row) => `city ${row}`), "Others"]);
  });
});
