import fc from "fast-check";
import { ReportSpec } from "../../contract/report/report";
import { mergeSpecs } from "./merge";
import { same } from "./same";

type Spec = ReportSpec;

const ids = ["a", "b", "c", "d"] as const;
const text = (title: string, words = ""): Spec["elements"][string] => ({ type: "text", title, text: words });
const place = (element: string, y: number): Spec["pages"][number]["layout"][number] => ({
  element,
  x: 0,
  y,
  w: 6,
  h: 2,
});

/** A report with a table that has a hierarchy and a pivot, texts on two pages, and filters that depend on each other. */
const BASE = ReportSpec.parse({
  version: 1,
  title: "Base",
  description: "Before",
  pages: [
    { id: "one", title: "One", layout: [place("a", 0), place("b", 2), place("t", 4)] },
    { id: "two", title: "Two", layout: [place("c", 0)] },
  ],
  elements: {
    a: text("A"),
    b: text("B"),
    c: text("C"),
    t: {
      type: "table",
      title: "T",
      query: { dataset: "sales", dimensions: [{ field: "region" }, { field: "city" }], measures: ["amount"] },
      drill: ["region", "city"],
      visual: { pivot: { columns: ["city"] } },
    },
  },
  filters: [
    { id: "f", label: "F", dataset: "sales", field: "region", operator: "equals" },
    { id: "g", label: "G", dataset: "sales", field: "city", operator: "equals", parent: "f" },
  ],
});

type Change = (spec: Spec) => void;

const words = fc.constantFrom("x", "y", "z");
const changes: fc.Arbitrary<Change> = fc.oneof(
  words.map(
    (title): Change =>
      (spec) =>
        void (spec.title = title),
  ),
  fc.constant<Change>((spec) => void delete spec.description),
  fc.tuple(fc.constantFrom(...ids), words).map(([id, title]): Change => (spec) => {
    const element = spec.elements[id];
    if (element) element.title = title;
  }),
  fc.tuple(fc.constantFrom(...ids, "n"), words, fc.nat(1)).map(([id, title, page]): Change => (spec) => {
    spec.elements[id] ??= text(title, title);
    spec.pages[page]?.layout.push(place(id, 9));
    for (const { layout } of spec.pages) {
      const known = new Set<string>();
      layout.splice(0, layout.length, ...layout.filter(({ element }) => !known.has(element) && known.add(element)));
    }
  }),
  fc.constantFrom(...ids, "t").map((id): Change => (spec) => {
    delete spec.elements[id];
    for (const page of spec.pages) page.layout = page.layout.filter(({ element }) => element !== id);
  }),
  fc.tuple(fc.constantFrom(...ids), fc.nat(30)).map(([id, y]): Change => (spec) => {
    for (const { layout } of spec.pages) for (const each of layout) if (each.element === id) each.y = y;
  }),
  fc.constant<Change>((spec) => void spec.pages.reverse()),
  fc.nat(1).map(
    (at): Change =>
      (spec) =>
        void (spec.pages.length > 1 && spec.pages.splice(at, 1)),
  ),
  words.map(
    (id): Change =>
      (spec) =>
        void (spec.pages.some((page) => page.id === id) || spec.pages.push(pageOf(id))),
  ),
  fc.constantFrom(["region", "city"], ["city", "region"]).map((fields): Change => (spec) => {
    const table = spec.elements["t"];
    if (table?.type !== "table") return;
    table.query.dimensions = fields.map((field) => ({ field }));
    table.drill = [...fields];
    table.visual = { frozen: 1, pivot: { columns: [fields[1] ?? ""], subtotals: true } };
  }),
  fc.constant<Change>((spec) => {
    const table = spec.elements["t"];
    if (table?.type !== "table") return;
    table.query.dimensions = [{ field: "region" }];
    delete table.drill;
    delete table.visual;
  }),
  fc.constant<Change>((spec) => void (spec.filters = spec.filters.filter(({ parent }) => parent !== undefined))),
  fc.constant<Change>((spec) => {
    const [first, second] = [spec.filters.find(({ id }) => id === "f"), spec.filters.find(({ id }) => id === "g")];
    if (!first || !second) return;
    delete second.parent;
    first.parent = "g";
  }),
);

function pageOf(id: string): Spec["pages"][number] {
  return { id, title: id, layout: [], mobile: { mode: "auto" } };
}

function after(spec: Spec, done: Change[]): Spec {
  const copy = structuredClone(spec);
  for (const change of done) change(copy);
  for (const filter of copy.filters) {
    if (!copy.filters.some(({ id }) => id === filter.parent)) delete filter.parent;
  }
  return copy;
}

const edits = fc.array(changes, { maxLength: 6 }).map((done) => after(BASE, done));

