import { answer, dimension, earlier, measure } from "../../../core/report/card.testing";
import { ApiError } from "../../api/error";
import { LanguageStore } from "../language";
import { ReportStore } from "./report";
import { deferred, FakeServer, memoryStorage, NOW, refuses, settle } from "../server.testing";

const language = () => new LanguageStore({ storage: memoryStorage(), system: "zh-CN" });
const ready = () => Promise.resolve();

describe("a report", () => {
  const heading = (title: string) => ({ title, query: {} });
  const layout = ["kpi", "chart", "table", "note", "broken", "empty"].map((id, y) => ({
    element: id,
    x: 0,
    y,
    w: 9,
    h: 4,
  }));
  const revenue = measure("revenue", { direction: "up_good" });
  const rows = [...Array(90)].map((_, index): [string, number | null] => [`店${index}`, index === 3 ? null : index]);
  const elements = {
    kpi: { type: "kpi", ...heading("销售额") },
    chart: { type: "cartesian", ...heading("趋势") },
    table: { type: "table", ...heading("明细") },
    note: { type: "text", title: "说明", text: "口径\n不变" },
    broken: { type: "pie", ...heading("坏的") },
    empty: { type: "pie", ...heading("空的") },
  };
  const pages = [
    { id: "p1", title: "总览", layout, mobile: { mode: "auto" } },
    { id: "p2", title: "明细", layout: [layout[2]], mobile: { mode: "auto" } },
  ];
  const view = (extra: object = {}) => ({
    id: "r1",
    revision: 2,
    level: "view",
    favourite: false,
    spec: { version: 1, title: "日报", pages, elements, filters: [] },
    cards: {
      kpi: { state: "ready", data: answer([revenue, earlier("revenue")], [[110, 100]]) },
      chart: { state: "ready", data: answer([dimension("day", { type: "date" }), revenue], [["2026-11-01", 3]]) },
      table: { state: "ready", data: answer([dimension("store"), revenue], rows) },
      broken: { state: "failed", error: { code: "query_timeout", message: "x" } },
      empty: { state: "ready", data: answer([dimension("c"), revenue], []) },
    },
    dataAsOf: new Date(2026, 10, 22, 9, 59).toISOString(),
    ...extra,
  });

  function buildReport(server = new FakeServer().on("GET /api/reports/r1/view", () => view())) {
    const reads = language();
    const store = new ReportStore({
      call: server.transport,
      language: reads,
      whenReady: ready,
      contentWidth: 319,
      name: () => "page-1",
      now: () => NOW,
    });
    return { server, store, reads };
  }
  const screen = (store: ReportStore) => {
    if (store.view.kind !== "ready") throw new Error(`The report is ${store.view.kind}.`);
    return store.view;
  };
  const cards = (store: ReportStore) => screen(store).rows.flatMap((row) => row.cards);
  const card = (store: ReportStore, id: string) => cards(store).find((one) => one.id === id);
  const table = (store: ReportStore) => {
    const found = card(store, "table");
    return found?.kind === "table" ? found : undefined;
  };

  it("comes in one request, with its data, and each card in its state", async () => {
    const { store, server } = buildReport();
    expect(store.view.kind).toBe("loading");
    await store.open("r1");
    expect(server.requests).toHaveLength(1);
    expect(screen(store)).toMatchObject({
      title: "日报",
      dataAsOf: "数据截至 11月22日 09:59",
      warning: "",
      page: "p1",
    });
    expect(cards(store).map(({ id, kind }) => [id, kind])).toEqual([
      ["kpi", "kpi"],
      ["chart", "chart"],
      ["table", "table"],
      ["note", "text"],
      ["broken", "failed"],
      ["empty", "empty"],
    ]);
  });

  it("lets a card that failed fail alone, with its own advice", async () => {
    const { store } = buildReport();
    await store.open("r1");
    expect(card(store, "broken")).toMatchObject({ error: { title: "数据查询超时", code: "query_timeout" } });
  });

  it("shows a KPI with its change", async () => {
    const { store } = buildReport();
    await store.open("r1");
    expect(card(store, "kpi")).toMatchObject({ change: "▲ 10.0%", kpi: { main: { value: "110", previous: "100" } } });
  });

  it("hands charts their data by name, so that it need not cross to the view", async () => {
    const { store } = buildReport();
    await store.open("r1");
    const chart = card(store, "chart");
    expect(chart).toMatchObject({
      chart: expect.stringMatching(/^page-1\/zh-CN\/2\/.*\/chart$/) as string,
      height: 217,
    });
    expect(JSON.stringify(chart)).not.toContain('2026-11-01"');
    expect(store.chartSource("chart")?.data.rowCount).toBe(1);
    expect([store.chartSource("kpi"), store.chartSource("gone"), store.chartSource("broken")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("names a chart anew when the language or the data change, so that it is drawn again", async () => {
    const { store, reads, server } = buildReport();
    await store.open("r1");
    const before = card(store, "chart");
    reads.choose("en-US");
    const english = card(store, "chart");
    server.on("GET /api/reports/r1/view", () => view({ dataAsOf: new Date(2026, 10, 22, 10, 1).toISOString() }));
    await store.refresh();
    expect(new Set([before, english, card(store, "chart")].map((one) => JSON.stringify(one))).size).toBe(3);
  });

  it("shows the first rows of a table and more on demand", async () => {
    const { store } = buildReport();
    await store.open("r1");
    expect([table(store)?.table.rows.length, table(store)?.more, table(store)?.note]).toEqual([
      20,
      "再显示 70 行",
      "共 90 行",
    ]);
    store.showMore("table");
    store.showMore("table");
    expect([table(store)?.table.rows.length, table(store)?.more]).toEqual([90, ""]);
  });

  it("shows the numbers of a card that it cannot draw as a table, and says so", async () => {
    const server = new FakeServer().on("GET /api/reports/r1/view", () =>
      view({
        spec: { ...view().spec, elements: { ...elements, chart: { type: "hologram", ...heading("全息") } } },
      }),
    );
    const { store } = buildReport(server);
    await store.open("r1");
    expect(card(store, "chart")).toMatchObject({
      kind: "table",
      note: "当前版本还不能绘制这种图表，先以表格显示",
      table: { rows: [{ cells: [{ text: "2026-11-01" }, { text: "3" }] }] },
    });
  });

  it("sorts a table by the tapped column over all rows, nothing measured last", async () => {
    const { store } = buildReport();
    await store.open("r1");
    const first = () => table(store)?.table.rows[0]?.cells.map(({ text }) => text);
    store.sortTable("table", "revenue");
    expect(first()).toEqual(["店89", "89"]);
    store.sortTable("table", "revenue");
    expect(first()).toEqual(["店0", "0"]);
    store.sortTable("table", "gone");
    store.sortTable("broken", "revenue");
    expect(first()).toEqual(["店0", "0"]);
  });

  it("shows the page that was chosen", async () => {
    const { store } = buildReport();
    await store.open("r1");
    store.selectPage("p2");
    expect(screen(store).page).toBe("p2");
    expect(cards(store).map(({ id }) => id)).toEqual(["table"]);
  });

  it("keeps showing earlier data while it refreshes, and says so where that fails", async () => {
    const { store, server } = buildReport();
    await store.open("r1");
    const slow = deferred<unknown>();
    server.on("GET /api/reports/r1/view", () => slow.promise);
    const refreshed = store.refresh();
    expect(screen(store)).toMatchObject({ refreshing: true, title: "日报" });
    slow.reject(new ApiError("offline", ""));
    await refreshed;
    expect(screen(store)).toMatchObject({ refreshing: false, warning: "刷新失败，当前显示的是之前的数据" });
    server.on("GET /api/reports/r1/view", () => view());
    await store.refresh();
    expect(screen(store).warning).toBe("");
  });

  it("shows no earlier data of a report that may no longer be seen", async () => {
    const { store, server } = buildReport();
    await store.open("r1");
    server.on("GET /api/reports/r1/view", refuses("report_not_found"));
    await store.refresh();
    expect(store.view).toMatchObject({ kind: "failed", panel: { title: "打不开这份报表" } });
  });

  it("recovers from a failed first request", async () => {
    const { store, server } = buildReport();
    server.on("GET /api/reports/r1/view", refuses("timeout"));
    await store.open("r1");
    expect(store.view).toMatchObject({ kind: "failed", panel: { code: "timeout" } });
    server.on("GET /api/reports/r1/view", () => view());
    await store.refresh();
    expect(store.view.kind).toBe("ready");
  });

  it("ignores an answer that arrives after it was disposed of", async () => {
    const { store, server } = buildReport();
    const slow = deferred<unknown>();
    server.on("GET /api/reports/r1/view", () => slow.promise);
    const opened = store.open("r1");
    await settle();
    store.dispose();
    slow.resolve(view());
    await opened;
    expect(store.view.kind).toBe("loading");
  });

  it("marks a favourite at once, and takes it back where the server refuses", async () => {
    const { store, server } = buildReport();
    await store.open("r1");
    server.on("POST /api/reports/r1/favourite", refuses("offline"));
    const toggled = store.toggleFavourite();
    expect(screen(store).favourite).toBe(true);
    await toggled;
    expect(screen(store).favourite).toBe(false);
  });

  it("says so where it has no cards yet", async () => {
    const { store, server } = buildReport();
    const spec = { version: 1, title: "新", pages: [{ ...pages[0], layout: [] }], elements: {}, filters: [] };
    server.on("GET /api/reports/r1/view", () => view({ spec, cards: {} }));
    await store.open("r1");
    expect(screen(store)).toMatchObject({ pages: [], rows: [], empty: { title: "这份报表还没有内容" } });
  });
});
