import { guidesOf } from "./guides";

const item = (element: string, x: number, w: number, y = 0, h = 4) => ({ element, x, y, w, h });

describe("the guides of a dragged card", () => {
  it("are the columns where its edges meet those of others", () => {
    expect(guidesOf([item("a", 0, 9), item("b", 9, 9, 4)], "b").columns).toEqual([9]);
    expect(guidesOf([item("a", 0, 9), item("b", 0, 9, 4)], "b").columns).toEqual([0, 9]);
    expect(guidesOf([item("a", 0, 9), item("b", 10, 9, 4)], "b").columns).toEqual([]);
  });

  it("are rooms of the same width on both sides, and of a row that goes on as it began", () => {
    expect(guidesOf([item("a", 0, 6), item("b", 8, 6), item("c", 16, 6)], "b").rooms).toEqual([
      { x: 6, y: 0, w: 2, h: 4 },
      { x: 14, y: 0, w: 2, h: 4 },
    ]);
    expect(guidesOf([item("a", 0, 6), item("b", 8, 6), item("c", 16, 6, 2)], "c").rooms).toEqual([
      { x: 6, y: 0, w: 2, h: 4 },
      { x: 14, y: 2, w: 2, h: 2 },
    ]);
  });

  it("are none where rooms differ, where cards touch, or for what is not there", () => {
    expect(guidesOf([item("a", 0, 6), item("b", 8, 6), item("c", 17, 6)], "b").rooms).toEqual([]);
    expect(guidesOf([item("a", 0, 6), item("b", 6, 6), item("c", 12, 6)], "b").rooms).toEqual([]);
    expect(guidesOf([], "b")).toEqual({ columns: [], rooms: [] });
  });
});
