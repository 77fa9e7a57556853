/** What the server of the engine check answers: one report with every kind of card. Fixed, so that each run is the same. */

const at = "2026-11-22T02:00:00.000Z";
const later = "2036-11-22T02:00:00.000Z";
const enterprise = { id: "e1", corpId: "dingdemo", name: "青禾" };
const me = {
  user: { id: "u1", name: "李明", login: "liming", avatar: null },
  instanceOwner: false,
  enterprise,
  role: "viewer",
  departments: [],
  enterprises: [enterprise],
};
const tokens = { accessToken: "a", accessExpiresAt: later, refreshToken: "r", refreshExpiresAt: later };

const yuan = { kind: "currency", currency: "CNY", compact: true };
const day = { name: "day", label: "日期", role: "dimension", type: "date", grain: "day" };
const store = { name: "store", label: "门店", role: "dimension", type: "string" };
const revenue = {
  name: "revenue",
  label: "销售额",
  role: "measure",
  type: "number",
  format: yuan,
  direction: "up_good",
};
const earlier = { ...revenue, name: "revenue:previous", role: "comparison" };
const query = { dataset: "retail", dimensions: [], measures: ["revenue"], filters: [], sort: [], limit: 100 };

const days = ["2026-11-01", "2026-11-02", "2026-11-03"];
const ready = (columns: object[], values: unknown[][]) => ({
  state: "ready",
  data: { columns, values, rowCount: (values[0] as unknown[]).length, truncated: false },
});
const trend = ready([day, revenue, earlier], [days, [90_000, null, 120_000], [80_000, 85_000, 70_000]]);
const shares = ready(
  [store, revenue],
  [
    ["南京路", "湖滨", "新街口"],
    [5, 3, 2],
  ],
);
const styled = (mark: string, extra: object) => ({ series: [{ measure: "revenue", mark, axis: "left" }], ...extra });

const elements: Record<string, object> = {
  total: { type: "kpi", title: "销售额", query, trend: query },
  area: { type: "cartesian", title: "趋势", query, visual: styled("area", {}) },
  ranking: { type: "cartesian", title: "排行", query, visual: styled("bar", { horizontal: true }) },
  ring: { type: "pie", title: "占比", query },
  table: { type: "table", title: "明细", query },
  note: { type: "text", title: "说明", text: "口径" },
};
const layout = Object.keys(elements).map((element, y) => ({ element, x: 0, y, w: 36, h: 4 }));

const report = {
  id: "r1",
  revision: 1,
  level: "view",
  favourite: false,
  spec: {
    version: 1,
    title: "日报",
    pages: [{ id: "p", title: "总览", layout, mobile: { mode: "auto" } }],
    elements,
    filters: [],
  },
  cards: {
    total: { ...ready([revenue, earlier], [[110], [100]]), trend: trend.data },
    area: trend,
    ranking: shares,
    ring: shares,
    table: shares,
  },
  dataAsOf: at,
};
const summary = {
  id: "r1",
  title: "日报",
  description: null,
  owner: enterprise,
  level: "view",
  folderId: null,
  favourite: false,
  updatedAt: at,
  openedAt: null,
};

/** Bodies by the end of the path that is asked for. */
export const ANSWERS: Record<string, unknown> = {
  "/api/session/dingtalk": { tokens, me },
  "/api/reports": { reports: [summary], folders: [], total: 1 },
  "/api/reports/r1/view": report,
};
