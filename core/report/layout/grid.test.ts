import fc from "fast-check";
import {
  addItems,
  alignItems,
  COLUMNS,
  distributeItems,
  firstFreePlace,
  moveItems,
  removeItems,
  resizeItem,
  type GridItem,
  type Place,
} from "./grid";

const item = (element: string, x: number, y: number, w: number, h: number): GridItem => ({ element, x, y, w, h });
const at = (layout: GridItem[], element: string): Place | undefined => layout.find((each) => each.element === element);
const to = (layout: GridItem[], element: string, place: Partial<Place>): GridItem[] => {
  const found = at(layout, element);
  return moveItems(layout, new Map(found ? [[element, { ...found, ...place }]] : []));
};

const size = { w: fc.integer({ min: -3, max: 40 }), h: fc.integer({ min: -3, max: 120 }) };
const anyPlace = fc.record({ x: fc.integer({ min: -10, max: 50 }), y: fc.integer({ min: -10, max: 200 }), ...size });
/** Made as people make them: one after the other. */
const anyLayout = fc
  .array(fc.record({ w: fc.integer({ min: 1, max: 36 }), h: fc.integer({ min: 1, max: 20 }) }), { maxLength: 12 })
  .map((sizes) =>
    sizes.reduce<GridItem[]>(
      (layout, each, index) => [...layout, { element: `e${index}`, ...firstFreePlace(layout, each) }],
      [],
    ),
  );

function faults(layout: GridItem[]): string[] {
  const off = layout.filter(
    ({ x, y, w, h }) =>
      x < 0 || y < 0 || w < 1 || h < 1 || h > 100 || x + w > COLUMNS || ![x, y, w, h].every(Number.isInteger),
  );
  const over = layout.flatMap((a, index) =>
    layout
      .slice(index + 1)
      .filter((b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h)
      .map((b) => `${a.element} covers ${b.element}`),
  );
  return [...off.map(({ element }) => `${element} is off the grid`), ...over];
}

const names = (layout: GridItem[]): string[] => layout.map(({ element }) => element);

describe("the grid", () => {
  const two = [item("a", 0, 0, 18, 4), item("b", 0, 4, 18, 4)];

  it("gives a card its place once another one has passed its middle, upwards and downwards", () => {
    expect(to(two, "a", { y: 1 })).toEqual(two);
    expect(to(two, "a", { y: 2 })).toEqual([item("a", 0, 4, 18, 4), item("b", 0, 0, 18, 4)]);
    expect(to(two, "b", { y: 3 })).toEqual(two);
    expect(to(two, "b", { y: 1 })).toEqual([item("a", 0, 4, 18, 4), item("b", 0, 0, 18, 4)]);
  });

  it("pushes down what a card covers, and closes up behind it", () => {
    const beside = [...two, item("c", 18, 0, 18, 6)];
    expect(to(beside, "a", { x: 18 })).toEqual([
      item("a", 18, 0, 18, 4),
      item("b", 0, 0, 18, 4),
      item("c", 18, 4, 18, 6),
    ]);
  });

  it("leaves what is not concerned where it is", () => {
    const beside = [...two, item("c", 18, 0, 18, 6), item("d", 18, 6, 18, 6)];
    const next = to(beside, "a", { y: 2 });
    expect([at(next, "c"), at(next, "d")]).toEqual([at(beside, "c"), at(beside, "d")]);
  });

  it("makes room for a card that grows, without changing the order below it", () => {
    const next = resizeItem([...two, item("c", 0, 8, 36, 2)], "a", { x: 0, y: 0, w: 20, h: 6 });
    expect(next).toEqual([item("a", 0, 0, 20, 6), item("b", 0, 6, 18, 4), item("c", 0, 10, 36, 2)]);
  });

  it("finds the first free place", () => {
    expect(firstFreePlace(two, { w: 18, h: 4 })).toEqual({ x: 18, y: 0, w: 18, h: 4 });
    expect(firstFreePlace(two, { w: 19, h: 4 })).toEqual({ x: 0, y: 8, w: 19, h: 4 });
    expect(firstFreePlace(two, { w: 18, h: 4 }, 8)).toEqual({ x: 0, y: 8, w: 18, h: 4 });
    expect(firstFreePlace([], { w: 99, h: 0 })).toEqual({ x: 0, y: 0, w: 36, h: 1 });
  });

  it("aligns along the outermost and puts equal room between", () => {
    const row = [item("a", 0, 0, 6, 4), item("b", 7, 0, 6, 2), item("c", 30, 0, 6, 3)];
    expect([...alignItems(row, "right").values()].map(({ x }) => x)).toEqual([30, 30, 30]);
    expect([...alignItems(row, "bottom").values()].map(({ y }) => y)).toEqual([0, 2, 1]);
    expect([...distributeItems(row).values()].map(({ x }) => x)).toEqual([0, 15, 30]);
    const column = [item("a", 0, 0, 6, 2), item("b", 6, 3, 6, 2), item("c", 12, 10, 6, 2)];
    expect([...distributeItems(column, "y").values()].map(({ y }) => y)).toEqual([0, 5, 10]);
    expect(distributeItems([])).toEqual(new Map());
  });

  it("never overlaps, leaves the grid, loses or reorders items, whatever is done", () => {
    const any = fc.record({ layout: anyLayout, picks: fc.array(fc.nat(11), { maxLength: 4 }), place: anyPlace });
    fc.assert(
      fc.property(any, ({ layout, picks, place }) => {
        const chosen = new Set(picks.map((pick) => `e${pick}`).filter((name) => names(layout).includes(name)));
        const wanted = new Map([...chosen].map((name, index) => [name, { ...place, x: place.x + index * 3 }]));
        const moved = moveItems(layout, wanted);
        const resized = resizeItem(layout, `e${picks[0] ?? 0}`, place);
        const removed = removeItems(layout, chosen);
        const added = addItems(layout, [
          { element: "new", ...place },
          { element: "newer", ...place },
        ]);
        for (const next of [layout, moved, resized, removed, added]) expect(faults(next)).toEqual([]);
        expect([names(moved), names(resized)]).toEqual([names(layout), names(layout)]);
        expect(names(removed)).toEqual(names(layout).filter((name) => !chosen.has(name)));
        expect(names(added)).toEqual([...names(layout), "new", "newer"]);
      }),
    );
  });

  it("changes nothing where a card is put down where it was", () => {
    fc.assert(
      fc.property(anyLayout, fc.nat(11), (layout, pick) => {
        const settled = removeItems(layout, new Set());
        expect(to(settled, `e${pick}`, {})).toEqual(settled);
      }),
    );
  });

  it("lets nothing slip past a card that is put down where it was", () => {
    const tall = [item("a", 0, 0, 4, 4), item("wide", 0, 4, 33, 1), item("tall", 4, 5, 4, 5)];
    expect(to(tall, "wide", {})).toEqual(tall);
    expect(to(tall, "wide", { y: 5 })).toEqual(tall);
    const low = [...tall, item("low", 8, 5, 4, 1)];
    expect(to(low, "wide", {})).toEqual(low);
  });
});
