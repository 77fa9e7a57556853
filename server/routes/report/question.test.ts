import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import type { ReportId } from "../../../core/contract/id";
import type { CardsReply, FilterOptions } from "../../../core/contract/report/question";
import type { ReportSpec, ReportView } from "../../../core/contract/report/report";
import {
  CASES_CSV,
  CASES_MODEL,
  CASES_SPEC,
  QUESTION_CASES,
  specOf,
} from "../../../core/report/question/question.cases";
import { VISITS_CSV, VISITS_MODEL } from "../../../core/report/question/question.cases";
import { builders, type BuiltEnterprise } from "../../../tests/factories/build";
import { request, type Ask } from "../../../tests/factories/client";
import { unzipped } from "../../../tests/factories/workbook";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(60_000); // passwords are slow on purpose, and machines may be busy

let world: World;
let enterprise: BuiltEnterprise;
let token: string;
let stranger: string;
const reports = new Map<string, ReportId>();

beforeAll(async () => {
  world = await startWorld();
  const build = builders(world);
  const reader = await build.buildUser();
  enterprise = reader.enterprise;
  token = await build.tokenOf(reader);
  stranger = await build.tokenOf(await build.buildUser({ role: "administrator" }));
  const folder = join(world.config.dataDir, "files", enterprise.id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "shops.csv"), CASES_CSV);
  writeFileSync(join(folder, "visits.csv"), VISITS_CSV);
  for (const [name, model] of Object.entries({ shops: CASES_MODEL, visits: VISITS_MODEL }))
    await world.server.domain.saveDataset({ enterpriseId: enterprise.id, name, model });
});
afterAll(() => world.stop());

const ask = <T>(method: string, path: string, options: Ask = {}) => request<T>(world.server.url, method, path, options);

/** The id of a stored report that everyone of the enterprise may see; the same document is stored once. */
async function reportOf(spec: z.input<typeof ReportSpec>): Promise<ReportId> {
  const key = JSON.stringify(spec);
  const known = reports.get(key);
  if (known) return known;
  const { domain } = world.server;
  const id = await domain.reports.create({ enterpriseId: enterprise.id, spec, createdBy: null });
  await domain.reports.grant(enterprise.id, id, { kind: "enterprise", enterpriseId: enterprise.id }, "view");
  reports.set(key, id);
  return id;
}

const cards = (id: string, body: unknown, as: string | undefined = token) =>
  ask<CardsReply>("POST", `/api/reports/${id}/cards`, { token: as, body });
const options = (id: string, filter: string, body: unknown = {}, as: string | undefined = token) =>
  ask<FilterOptions>("POST", `/api/reports/${id}/filters/${filter}/options`, { token: as, body });
const exported = (id: string, element: string, query: Record<string, string>, as: string | undefined = token) =>
  ask<string>("GET", `/api/reports/${id}/elements/${element}/export?${new URLSearchParams(query).toString()}`, {
    token: as,
  });

function rowsOf(card: CardsReply["cards"][string] | undefined): unknown[][] {
  if (card?.state !== "ready") throw new Error(`The card is ${JSON.stringify(card)}.`);
  const { values, rowCount } = card.data;
  return Array.from({ length: rowCount }, (_, row) => values.map((column) => column[row]));
}

describe("a question, answered by the engine", () => {
  it.each(QUESTION_CASES)("$rule", async ({ question, rows, waiting = {}, ...one }) => {
    const id = await reportOf(specOf({ question, rows, ...one }));
    const elements = [...Object.keys(rows), ...Object.keys(waiting)];

    const { status, body } = await cards(id, { ...question, elements });

    expect(status).toBe(200);
    expect(Object.keys(body.cards).sort()).toEqual(elements.sort());
    for (const [element, expected] of Object.entries(rows)) {
      expect([element, rowsOf(body.cards[element])]).toEqual([element, expected]);
    }
    for (const [element, needs] of Object.entries(waiting)) {
      expect(body.cards[element]).toEqual({ state: "waiting", needs });
    }
  });

  it("is what the first screen answers too, where a link brings it; what does not fit is left out", async () => {
    const id = await reportOf(CASES_SPEC);
    const question = { filters: { region: { operator: "equals", values: ["west"] }, gone: null } };
    const link = encodeURIComponent(JSON.stringify(question));

    const { body } = await ask<ReportView>("GET", `/api/reports/${id}/view?question=${link}`, { token });

    expect(rowsOf(body.cards["total"])).toEqual([[96]]);
    expect(Object.keys(body.cards).sort()).toEqual(["months", "online", "regions", "total", "visits"]);
    const damaged = await ask<ReportView>("GET", `/api/reports/${id}/view?question=%7Bx`, { token });
    expect(rowsOf(damaged.body.cards["total"])).toEqual([[248]]);
  });

  it("is refused where it does not fit the report", async () => {
    const id = await reportOf(CASES_SPEC);
    const refused = await Promise.all([
      cards(id, { filters: { gone: null } }),
      cards(id, { filters: { region: { operator: "inThePast", values: [3], unit: "days" } } }),
      cards(id, { cross: [{ element: "total", field: "region", values: ["east"] }] }),
      cards(id, { cross: [{ element: "regions", field: "channel", values: ["web"] }] }),
      cards(id, { drill: { months: [{ field: "day", value: "2026-11-01" }] } }),
      cards(id, { elements: ["gone"] }),
      cards(id, { filters: { region: { operator: "equals", values: [{}] } } }),
      cards("not-an-id", {}),
    ]);
    expect(refused.map((answer) => answer.code)).toEqual(refused.map(() => "input_invalid"));
  });
});

