import { observable, runInAction } from "mobx";
import { ApiError } from "../../api/error";
import { LanguageStore } from "../language";
import { ReportListStore, type ReportListParts } from "./list";
import { deferred, FakeServer, memoryStorage, NOW, refuses, settle } from "../server.testing";

const language = () => new LanguageStore({ storage: memoryStorage(), system: "zh-CN" });
const ready = () => Promise.resolve();

function summary(id: string, extra: object = {}) {
  return {
    id,
    title: `报表 ${id}`,
    description: null,
    owner: { id: "e1", name: "青禾" },
    level: "view",
    favourite: false,
    updatedAt: new Date(2026, 10, 22, 9, 30).toISOString(),
    openedAt: new Date(2026, 10, 21, 8, 0).toISOString(),
    folderId: null,
    ...extra,
  };
}

describe("the list of reports", () => {
  function buildList(parts: Partial<ReportListParts> = {}) {
    const server = new FakeServer();
    const timers: { run: () => void; off: boolean }[] = [];
    const store = new ReportListStore({
      call: server.transport,
      language: language(),
      whenReady: ready,
      later: (run) => {
        const timer = { run, off: false };
        timers.push(timer);
        return () => {
          timer.off = true;
        };
      },
      now: () => NOW,
      ...parts,
    });
    return { server, store, pause: () => timers.filter(({ off }) => !off).forEach(({ run }) => run()), timers };
  }
  const answering =
    (...ids: string[]) =>
    () => ({ reports: ids.map((id) => summary(id)), total: ids.length, folders: [] });

  it("shows skeletons until the first answer, then the reports", async () => {
    const { store, server } = buildList();
    server.on("GET /api/reports", answering("a", "b"));
    expect(store.view.kind).toBe("loading");
    await store.open();
    expect(store.view).toMatchObject({ kind: "ready", count: "共 2 份报表" });
    expect(store.view.rows[0]).toEqual({
      id: "a",
      title: "报表 a",
      description: "",
      note: "青禾 · 更新于 11月22日 09:30",
      favourite: false,
    });
  });

  it("asks nothing before somebody is signed in", async () => {
    const signedIn = deferred<void>();
    const { store, server } = buildList({ whenReady: () => signedIn.promise });
    server.on("GET /api/reports", answering("a"));
    const opened = store.open();
    await settle();
    expect(server.requests).toEqual([]);
    signedIn.resolve();
    await opened;
    expect(store.view.kind).toBe("ready");
  });

  it("asks once when typing pauses, for what is typed then", async () => {
    const { store, server, pause } = buildList();
    server.on("GET /api/reports", answering("a"));
    store.type("零");
    store.type("零售 ");
    pause();
    await settle();
    expect(server.requests.map(({ query }) => query)).toEqual([{ filter: "all", search: "零售" }]);
  });

  it.each([
    ["all", "", "还没有可看的报表"],
    ["favourite", "", "还没有收藏"],
    ["recent", "", "还没有看过报表"],
    ["all", "销", "没有找到报表"],
  ] as const)("says why %s with the search '%s' is empty", async (tab, search, title) => {
    const { store, server } = buildList();
    server.on("GET /api/reports", answering());
    store.search = search;
    await store.selectTab(tab);
    expect(store.view).toMatchObject({ kind: "empty", panel: { title } });
  });

  describe("with folders", () => {
    const folders = [
      { id: "east", parentId: "sales", name: "华东", reports: 1 },
      { id: "sales", parentId: null, name: "销售", reports: 3 },
    ];
    const inEast = () => ({ reports: [summary("a", { folderId: "east" })], total: 1, folders });

    it("looks into one folder at a time, and knows the way back", async () => {
      const { store, server } = buildList({ browses: true });
      server.on("GET /api/reports", ({ query }) =>
        query?.["folder"] === "east" ? inEast() : { reports: [], total: 0, folders },
      );
      await store.openFolder(null);
      expect(store.view).toMatchObject({
        kind: "ready",
        path: [],
        rows: [],
        folders: [{ id: "sales", name: "销售", note: "共 3 份报表" }],
      });

      await store.openFolder("sales");
      expect(store.view).toMatchObject({ path: [{ id: "sales" }], folders: [{ id: "east" }] });
      await store.openFolder("east");
      expect(store.view).toMatchObject({
        path: [{ name: "销售" }, { name: "华东" }],
        rows: [{ id: "a" }],
        folders: [],
      });
      expect(server.requests.map(({ query }) => query?.["folder"])).toEqual(["top", "sales", "east"]);
    });

    it("looks everywhere for favourites and what is searched, and says where it lies", async () => {
      const { store, server, pause } = buildList({ browses: true });
      server.on("GET /api/reports", inEast);
      store.folder = "sales";
      await store.selectTab("favourite");
      expect(store.view).toMatchObject({ path: [], folders: [] });
      expect(store.view.rows[0]?.note).toBe("销售 / 华东 · 青禾 · 更新于 11月22日 09:30");
      await store.selectTab("all");
      store.type("报表");
      pause();
      await settle();
      expect(server.requests.map(({ query }) => query)).toEqual([
        { filter: "favourite" },
        { filter: "all", folder: "sales" },
        { filter: "all", search: "报表" },
      ]);
      expect(store.view.rows[0]?.note).toContain("销售 / 华东");
    });

    it("are no more than a note where nobody looks into them, as on the phone", async () => {
      const { store, server } = buildList();
      server.on("GET /api/reports", inEast);
      await store.open();
      expect(store.view).toMatchObject({ path: [], folders: [] });
      expect(store.view.rows[0]?.note).toContain("销售 / 华东");
      expect(server.requests[0]?.query).toEqual({ filter: "all" });
    });
  });

  it("tells in the recent tab when a report was opened", async () => {
    const { store, server } = buildList();
    server.on("GET /api/reports", answering("a"));
    await store.selectTab("recent");
    expect(server.requests[0]?.query).toEqual({ filter: "recent" });
    expect(store.view.rows[0]?.note).toContain("看过于 11月21日 08:00");
  });

  it("lets only the newest question answer", async () => {
    const { store, server } = buildList();
    const slow = deferred<unknown>();
    server.on("GET /api/reports", ({ query }) => (query?.["filter"] === "all" ? slow.promise : answering("new")()));
    const first = store.refresh();
    await store.selectTab("favourite");
    slow.resolve(answering("old")());
    await first;
    expect(store.view.rows.map(({ id }) => id)).toEqual(["new"]);
  });

  it("keeps what it has on the screen while it asks again, also when that fails", async () => {
    const { store, server } = buildList();
    server.on("GET /api/reports", answering("a"));
    await store.open();
    server.on("GET /api/reports", refuses("unavailable"));
    await store.refresh();
    expect(store.view).toMatchObject({ kind: "ready", rows: [{ id: "a" }] });
  });

  it("says what to do when the first question fails, and recovers", async () => {
    const { store, server } = buildList();
    server.on("GET /api/reports", refuses("offline"));
    await store.open();
    expect(store.view).toMatchObject({ kind: "failed", panel: { code: "offline", advice: "请检查网络连接后重试。" } });
    server.on("GET /api/reports", answering("a"));
    await store.refresh();
    expect(store.view.kind).toBe("ready");
  });

  it("marks a favourite at once, and takes it back where the server refuses", async () => {
    const { store, server } = buildList();
    const saved = deferred<unknown>();
    server.on("GET /api/reports", answering("a")).on("POST /api/reports/a/favourite", () => saved.promise);
    await store.open();
    const toggled = store.toggleFavourite("a");
    expect(store.view.rows[0]?.favourite).toBe(true);
    saved.reject(new ApiError("offline", ""));
    await toggled;
    expect(store.view.rows[0]?.favourite).toBe(false);
    expect(server.requests[1]?.body).toEqual({ favourite: true });
  });

  it("refreshes when the person comes back to it, but not before the first answer", async () => {
    const { store, server } = buildList();
    server.on("GET /api/reports", answering("a"));
    store.revisit();
    expect(server.requests).toHaveLength(0);
    await store.open();
    store.revisit();
    expect(server.requests).toHaveLength(2);
  });

  it("never shows one reader what another was answered, and asks again for the new one", async () => {
    const reader = observable.box("liming@e1");
    const { store, server } = buildList({ reader: () => reader.get() });
    server.on("GET /api/reports", answering("a"));
    await store.open();
    runInAction(() => reader.set(""));
    expect(server.requests).toHaveLength(1);
    server.on("GET /api/reports", answering("b"));
    runInAction(() => reader.set("wangfang@e1"));
    expect(store.view.kind).toBe("loading");
    await settle();
    expect(store.view.rows.map(({ id }) => id)).toEqual(["b"]);
    store.dispose();
    runInAction(() => reader.set("liming@e1"));
    expect(server.requests).toHaveLength(2);
  });

  it("shows nothing any more once it is disposed of", async () => {
    const { store, server, timers } = buildList();
    const slow = deferred<unknown>();
    server.on("GET /api/reports", () => slow.promise);
    const asked = store.refresh();
    store.type("x");
    store.dispose();
    slow.resolve(answering("a")());
    await asked;
    expect(store.view.kind).toBe("loading");
    expect(timers.every(({ off }) => off)).toBe(true);
  });
});