describe("two people's changes", () => {
  it("come to a report, and those of one alone to that one's", () => {
    fc.assert(
      fc.property(edits, edits, (mine, theirs) => {
        const { spec } = mergeSpecs({ base: BASE, mine, theirs });
        expect(ReportSpec.safeParse(spec).error).toBeUndefined();
        expect(mergeSpecs({ base: BASE, mine, theirs: BASE })).toEqual({ spec: mine, conflicts: [] });
        expect(mergeSpecs({ base: BASE, mine: BASE, theirs })).toEqual({ spec: theirs, conflicts: [] });
        expect(mergeSpecs({ base: BASE, mine, theirs: mine })).toEqual({ spec: mine, conflicts: [] });
      }),
      { numRuns: 300 },
    );
  });

  it("are both there wherever nobody is told of a conflict", () => {
    fc.assert(
      fc.property(edits, edits, (mine, theirs) => {
        const { spec, conflicts } = mergeSpecs({ base: BASE, mine, theirs });
        const told = new Set(conflicts.flatMap(({ unit }) => [unit, unit.split("/").slice(0, 2).join("/")]));
        for (const side of [mine, theirs]) {
          if (side.title !== BASE.title && !told.has("title")) expect(spec.title).toBe(side.title);
          for (const [id, element] of Object.entries(side.elements)) {
            if (told.has(`elements/${id}`) || same(element, BASE.elements[id])) continue;
            expect(spec.elements[id]).toEqual(element);
          }
          for (const page of side.pages) {
            if (BASE.pages.some(({ id }) => id === page.id) || told.has(`pages/${page.id}`)) continue;
            expect(spec.pages.map(({ id }) => id)).toContain(page.id);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("never put a card on more pages than either had it on, nor lose the place of one that stays", () => {
    const pagesOf = (spec: Spec, id: string): number =>
      spec.pages.filter(({ layout }) => layout.some(({ element }) => element === id)).length;
    fc.assert(
      fc.property(edits, edits, (mine, theirs) => {
        const { spec, conflicts } = mergeSpecs({ base: BASE, mine, theirs });
        for (const id of ids) {
          expect(pagesOf(spec, id)).toBeLessThanOrEqual(Math.max(pagesOf(mine, id), pagesOf(theirs, id)));
        }
        for (const conflict of conflicts) {
          const [room, id = ""] = conflict.unit.split("/");
          if (conflict.kind !== "kept" || room !== "elements") continue;
          const placed = pagesOf(conflict.removedBy === "mine" ? theirs : mine, id) > 0;
          expect(pagesOf(spec, id) > 0).toBe(placed);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("a conflict", () => {
  const merge = (mine: Change, theirs: Change) =>
    mergeSpecs({ base: BASE, mine: after(BASE, [mine]), theirs: after(BASE, [theirs]) });

  it("keeps what was stored first, and has mine at hand", () => {
    const { spec, conflicts } = merge(
      ({ elements }) => void (elements["a"] = text("mine", "own")),
      ({ elements }) => void (elements["a"] = text("theirs")),
    );

    expect(spec.elements["a"]).toEqual(text("theirs", "own"));
    expect(conflicts).toEqual([{ kind: "both", unit: "elements/a/title", mine: "mine", theirs: "theirs" }]);
  });

  it("keeps what one removed and the other changed, where it stood", () => {
    const { spec, conflicts } = merge(
      (copy) => {
        copy.pages.pop();
        delete copy.elements["c"];
      },
      ({ elements }) => void (elements["c"] = text("changed")),
    );

    expect(spec.elements["c"]).toEqual(text("changed"));
    expect(spec.pages[1]?.layout).toEqual([place("c", 0)]);
    expect(conflicts).toEqual([
      { kind: "kept", unit: "elements/c", removedBy: "mine" },
      { kind: "kept", unit: "pages/two", removedBy: "mine" },
    ]);
  });

  it("calls the second of two new elements otherwise, wherever it is named", () => {
    const add =
      (title: string): Change =>
      (copy) => {
        copy.elements["new"] = text(title);
        copy.pages[0]?.layout.push(place("new", 9));
        copy.filters[0] = { ...copy.filters[0], targets: ["new"] } as Spec["filters"][number];
      };
    const { spec, conflicts } = merge(add("mine"), ({ elements }) => void (elements["new"] = text("theirs")));

    expect([spec.elements["new"], spec.elements["new-2"]]).toEqual([text("theirs"), text("mine")]);
    expect(spec.pages[0]?.layout.at(-1)).toEqual(place("new-2", 9));
    expect(spec.filters[0]?.targets).toEqual(["new-2"]);
    expect(conflicts).toEqual([{ kind: "renamed", unit: "elements/new", to: "new-2" }]);
  });

  it("leaves out what the report has no room for, and says so", () => {
    const fill =
      (prefix: string): Change =>
      (copy) => {
        for (let at = 0; at < 12; at++) copy.pages.push(pageOf(`${prefix}${at}`));
      };
    const { spec, conflicts } = merge(fill("m"), fill("t"));

    expect(spec.pages).toHaveLength(20);
    expect(conflicts).toHaveLength(6);
    expect(conflicts.every(({ kind, unit }) => kind === "full" && unit.startsWith("pages/m"))).toBe(true);
  });
});
