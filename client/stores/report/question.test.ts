import { answer, dimension, measure } from "../../../core/report/card.testing";
import { LanguageStore } from "../language";
import { ReportStore } from "./report";
import { deferred, FakeServer, memoryStorage, NOW, refuses, settle } from "../server.testing";

const language = () => new LanguageStore({ storage: memoryStorage(), system: "zh-CN" });
const ready = () => Promise.resolve();

describe("a reader's question", () => {
  const amount = measure("amount");
  const dataset = "shops";
  const query = { dataset, dimensions: [{ field: "region" }], measures: ["amount"], filters: [], sort: [], limit: 100 };
  const elements = {
    total: { type: "kpi", title: "总额", query: { ...query, dimensions: [] } },
    regions: { type: "table", title: "大区", query, drill: ["region", "city"] },
    other: { type: "kpi", title: "别的", query: { ...query, dataset: "other", dimensions: [] } },
  };
  const filters = [
    { id: "region", label: "大区", dataset, field: "region", operator: "equals", required: false },
    { id: "city", label: "城市", dataset, field: "city", operator: "equals", required: false, parent: "region" },
    { id: "number", label: "编号", dataset, field: "number", operator: "inBetween", required: false },
  ];
  const layout = Object.keys(elements).map((element, y) => ({ element, x: 0, y, w: 9, h: 4 }));
  const regions = (first: string) => ({ state: "ready", data: answer([dimension("region"), amount], [[first, 1]]) });
  const cities = { state: "ready", data: answer([dimension("city"), amount], [["上海", 1]]) };
  const total = (value: number) => ({ state: "ready", data: answer([amount], [[value]]) });
  const opened = {
    id: "r1",
    revision: 1,
    level: "view",
    favourite: false,
    spec: {
      version: 1,
      title: "店",
      pages: [{ id: "p", title: "P", layout, mobile: { mode: "auto" } }],
      elements,
      filters,
    },
    cards: { total: total(100), regions: regions("华东"), other: total(7) },
    dataAsOf: new Date(NOW).toISOString(),
  };
  const CARDS = "/api/reports/r1/cards";

  async function openShops(link = "") {
    const server = new FakeServer().on("GET /api/reports/r1/view", () => opened);
    const store = new ReportStore({
      call: server.transport,
      language: language(),
      whenReady: ready,
      contentWidth: 319,
      name: () => "page-1",
      now: () => NOW,
    });
    await store.open("r1", link);
    const answers = (cards: object) => server.on(`POST ${CARDS}`, () => ({ cards, dataAsOf: opened.dataAsOf }));
    const asked = () => server.requests.filter(({ path }) => path === CARDS).map(({ body }) => body);
    return { server, store, answers, asked };
  }
  const shown = (store: ReportStore, id: string) =>
    store.view.kind === "ready" ? store.view.rows.flatMap((row) => row.cards).find((one) => one.id === id) : undefined;
  const value = (store: ReportStore) => {
    const card = shown(store, "total");
    return card?.kind === "kpi" ? card.kpi.main.value : card?.kind;
  };
  const east = { operator: "equals" as const, values: ["华东"] };

  it("asks for nothing before a draft is applied, then only for the cards that it reaches", async () => {
    const { store, answers, asked } = await openShops();
    answers({ total: total(30), regions: regions("华东") });
    store.question.edit("region", east);
    expect([asked(), store.question.view.dirty, store.question.view.filters[0]?.text]).toEqual([[], true, "华东"]);
    store.question.apply();
    expect([shown(store, "total")?.busy, shown(store, "other")?.busy]).toEqual([true, false]);
    await settle();
    expect(asked()).toMatchObject([{ filters: { region: east }, elements: ["total", "regions"] }]);
    expect([value(store), shown(store, "total")?.busy]).toEqual(["30", false]);
    expect(store.question.view.chips.map(({ label, text }) => [label, text])).toEqual([["大区", "华东"]]);
  });

  it("keeps each digit of a typed number, and knows the greater of two long ones", async () => {
    const { store, answers, asked } = await openShops();
    answers({ total: total(30), regions: regions("华东") });
    store.question.editEnd("number", "from", "12345678901234568");
    store.question.editEnd("number", "to", "12345678901234567");
    const shownFilter = store.question.view.filters[2];
    expect([shownFilter?.from, shownFilter?.to]).toEqual(["12345678901234567", "12345678901234568"]);
    store.question.editEnd("number", "to", "12a");
    store.question.apply();
    await settle();
    const values = ["12345678901234567", "12345678901234568"];
    expect(asked()).toMatchObject([{ filters: { number: { operator: "inBetween", values } } }]);
  });

  it("drops the answer to an earlier question that arrives late", async () => {
    const { store, server, answers } = await openShops();
    const slow = deferred<unknown>();
    server.on(`POST ${CARDS}`, () => slow.promise);
    store.question.set("region", east);
    await settle();
    answers({ total: total(2), regions: regions("华西") });
    store.question.set("region", { operator: "equals", values: ["华西"] });
    await settle();
    slow.resolve({ cards: { total: total(1), regions: regions("华东") }, dataAsOf: opened.dataAsOf });
    await settle();
    expect(value(store)).toBe("2");
  });

  it("shows no number of an earlier question where the new one fails", async () => {
    const { store, server } = await openShops();
    server.on(`POST ${CARDS}`, refuses("offline"));
    store.question.set("region", east);
    await settle();
    expect([value(store), shown(store, "total")?.busy]).toEqual(["failed", false]);
  });

  it("goes down into a tapped row and back; the lower level is shown once its data is there", async () => {
    const { store, server, answers, asked } = await openShops();
    const slow = deferred<unknown>();
    server.on(`POST ${CARDS}`, () => slow.promise);
    store.drillRow("regions", 0);
    store.drillRow("regions", 0); // a second tap while it waits
    const waiting = shown(store, "regions");
    expect(waiting).toMatchObject({ busy: true, trail: [{ depth: 0, text: "华东" }], goesDown: false });
    expect(waiting?.kind === "table" && waiting.table.columns[0]?.field).toBe("region");
    slow.resolve({ cards: { regions: cities }, dataAsOf: opened.dataAsOf });
    await settle();
    const below = shown(store, "regions");
    expect(below?.kind === "table" && below.table.columns[0]?.field).toBe("city");
    answers({ regions: regions("华东") });
    store.question.drillBack("regions", 0);
    await settle();
    expect(shown(store, "regions")).toMatchObject({ trail: [], goesDown: true });
    expect(asked()).toHaveLength(2);
  });

  it("filters the other cards by a picked value until it is picked again", async () => {
    const { store, answers, asked } = await openShops();
    answers({ total: total(30) });
    store.question.pick("regions", "华东");
    await settle();
    expect(store.question.view.chips).toMatchObject([{ kind: "cross", label: "region", text: "华东" }]);
    store.question.pick("regions", "华东");
    await settle();
    expect(asked()).toMatchObject([{ elements: ["total"] }, { elements: ["total"], cross: [] }]);
  });

  it("a filter's value goes with its parent's; options are asked under the draft", async () => {
    const { store, server, answers } = await openShops();
    answers({ total: total(1), regions: regions("华东") });
    server.on("POST /api/reports/r1/filters/city/options", () => ({ values: ["上海", "杭州"], truncated: false }));
    store.question.edit("region", east);
    await store.question.loadOptions("city");
    expect(server.requests[server.requests.length - 1]?.body).toEqual({ search: "", filters: { region: east } });
    store.question.toggleOption("city", "上海");
    expect(store.question.view.filters[1]?.options.items.map(({ text, on }) => [text, on])).toEqual([
      ["上海", true],
      ["杭州", false],
    ]);
    store.question.edit("region", null);
    expect(store.question.view.filters[1]?.text).toBe("");
    store.question.discard();
    expect(store.question.view.dirty).toBe(false);
  });

  it("comes with a link, in the first request, and leaves out what the report does not know", async () => {
    const { store, server } = await openShops(JSON.stringify({ filters: { region: east, gone: null } }));
    expect(server.requests).toHaveLength(1);
    expect(JSON.parse(String(server.requests[0]?.query?.["question"]))).toMatchObject({ filters: { region: east } });
    expect(JSON.parse(store.question.link)).toEqual({ filters: { region: east } });
  });

  it("tells which filter a card waits for", async () => {
    const { store, server } = await openShops();
    const cards = { ...opened.cards, total: { state: "waiting", needs: ["region"] } };
    server.on("GET /api/reports/r1/view", () => ({ ...opened, cards }));
    await store.refresh();
    expect(shown(store, "total")).toMatchObject({ kind: "waiting", text: "请先选择大区" });
  });
});
