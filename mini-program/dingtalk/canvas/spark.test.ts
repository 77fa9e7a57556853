import { sparkPoints } from "./spark";

describe("a small line", () => {
  const size = { width: 106, height: 46, pixelRatio: 2 };

  it("spreads its points over the room it has, gaps as gaps", () => {
    expect(sparkPoints([0, null, 10], size)).toEqual([[3, 43], null, [103, 3]]);
  });

  it("runs through the middle where nothing changes", () => {
    expect(sparkPoints([5, 5], size).map((point) => point?.[1])).toEqual([23, 23]);
  });
});
