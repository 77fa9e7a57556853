import { randomUUID } from "node:crypto";
import type { ReportDraft } from "../../../core/contract/report/draft";
import type { CardsReply } from "../../../core/contract/report/question";
import { builders, SALES_REPORT } from "../../../tests/factories/build";
import { changed, editing } from "../../../tests/factories/editing";
import { waitFor } from "../../../tests/factories/office";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(60_000);

let world: World;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
});
afterAll(() => world.stop());

const { ask, create, draft, post, save, publish, view, list, state, prepare } = editing(() => ({ world, build }));

describe("making a report", () => {
  it("begins with a draft that nobody but its editors knows of, and readers see what is published", async () => {
    const { enterprise, editor, other, reader, viewer } = await prepare();
    const made = await create(editor, { title: "Mine", from: { kind: "spec", spec: SALES_REPORT } });
    const { reportId } = made.body;
    await world.server.domain.reports.grant(enterprise.id, reportId, { kind: "user", userId: reader.id }, "edit");

    const begun = await draft(reportId, editor);

    expect(begun.body).toMatchObject({
      revision: 0,
      version: 1,
      isDraft: true,
      level: "edit",
      spec: { title: "Mine" },
    });
    expect((await list(editor)).find(({ id }) => id === reportId)).toMatchObject({
      title: "Mine",
      isUnpublished: true,
    });
    expect((await view(reportId, editor)).code).toBe("report_not_found");
    for (const token of [viewer, other]) {
      expect((await view(reportId, token)).code).toBe("report_not_found");
      expect((await list(token)).map(({ id }) => id)).not.toContain(reportId);
    }
    expect((await post(reportId, "draft/discard", editor, { version: 1 })).code).toBe("report_unpublished");

    expect((await publish(reportId, editor, 1, "First")).body).toEqual({ revision: 1 });
    const seen = await view(reportId, viewer);
    expect([seen.body.spec.title, seen.body.level]).toEqual(["Mine", "view"]);
    expect(seen.body.cards["total"]).toMatchObject({ data: { values: [[42]] } });
    expect((await list(viewer)).find(({ id }) => id === reportId)).not.toHaveProperty("isUnpublished");
    expect((await publish(reportId, editor, 1)).body).toEqual({ revision: 1 });
  });

  it("copies what is published of one's own enterprise's reports", async () => {
    const { reportId, editor, other } = await prepare();
    const { body } = await draft(reportId, editor);
    await save(reportId, editor, { version: 0, spec: { ...body.spec, title: "Not yet" } });

    const copied = await create(other, { title: "Copy", from: { kind: "copy", reportId } });

    const { spec } = (await draft(copied.body.reportId, other)).body;
    expect(spec).toMatchObject({ title: "Copy", elements: body.spec.elements });
    const stranger = await build.tokenOf(await build.buildUser({ role: "editor" }));
    expect((await create(stranger, { from: { kind: "copy", reportId } })).code).toBe("report_not_found");
  });

  it("takes editors and administrators, and nothing that is no report", async () => {
    const { editor, viewer } = await prepare();
    const lost = { title: "x", pages: [{ id: "a", title: "", layout: [{ element: "no", x: 0, y: 0, w: 1, h: 1 }] }] };

    expect((await create(viewer, {})).code).toBe("forbidden");
    expect((await create(undefined, {})).code).toBe("signed_out");
    for (const body of [
      { title: "" },
      { from: { kind: "other" } },
      { folderId: "x" },
      { from: { kind: "spec", spec: { ...lost, version: 1, elements: {} } } },
      { title: "a\0b" },
    ]) {
      expect((await create(editor, body)).code).toBe("input_invalid");
    }
    expect((await create(editor, { folderId: randomUUID() })).code).toBe("not_found");
    expect((await create(editor, { title: "👩🏽‍💻 <script> ‮" })).status).toBe(200);
  });
});