describe("elements and filters that are called as what every object has", () => {
  it("are those of the report and no others", async () => {
    const strange = await reportOf({
      ...CASES_SPEC,
      title: "Strange names",
      elements: {
        constructor: { type: "kpi" as const, title: "Sum", query: { dataset: "shops", measures: ["amount"] } },
      },
      pages: [{ id: "main", title: "Main", layout: [{ element: "constructor", x: 0, y: 0, w: 9, h: 4 }] }],
      filters: [],
    });
    const plain = await reportOf(CASES_SPEC);

    const { body } = await cards(strange, { question: {} });

    expect(body.cards["constructor"]?.state).toBe("ready");
    expect((await exported(plain, "constructor", { format: "csv" })).code).toBe("not_found");
    expect((await cards(plain, { question: { drill: { constructor: [] } } })).status).toBeLessThan(500);
  });
});

describe("what can be chosen for a filter", () => {
  it("are the values of its field, narrowed down by its parent's and by what is searched", async () => {
    const id = await reportOf(CASES_SPEC);
    const under = (region: string) => ({ filters: { region: { operator: "equals", values: [region] } } });

    const [regions, cities, eastern, searched, own] = await Promise.all([
      options(id, "region"),
      options(id, "city"),
      options(id, "city", under("east")),
      options(id, "city", { search: "ZHOU" }),
      options(id, "region", under("east")),
    ]);

    expect(regions.body).toEqual({ values: ["east", "west", null], truncated: false });
    expect(cities.body.values).toEqual(["chengdu", "hangzhou", "suzhou", null]);
    expect(eastern.body.values).toEqual(["hangzhou", "suzhou"]);
    expect(searched.body.values).toEqual(["hangzhou", "suzhou"]);
    expect(own.body.values).toEqual(["east", "west", null]);
  });

  it("are none that the report's cards could not show", async () => {
    const { total, regions } = CASES_SPEC.elements;
    const west = { field: "region", operator: "equals" as const, values: ["west"] };
    const narrowed = <T extends typeof total | typeof regions>(element: T): T => ({
      ...element,
      query: { ...element.query, filters: [...element.query.filters, west] },
    });
    const id = await reportOf({
      ...CASES_SPEC,
      elements: { total: narrowed(total), regions: narrowed(regions) },
    });

    expect((await options(id, "city")).body.values).toEqual(["chengdu"]);
  });

  it("say so where there are more than can be shown", async () => {
    const folder = join(world.config.dataDir, "files", enterprise.id);
    const many = Array.from({ length: 300 }, (_, index) => `2026-11-01,east,c${1000 + index},s,web,1`).join("\n");
    writeFileSync(
      join(folder, "many.csv"),
      `day,region,city,store,channel,amount\n${many}\n2026-11-01,east,,s,web,1\n`,
    );
    const [shops] = CASES_MODEL.semantic_model.datasets;
    if (!shops) throw new Error("The cases have no dataset.");
    const semantic_model = { ...CASES_MODEL.semantic_model, datasets: [{ ...shops, source: "many.csv" }] };
    await world.server.domain.saveDataset({
      enterpriseId: enterprise.id,
      name: "many",
      model: { ...CASES_MODEL, semantic_model },
    });
    const id = await reportOf(
      JSON.parse(JSON.stringify(CASES_SPEC).replaceAll('"dataset":"shops"', '"dataset":"many"')) as never,
    );

    const { body } = await options(id, "city");

    expect([body.values.length, body.values[0], body.values[1], body.truncated]).toEqual([201, null, "c1000", true]);
    expect((await options(id, "city", { search: "c1299" })).body).toEqual({ values: ["c1299"], truncated: false });
  });

  it("are asked of filters that the report has", async () => {
    const id = await reportOf(CASES_SPEC);
    expect((await options(id, "gone")).code).toBe("not_found");
    expect((await options(id, "city", { search: 3 })).code).toBe("input_invalid");
  });
});

