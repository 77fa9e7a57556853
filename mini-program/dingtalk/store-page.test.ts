import { makeAutoObservable, runInAction } from "mobx";
import { installClient } from "./client.testing";
import { batches, changesBetween, LARGEST_SETDATA, type Change } from "./setdata";
import { pageOptions, type StorePage } from "./store-page";

type Plain = Record<string, unknown>;

/** What DingTalk does with a change: sets it where its path leads. */
function applied(data: Plain, change: Plain): Plain {
  const copy = JSON.parse(JSON.stringify(data)) as Plain;
  for (const [path, value] of Object.entries(change)) {
    const keys = path.split(/[.[\]]+/).filter(Boolean);
    const last = keys.pop() ?? "";
    const parent = keys.reduce<Plain>((object, key) => object[key] as Plain, copy);
    parent[last] = value;
  }
  return copy;
}

class Counter {
  count = 0;
  rows = [{ name: "a" }, { name: "b" }];
  disposed = false;

  constructor() {
    makeAutoObservable(this);
  }

  get view(): object {
    return { count: this.count, rows: this.rows.map(({ name }) => ({ name })) };
  }
}

function buildPage(parts: Partial<StorePage<Counter>> = {}) {
  const stores: Counter[] = [];
  const options = pageOptions<Counter>({
    createStore: () => {
      stores.push(new Counter());
      return stores[stores.length - 1] as Counter;
    },
    view: (store) => store.view,
    ...parts,
  });
  const open = (query: Record<string, string> = {}) => {
    const changes: Plain[] = [];
    const page = { ...options, setData: (change: Plain) => void changes.push(change) } as typeof options & {
      setData(change: Plain): void;
    };
    page.onLoad?.(query);
    return { page, changes, store: stores[stores.length - 1] as Counter };
  };
  return { open };
}

const change = (store: Counter, by: (store: Counter) => void) => runInAction(() => by(store));

describe("a page of a store", () => {
  it("shows the view as soon as it is opened", () => {
    const { changes } = buildPage().open();
    expect(changes).toEqual([{ count: 0, rows: [{ name: "a" }, { name: "b" }] }]);
  });

  it("sets once a task however often the store changed, and only what is different", async () => {
    const { changes, store } = buildPage().open();
    change(store, (it) => (it.count = 1));
    change(store, (it) => (it.count = 2));
    change(store, (it) => ((it.rows[1] as { name: string }).name = "c"));
    expect(changes).toHaveLength(1);
    await Promise.resolve();
    expect(changes.slice(1)).toEqual([{ count: 2, "rows[1].name": "c" }]);
  });

  it("sets nothing where the view came out the same", async () => {
    const { changes, store } = buildPage().open();
    change(store, (it) => (it.rows = [{ name: "a" }, { name: "b" }]));
    await Promise.resolve();
    expect(changes).toHaveLength(1);
  });

  it("sets nothing any more after it was closed, and gives its store back", async () => {
    const closed: Counter[] = [];
    const { page, changes, store } = buildPage({ dispose: (it) => void closed.push(it) }).open();
    change(store, (it) => (it.count = 1));
    page.onUnload?.();
    page.onUnload?.();
    await Promise.resolve();
    change(store, (it) => (it.count = 2));
    await Promise.resolve();
    expect(changes).toHaveLength(1);
    expect(closed).toEqual([store]);
  });

  it("has a store of its own each time it is opened", () => {
    const { open } = buildPage();
    expect(open().store).not.toBe(open().store);
  });

  it("tells its store the query, when it is shown, and what was tapped", () => {
    const told: unknown[] = [];
    const { page, store } = buildPage({
      open: (_store, query) => told.push(query),
      shown: () => told.push("shown"),
      handlers: { tap: (it, event: { id: string }) => told.push([it, event.id]) },
    }).open({ id: "r1" });
    page.onShow?.();
    (page as unknown as { tap(event: object): void }).tap({ id: "x" });
    expect(told).toEqual([{ id: "r1" }, "shown", [store, "x"]]);
  });

  it.each([
    ["is done", () => Promise.resolve()],
    ["failed", () => Promise.reject(new Error("offline"))],
  ])("stops the spinner of a pull when refreshing %s", async (_how, refresh) => {
    let stopped = 0;
    installClient({ stopPullDownRefresh: () => void (stopped += 1) });
    const { page } = buildPage({ refresh }).open();
    page.onPullDownRefresh?.();
    expect(stopped).toBe(0);
    await Promise.resolve();
    await Promise.resolve();
    expect(stopped).toBe(1);
  });

  it("can be shared only where it says how", () => {
    const plain = buildPage().open();
    expect(plain.page).not.toHaveProperty("onShareAppMessage");
    const shared = buildPage({ share: () => ({ title: "日报", path: "pages/report/report?id=1" }) }).open();
    expect(shared.page.onShareAppMessage?.({ from: "menu" })).toMatchObject({ title: "日报" });
  });
});

describe("changes", () => {
  it.each<[string, Plain, Plain, Change[]]>([
    ["nothing for the same", { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
    ["a field", { a: 1, b: 1 }, { a: 2, b: 1 }, [["a", 2]]],
    ["a path inside", { a: { b: { c: 1, d: 1 } } }, { a: { b: { c: 2, d: 1 } } }, [["a.b.c", 2]]],
    ["a path in a list", { a: [{ b: 1 }, { b: 2 }] }, { a: [{ b: 1 }, { b: 3 }] }, [["a[1].b", 3]]],
    ["a whole list of another length", { a: [1] }, { a: [1, 2] }, [["a", [1, 2]]]],
    ["a whole object with other keys", { a: { b: 1 } }, { a: { c: 1 } }, [["a", { c: 1 }]]],
    ["a whole object whose key is no path", { a: { "x.y": 1 } }, { a: { "x.y": 2 } }, [["a", { "x.y": 2 }]]],
    ["null for a field that is gone", { a: 1 }, {}, [["a", null]]],
    ["null for an object", { a: { b: 1 } }, { a: null }, [["a", null]]],
  ])("are %s", (_rule, before, after, expected) => {
    expect(changesBetween(before, after)).toEqual(expected);
  });

  const rows = (count: number) =>
    Array.from({ length: count }, (_, row) => ({ key: String(row), cells: [{ text: "一二三".repeat(20), bar: row }] }));

  it.each([
    ["one long list", { rows: rows(2_000) }],
    ["a long list deep inside", { screen: { kind: "ready", card: { table: { width: 3, rows: rows(1_500) } } } }],
    ["many fields", Object.fromEntries(rows(900).map((row, index) => [`f${index}`, row]))],
  ])("of %s go in pieces that DingTalk carries, and come out whole", (_case, view) => {
    const pieces = batches(changesBetween({}, view));
    expect(Math.max(...pieces.map((piece) => JSON.stringify(piece).length))).toBeLessThanOrEqual(
      LARGEST_SETDATA * 1.02,
    );
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.reduce(applied, {})).toEqual(view);
  });

  it("that are small go in one piece", () => {
    expect(
      batches([
        ["a", 1],
        ["b[0].c", 2],
      ]),
    ).toEqual([{ a: 1, "b[0].c": 2 }]);
    expect(batches([])).toEqual([]);
  });
});