describe("a draft", () => {
  it("is shared by its editors, and hidden from readers until it is published", async () => {
    const { reportId, one, editor, other, viewer } = await prepare();
    const { spec } = (await draft(reportId, editor)).body;

    const saved = await save(reportId, editor, { version: 0, spec: { ...spec, title: "Better" } });

    expect(saved.body).toMatchObject({ version: 1, spec: null, conflicts: [] });
    expect((await draft(reportId, other)).body).toMatchObject({
      version: 1,
      revision: 1,
      isDraft: true,
      spec: { title: "Better" },
      savedBy: { id: one.id },
    });
    expect((await view(reportId, viewer)).body).toMatchObject({ revision: 1, spec: { title: "Sales" } });
    expect((await list(editor))[0]).toMatchObject({ title: "Sales", isDraft: true });
    expect((await list(viewer))[0]).not.toHaveProperty("isDraft");
    expect((await publish(reportId, other, 0)).code).toBe("draft_changed");
    expect((await publish(reportId, other, 1)).body).toEqual({ revision: 2 });
    expect((await view(reportId, viewer)).body).toMatchObject({ revision: 2, spec: { title: "Better" } });
    expect((await draft(reportId, editor)).body).toMatchObject({ version: 1, revision: 2, isDraft: false });
  });

  it("is saved as large as a report may be, and no larger", async () => {
    const { reportId, editor } = await prepare();
    const { spec } = (await draft(reportId, editor)).body;
    const largest = changed(spec, (copy) => {
      copy.pages = Array.from({ length: 20 }, (_, page) => ({
        id: `p${page}`,
        title: `Page ${page}`,
        mobile: { mode: "auto" as const },
        layout: Array.from({ length: 60 }, (_, n) => ({ element: `c${page}x${n}`, x: 0, y: n, w: 36, h: 1 })),
      }));
      const [sample] = Object.values(spec.elements);
      copy.elements = {};
      for (const { layout } of copy.pages)
        for (const { element } of layout) if (sample) copy.elements[element] = { ...sample, title: "名".repeat(100) };
    });
    expect(Buffer.byteLength(JSON.stringify(largest))).toBeGreaterThan(256 * 1024);

    expect((await save(reportId, editor, { version: 0, spec: largest })).body).toMatchObject({ version: 1 });

    expect(Object.keys((await draft(reportId, editor)).body.spec.elements)).toHaveLength(1_200);
    const tooLarge = { version: 1, spec: { ...largest, description: "x".repeat(2_100_000) } };
    expect((await save(reportId, editor, tooLarge)).code).toBe("body_too_large");
  });

  it("merges what two editors did at once, and says where both changed the same", async () => {
    const { reportId, editor, other } = await prepare();
    const { spec } = (await draft(reportId, editor)).body;
    const mine = changed(spec, (copy) => {
      copy.title = "Mine";
      copy.elements["note"] = { type: "text", title: "Note", text: "Mine" };
    });
    const theirs = changed(spec, (copy) => {
      copy.title = "Theirs";
      copy.pages[0]?.layout.pop();
    });

    await save(reportId, other, { version: 0, spec: theirs }, "client-two");
    const merged = await save(reportId, editor, { version: 0, spec: mine });

    expect(merged.body.conflicts).toEqual([{ kind: "both", unit: "title", mine: "Mine", theirs: "Theirs" }]);
    expect(merged.body.spec).toMatchObject({ title: "Theirs", elements: { note: { text: "Mine" } } });
    expect(merged.body.spec?.pages[0]?.layout).toHaveLength(2);
    expect((await draft(reportId, other)).body.spec).toEqual(merged.body.spec);
  });

  it("takes a client's next save for what it is, although the answer to the last one was lost", async () => {
    const { reportId, editor, other } = await prepare();
    const { spec } = (await draft(reportId, editor)).body;
    const added = (text: string) =>
      changed(spec, (copy) => void (copy.elements["fresh"] = { type: "text", title: "", text }));

    await save(reportId, other, { version: 0, spec: { ...spec, title: "Theirs" } }, "client-two");
    await save(reportId, editor, { version: 0, spec: added("first") }); // whose answer is lost
    const again = await save(reportId, editor, { version: 0, spec: added("second") });

    expect(again.body).toMatchObject({
      conflicts: [],
      spec: { title: "Theirs", elements: { fresh: { text: "second" } } },
    });
    expect(Object.keys(again.body.spec?.elements ?? {})).toHaveLength(4);
  });

  it("refuses what was made from a version that nobody knows any more", async () => {
    const { reportId, editor } = await prepare();
    const { spec } = (await draft(reportId, editor)).body;

    expect((await save(reportId, editor, { version: 7, spec: { ...spec, title: "x" } })).code).toBe("draft_base_gone");
    await save(reportId, editor, { version: 0, spec: { ...spec, title: "one" } });
    await world.database.query("delete from draft_save where report_id = $1 and version = 0", [reportId]);
    const lost = await save(reportId, editor, { version: 0, spec: { ...spec, title: "two" } }, "another-client");
    expect(lost.code).toBe("draft_base_gone");
  });

  it("goes on with its own changes where a script publishes beside it", async () => {
    const { enterprise, reportId, editor } = await prepare();
    const { spec } = (await draft(reportId, editor)).body;
    await save(reportId, editor, { version: 0, spec: { ...spec, title: "Mine" } });
    const beside = { ...spec, description: "From a script" };

    await world.server.domain.reports.save({ enterpriseId: enterprise.id, reportId, spec: beside, createdBy: null });

    expect((await draft(reportId, editor)).body).toMatchObject({
      version: 2,
      revision: 2,
      isDraft: true,
      spec: { title: "Mine", description: "From a script" },
    });
  });

  it("can be discarded", async () => {
    const { reportId, editor } = await prepare();
    const { spec } = (await draft(reportId, editor)).body;
    await save(reportId, editor, { version: 0, spec: { ...spec, title: "Mine" } });

    expect((await post(reportId, "draft/discard", editor, { version: 0 })).code).toBe("draft_changed");
    const left = await post<ReportDraft>(reportId, "draft/discard", editor, { version: 1 });

    expect(left.body).toMatchObject({ version: 2, isDraft: false, spec: { title: "Sales" } });
    const kept = await save(reportId, editor, { version: 1, spec: { ...spec, title: "Mine", description: "More" } });
    expect((await draft(reportId, editor)).body.spec).toMatchObject({ title: "Sales", description: "More" });
    expect(kept.body.conflicts).toEqual([]);
  });
});

