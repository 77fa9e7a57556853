import { startProgram, type FakeView } from "./fake-view";

type Self = Record<string, (...args: unknown[]) => void> & { data: Record<string, unknown> };

/** Runs one change on a page whose data is given, and tells what both sides have then. */
function change(data: object, act: (page: Self) => void): { view: FakeView; data: unknown; thrown: unknown } {
  const result: { data: unknown; thrown: unknown } = { data: null, thrown: null };
  const view = startProgram({
    "/pages/a/a": ({ Page }) =>
      Page({
        data,
        act(this: Self) {
          try {
            act(this);
          } catch (thrown) {
            result.thrown = thrown;
          }
          result.data = this.data;
        },
      }),
  });
  view.event("act");
  return { view, ...result };
}

describe("setData", () => {
  it.each([
    ["a", 1, {}, { a: 1 }, ["a"]],
    ["a.b", 1, {}, { a: { b: 1 } }, ["a", "b"]],
    ["a.b", 1, { a: { c: 2 } }, { a: { b: 1, c: 2 } }, ["a", "b"]],
    ["a[0]", 1, {}, { a: [1] }, ["a", 0]],
    ["a[1].b", 1, { a: [{ b: 0 }, { b: 0, c: 1 }] }, { a: [{ b: 0 }, { b: 1, c: 1 }] }, ["a", 1, "b"]],
    ["a[0][1]", 1, { a: [[0, 0]] }, { a: [[0, 1]] }, ["a", 0, 1]],
    ["a.b[0].c", 1, { a: { b: [{}] } }, { a: { b: [{ c: 1 }] } }, ["a", "b", 0, "c"]],
    ["a.b", 1, { a: null }, { a: { b: 1 } }, ["a", "b"]],
    ["报表.名", 1, {}, { 报表: { 名: 1 } }, ["报表", "名"]],
  ])("%s = %p on %j gives %j", (key, value, before, after, path) => {
    const { data, view } = change(before, (page) => page["setData"]?.({ [key]: value }));
    expect(data).toEqual(after);
    expect(view.last("data").patches).toEqual([{ path, value }]);
  });

  it.each(["a..b", "a[", "a[x]", "", ".a", "a[-1]"])("refuses %j, which is no path", (key) => {
    const { thrown } = change({}, (page) => page["setData"]?.({ [key]: 1 }));
    expect(thrown).toEqual(new TypeError(`"${key}" is not a data path: write it like a.b[0].c`));
  });

  it("carries what JSON carries", () => {
    const given = {
      date: new Date(0),
      nothing: undefined,
      nan: NaN,
      list: [undefined, () => 1].slice(0, 1),
      map: new Map([[1, 2]]),
    };
    const { data, view } = change({}, (page) => page["setData"]?.({ given }));
    const value = { date: "1970-01-01T00:00:00.000Z", nan: null, list: [null], map: {} };
    expect(data).toEqual({ given: value });
    expect(view.last("data").patches).toEqual([{ path: ["given"], value }]);
  });

  it.each([
    ["a function", { rows: [{ format: () => 1 }] }, "setData: table.rows.0.format is a function"],
    ["a BigInt", { n: BigInt(1) }, "setData: table.n is a BigInt"],
  ])("refuses %s and names where it is", (_what, table, message) => {
    const { thrown, view } = change({}, (page) => page["setData"]?.({ table }));
    expect(String(thrown)).toContain(message);
    expect(view.of("data")).toEqual([]);
  });

  it("refuses an object that holds itself", () => {
    const loop: Record<string, unknown> = {};
    loop["me"] = loop;
    expect(String(change({}, (page) => page["setData"]?.({ loop })).thrown)).toContain("refers to itself");
  });

  it("is not touched by what happens to the given object later", () => {
    const given = { rows: [1] };
    const { data } = change({}, (page) => {
      page["setData"]?.({ given });
      given.rows.push(2);
    });
    expect(data).toEqual({ given: { rows: [1] } });
  });

  it("sends a list that was changed in place", () => {
    const { view } = change({ rows: [1] }, (page) => {
      const rows = page.data["rows"] as number[];
      rows.push(2);
      page["setData"]?.({ rows });
    });
    expect(view.last("data").patches).toEqual([{ path: ["rows"], value: [1, 2] }]);
  });

  it("crosses as one message for all that one handler does, and calls back when it is on the screen", () => {
    const seen: string[] = [];
    const { view } = change({}, (page) => {
      page["setData"]?.({ a: 1 }, () => seen.push("a"));
      page["setData"]?.({ b: 2 }, () => seen.push("b"));
    });
    expect(view.of("data")).toHaveLength(1);
    expect(view.last("data").patches).toHaveLength(2);
    expect(seen).toEqual([]);
    view.applyAll();
    expect(seen).toEqual(["a", "b"]);
  });

  it("crosses at once outside handlers, and together within $batchedUpdates", async () => {
    const { view } = change({}, (page) => {
      void Promise.resolve().then(() => {
        page["setData"]?.({ a: 1 });
        page["setData"]?.({ b: 1 });
        page["$batchedUpdates"]?.(() => {
          page["setData"]?.({ c: 1 });
          page["setData"]?.({ d: 1 });
        });
      });
    });
    await view.settle();
    expect(view.of("data").map(({ patches }) => patches.map(({ path }) => path.join()).join(" "))).toEqual([
      "a",
      "b",
      "c d",
    ]);
  });

  it("of a page that is gone reaches nobody", async () => {
    let late: Self | undefined;
    const view = startProgram({
      "/pages/a/a": ({ Page, dd }) => Page({ go: () => dd["navigateTo"]?.({ url: "/pages/b/b" }) }),
      "/pages/b/b": ({ Page }) =>
        Page({
          onLoad(this: Self) {
            late = this; // eslint-disable-line @typescript-eslint/no-this-alias -- what a pending request does
          },
        }),
    });
    view.event("go");
    await view.settle();
    view.receive({ type: "pageEvent", pageId: "2", name: "back", argument: null });
    late?.["setData"]?.({ a: 1 });
    expect(late?.data).toEqual({ a: 1 });
    expect(view.of("data")).toEqual([]);
  });
});

describe("$spliceData", () => {
  it.each([
    ["a.b", [1, 0, 5, 6], { a: { b: [1, 2, 3, 4] } }, { a: { b: [1, 5, 6, 2, 3, 4] } }],
    ["a", [0, 2], { a: [1, 2, 3] }, { a: [3] }],
    ["a", [-1, 1, 9], { a: [1, 2, 3] }, { a: [1, 2, 9] }],
    ["a", [0, 0, 1], {}, { a: [1] }],
  ])("%s with %j on %j gives %j", (key, splice, before, after) => {
    const { data, view } = change(before, (page) => page["$spliceData"]?.({ [key]: splice }));
    expect(data).toEqual(after);
    expect(view.last("data").patches).toEqual([{ path: key.split("."), splice }]);
  });

  it("refuses what is no list", () => {
    expect(String(change({ a: 1 }, (page) => page["$spliceData"]?.({ a: [0, 1] })).thrown)).toContain(
      "a is not an array",
    );
    expect(String(change({ a: [] }, (page) => page["$spliceData"]?.({ a: 1 })).thrown)).toContain(
      "[start, deleteCount",
    );
  });
});