describe("an export", () => {
  it("holds the card's rows under the reader's question, with labels, as CSV for Excel", async () => {
    const id = await reportOf(CASES_SPEC);
    const question = JSON.stringify({ drill: { regions: [{ field: "region", value: "east" }] } });

    const { status, headers, body } = await exported(id, "regions", { format: "csv", question });

    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(headers.get("content-disposition")).toBe('attachment; filename="Regions.csv"');
    expect(headers.get("cache-control")).toBe("no-store");
    // fetch takes the byte order mark away when it decodes
    expect(body.replace("\uFEFF", "")).toBe("city,Amount\r\nhangzhou,8\r\nsuzhou,16\r\n");
  });

  it("begins with a byte order mark", async () => {
    const id = await reportOf(CASES_SPEC);
    const reply = await fetch(`${world.server.url}/api/reports/${id}/elements/total/export?format=csv`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([...new Uint8Array(await reply.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it("is a workbook with numbers, dates and texts as such", async () => {
    const id = await reportOf(CASES_SPEC);
    const reply = await fetch(`${world.server.url}/api/reports/${id}/elements/months/export?format=xlsx`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const parts = unzipped(Buffer.from(await reply.arrayBuffer()));

    expect([...parts.keys()]).toEqual(
      expect.arrayContaining(["[Content_Types].xml", "_rels/.rels", "w.xml", "s.xml", "styles.xml"]),
    );
    expect(parts.get("s.xml")).toContain('<c r="A2" s="1"><v>46266</v></c><c r="B2" s="2"><v>1</v></c>'); // 2026-09-01
    expect(parts.get("s.xml")).toContain('<c r="B1" t="inlineStr"><is><t xml:space="preserve">Amount</t></is></c>');
    expect(parts.get("styles.xml")).toContain("yyyy\\-mm\\-dd");
  });

  it("holds no text that a spreadsheet runs as a formula, and none whose digits it would change", async () => {
    const folder = join(world.config.dataDir, "files", enterprise.id);
    const evil = ["=1+1", "+1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://evil","x")', " =1", "＝1", "plain", "a,b"];
    const digits = ["02138", "110101199001010010"];
    const quoted = [...evil, ...digits].map((text) => `"${text.replaceAll('"', '""')}",1`);
    writeFileSync(join(folder, "evil.csv"), `name,amount\n${quoted.join("\n")}\nminus,-5\n`);
    const [shops] = CASES_MODEL.semantic_model.datasets;
    const field = shops?.fields.find(({ name }) => name === "region");
    if (!shops || !field) throw new Error("The cases have no dataset.");
    const name = {
      ...field,
      name: "name",
      expression: { dialects: [{ dialect: "ANSI_SQL" as const, expression: "name" }] },
    };
    const semantic_model = {
      ...CASES_MODEL.semantic_model,
      datasets: [{ ...shops, source: "evil.csv", fields: [name] }],
    };
    await world.server.domain.saveDataset({
      enterpriseId: enterprise.id,
      name: "evil",
      model: { ...CASES_MODEL, semantic_model },
    });
    const list = {
      type: "table" as const,
      title: "List",
      query: { dataset: "evil", dimensions: [{ field: "name" }], measures: ["amount"] },
    };
    const id = await reportOf({
      ...CASES_SPEC,
      pages: [{ ...CASES_SPEC.pages[0], id: "p", title: "P", layout: [] }],
      elements: { list },
      filters: [],
    });

    const lines = (await exported(id, "list", { format: "csv" })).body
      .replace("\uFEFF", "")
      .trim()
      .split("\r\n")
      .slice(1);

    const names = lines.map((line) => line.slice(0, line.lastIndexOf(",")).replace(/^"|"$/g, "").replaceAll('""', '"'));
    expect(names.sort()).toEqual(
      [
        ...evil.slice(0, 7).map((text) => `'${text}`),
        "plain",
        "a,b",
        "minus",
        ...digits.map((text) => `="${text}"`),
      ].sort(),
    );
    expect(lines).toContain("minus,-5");
  });

  it("tells a card's failure as a failure, not as a file", async () => {
    const spec = specOf({ rule: "", question: {}, rows: {}, required: true });
    const id = await reportOf(spec);
    const [waiting, text, unknown, format, question] = await Promise.all([
      exported(id, "total", { format: "csv" }),
      exported(id, "note", { format: "csv" }),
      exported(id, "gone", { format: "csv" }),
      exported(id, "online", { format: "pdf" }),
      exported(id, "online", { format: "csv", question: "{" }),
    ]);
    expect([waiting, text, unknown, format, question].map(({ code }) => code)).toEqual([
      "input_invalid",
      "not_found",
      "not_found",
      "input_invalid",
      "input_invalid",
    ]);
  });
});

describe("every route of questions", () => {
  it("wants a session", async () => {
    const id = randomUUID();
    const answers = await Promise.all([
      ask("POST", `/api/reports/${id}/cards`, { body: {} }),
      ask("POST", `/api/reports/${id}/filters/region/options`, { body: {} }),
      ask("GET", `/api/reports/${id}/elements/total/export?format=csv`),
    ]);
    expect(answers.map(({ status, code }) => [status, code])).toEqual(answers.map(() => [401, "signed_out"]));
  });

  it("answers strangers as if there were no report", async () => {
    const id = await reportOf(CASES_SPEC);
    const answers = await Promise.all([
      cards(id, {}, stranger),
      options(id, "region", {}, stranger),
      exported(id, "total", { format: "csv" }, stranger),
    ]);
    expect(answers.map(({ status, code }) => [status, code])).toEqual(answers.map(() => [404, "report_not_found"]));
  });
});