describe("a preview", () => {
  const elements = { card: { type: "kpi", title: "", query: { dataset: "sales", measures: ["amount"] } } };
  const west = { field: "region", operator: "equals", values: ["west"] };

  it("answers cards that are not saved as a view would", async () => {
    const { reportId, editor } = await prepare();
    const filters = [{ id: "region", label: "", dataset: "sales", field: "region", operator: "equals", default: west }];
    const preview = (body: object) => post<CardsReply>(reportId, "preview", editor, { client: "client-one", ...body });

    expect((await preview({ elements })).body.cards["card"]).toMatchObject({ data: { values: [[42]] } });
    expect((await preview({ elements, filters })).body.cards["card"]).toMatchObject({ data: { values: [[12]] } });
    const question = { filters: { region: null } };
    expect((await preview({ elements, filters, question })).body.cards["card"]).toMatchObject({
      data: { values: [[42]] },
    });
    const unknown = { card: { ...elements.card, query: { dataset: "sales", measures: ["profit"] } } };
    expect((await preview({ elements: unknown })).body.cards["card"]).toMatchObject({ state: "failed" });
    expect((await preview({ elements, question: { filters: { no: null } } })).code).toBe("input_invalid");
    expect((await preview({ elements: { card: { type: "kpi" } } })).code).toBe("input_invalid");
  });

  it("ends where a later one of the same client comes", async () => {
    const { reportId, editor } = await prepare();
    const slow = { ...elements, more: { ...elements.card, query: { ...elements.card.query, limit: 7 } } };
    const both = await Promise.all(
      [slow, elements].map((wanted) =>
        post<CardsReply>(reportId, "preview", editor, { client: "client-one", elements: wanted }),
      ),
    );

    expect(both.map(({ code }) => code)).toEqual(["superseded", undefined]);
  });
});

describe("editors of one report", () => {
  it("hear of saves, of publishing and of each other", async () => {
    const { reportId, one, editor, other } = await prepare();
    const { spec } = (await draft(reportId, editor)).body;
    const before = (await state(reportId, other)).body;

    const waiting = state(reportId, other, before.tag);
    await save(reportId, editor, { version: 0, spec: { ...spec, title: "Mine" } });
    const heard = await waiting;

    expect(heard.body).toMatchObject({ version: 1, isDraft: true, savedBy: { id: one.id }, people: [] });
    const here = { client: "client-one", element: "total" };
    await post(reportId, "presence", editor, here);
    const met = (await state(reportId, other, heard.body.tag)).body;
    expect(met.people).toEqual([{ ...here, user: { id: one.id, name: expect.any(String) as string } }]);
    await post(reportId, "presence", other, { ...here, leaves: true });
    expect((await state(reportId, other)).body.people).toHaveLength(1);
    await post(reportId, "presence", editor, { ...here, leaves: true });
    expect((await state(reportId, other, met.tag)).body.people).toEqual([]);
  });

  it("are streamed the same, until they may not edit any more", async () => {
    const { enterprise, reportId, editor, other } = await prepare();
    const { spec } = (await draft(reportId, editor)).body;
    const gone = new AbortController();
    const path = `${world.server.url}/api/reports/${reportId}/draft/events`;
    const response = await fetch(path, { headers: { authorization: `Bearer ${other}` }, signal: gone.signal });
    let text = "";
    const read = (async () => {
      for await (const part of response.body ?? []) text += Buffer.from(part as Uint8Array).toString();
    })();

    await save(reportId, editor, { version: 0, spec: { ...spec, title: "Mine" } });
    await waitFor(
      () => Promise.resolve(text),
      (so) => so.includes('"version":1'),
    );
    await world.database.query("delete from report_grant where enterprise_id = $1", [enterprise.id]);
    await read;

    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(response.headers.get("content-security-policy")).toBeTruthy();
    expect(text.match(/^event: (\w+)$/gm)).toEqual(["event: state", "event: state", "event: ended"]);
    expect(text).toContain('data: {"code":"report_not_found"}');
  });
});

describe("only those who may", () => {
  const routes: [method: string, rest: string, body?: object][] = [
    ["GET", "draft"],
    ["POST", "draft", { version: 0, client: "client-one", spec: SALES_REPORT }],
    ["POST", "draft/discard", { version: 0 }],
    ["POST", "publish", { version: 0 }],
    ["POST", "preview", { client: "client-one", elements: {} }],
    ["GET", "draft/events"],
    ["GET", "draft/changes"],
    ["POST", "presence", { client: "client-one" }],
  ];

  it("get an answer on any route", async () => {
    const { enterprise, reportId, viewer, editor } = await prepare();
    const { grant } = world.server.domain.reports;
    const asViewer = await build.buildUser({ enterprise, role: "editor" });
    await grant(enterprise.id, reportId, { kind: "user", userId: asViewer.id }, "view");
    const risen = await build.buildUser({ enterprise });
    await grant(enterprise.id, reportId, { kind: "user", userId: risen.id }, "edit");
    const abroad = await build.buildUser({ role: "administrator" });
    await grant(enterprise.id, reportId, { kind: "enterprise", enterpriseId: abroad.enterprise.id }, "edit");
    const stranger = await build.buildUser({ role: "administrator" });
    const outcomes: [token: string | undefined, code: string][] = [
      [undefined, "signed_out"],
      [viewer, "forbidden"],
      [await build.tokenOf(asViewer), "forbidden"],
      [await build.tokenOf(risen), "forbidden"],
      [await build.tokenOf(abroad), "forbidden"],
      [await build.tokenOf(stranger), "report_not_found"],
    ];

    for (const [method, rest, body] of routes) {
      for (const [token, code] of outcomes) {
        const answer = await ask(method, `/api/reports/${reportId}/${rest}`, { token, ...(body && { body }) });
        expect([method, rest, answer.code]).toEqual([method, rest, code]);
      }
      const nothing = await ask(method, `/api/reports/${randomUUID()}/${rest}`, {
        token: editor,
        ...(body && { body }),
      });
      expect(nothing.code).toBe("report_not_found");
      const wrong = method === "POST" && { body: { version: -1, client: 7 } };
      const bad = await ask(method, `/api/reports/${wrong ? reportId : "x"}/${rest}`, { token: editor, ...wrong });
      expect(bad.code).toBe("input_invalid");
    }
    await world.server.domain.enterprises.revoke(enterprise.corpId);
    expect((await draft(reportId, editor)).status).toBe(401);
  });
});
