import { builders } from "../../../tests/factories/build";
import { request, type Ask } from "../../../tests/factories/client";
import { datasetOffice, textOf, type Failure, type Office, type Saved } from "../../../tests/factories/datasets";
import { startWorld, type World } from "../../../tests/factories/world";
import type {
  DatasetDocument,
  DatasetFields,
  DatasetRevision,
  DatasetSummary,
} from "../../../core/contract/dataset/edit";
import type { CardData } from "../../../core/contract/report/query";
import type { ReportView } from "../../../core/contract/report/report";

jest.setTimeout(60_000); // the engine starts, and machines may be busy

let world: World;
let build: ReturnType<typeof builders>;
let work: ReturnType<typeof datasetOffice>;
beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
  work = datasetOffice(world, build);
});
afterAll(() => world.stop());

describe("a dataset", () => {
  it("is made, listed and read back as its author wrote it", async () => {
    const { editor } = await work.office();
    const text = textOf().replace('"version": 1', '"version":    1');
    expect(await work.create(editor, text)).toMatchObject({ status: 200, body: { revision: 1, unchecked: false } });
    expect((await work.create(editor, text)).code).toBe("name_taken");
    const list = (await work.ask<{ datasets: DatasetSummary[] }>("GET", "", { token: editor })).body.datasets;
    expect(list).toMatchObject([
      { name: "shops", label: "Shops", source: { kind: "files", name: null }, revision: 1, reports: [] },
    ]);
    expect(list[0]?.updatedBy?.name).toContain("Name of");
    expect((await work.ask<DatasetDocument>("GET", "/shops", { token: editor })).body.text).toBe(text);
  });

  it("is never overwritten unknowingly: of two who save the same revision, one learns it and loses nothing", async () => {
    const { editor, administrator } = await work.office();
    await work.create(editor);
    const mine = textOf((model) => (model.dingboard["label"] = "Mine"));
    const theirs = textOf((model) => (model.dingboard["label"] = "Theirs"));
    const answers = await Promise.all([work.save(editor, 1, mine), work.save(administrator, 1, theirs)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.code).toBe("dataset_changed");
    const current = (await work.ask<DatasetDocument>("GET", "/shops", { token: editor })).body;
    expect([mine, theirs]).toContain(current.text);
    // Knowingly: on top of the other one's revision, which stays.
    expect((await work.save(editor, current.revision, mine)).body.revision).toBe(3);
    const second = await work.ask<{ text: string }>("GET", "/shops/revisions/2", { token: editor });
    expect(second.body.text).toBe(current.text);
  });

  it("goes back to an earlier revision by making a new one", async () => {
    const { editor } = await work.office();
    const first = textOf();
    await work.create(editor, first);
    await work.save(
      editor,
      1,
      textOf((model) => (model.dingboard["label"] = "Second")),
    );
    const restore = (revision: number, current: number) =>
      work.ask<Saved>("POST", `/shops/revisions/${revision}/restore`, { token: editor, body: { current } });
    expect((await restore(1, 1)).code).toBe("dataset_changed");
    expect((await restore(9, 2)).code).toBe("not_found");
    expect((await restore(1, 2)).body.revision).toBe(3);
    expect((await work.ask<DatasetDocument>("GET", "/shops", { token: editor })).body).toMatchObject({
      text: first,
      revision: 3,
    });
    const { revisions } = (
      await work.ask<{ revisions: DatasetRevision[] }>("GET", "/shops/revisions", { token: editor })
    ).body;
    expect(revisions.map(({ revision, restoredFrom }) => [revision, restoredFrom])).toEqual([
      [3, 1],
      [2, null],
      [1, null],
    ]);
  });

  it("shows in reports at once, on another node too", async () => {
    const { enterprise, editor, administrator } = await work.office();
    const reportId = await build.buildReport(enterprise);
    const other = await world.startNode();
    const total = async (url: string) =>
      (await request<ReportView>(url, "GET", `/api/reports/${reportId}/view`, { token: administrator })).body.cards[
        "total"
      ];
    expect(await total(other.url)).toMatchObject({ data: { values: [[42]] } });
    const { text } = (await work.ask<DatasetDocument>("GET", "/sales", { token: editor })).body;
    const doubled = text.replace("SUM(amount)", "SUM(amount * 2)");
    const saved = await work.ask<Saved>("POST", "/sales", { token: editor, body: { text: doubled, revision: 1 } });
    expect(saved.body.revision).toBe(2);
    expect(await total(world.server.url)).toMatchObject({ data: { values: [[84]] } });
    const seen = async (): Promise<unknown> => {
      const card = await total(other.url);
      return card && "data" in card ? card.data?.values : undefined;
    };
    for (let tries = 0; tries < 50 && JSON.stringify(await seen()) !== "[[84]]"; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20)); // until the notification has arrived
    }
    expect(await seen()).toEqual([[84]]);
  });

  it("leads down its hierarchies in the cards of reports that say nothing of their own", async () => {
    const { enterprise, editor, administrator } = await work.office();
    const reportId = await build.buildReport(enterprise);
    const { text } = (await work.ask<DatasetDocument>("GET", "/sales", { token: editor })).body;
    const withLevels = (levels: string[]): string => {
      const hierarchies = JSON.stringify([{ name: "places", title: "Places", levels }]);
      return text.replace('"label"', `"hierarchies": ${hierarchies},\n"label"`);
    };
    const save = (levels: string[]) =>
      work.ask<Saved>("POST", "/sales", { token: editor, body: { text: withLevels(levels), revision: 1 } });
    for (const levels of [["region", "nowhere"], ["region", "region"], ["region"]]) {
      expect((await save(levels)).body.error?.problems).toMatchObject([
        { code: "schema", path: expect.arrayContaining(["hierarchies", 0, "levels"]) },
      ]);
    }
    expect((await save(["region", "day"])).status).toBe(200);
    const question = encodeURIComponent(JSON.stringify({ drill: { ranking: [{ field: "region", value: "east" }] } }));
    const path = `/api/reports/${reportId}/view?question=${question}`;
    const view = await request<ReportView>(world.server.url, "GET", path, { token: administrator });
    expect(view.body.spec.elements["ranking"]).toMatchObject({ drill: ["region", "day"] });
    expect(view.body.cards["ranking"]).toMatchObject({ data: { columns: [{ name: "day" }, { name: "amount" }] } });
  });

  it("tells its editors what they can ask of it, and nothing that its policies hide from them", async () => {
    const { editor, administrator } = await work.office();
    const text = textOf((model) => {
      const everything = { group: "role:administrator" };
      const less = { group: "role:editor", member_level: { excludes: ["amount"] } };
      model.dingboard["access_policy"] = [everything, less];
    });
    expect((await work.create(administrator, text)).status).toBe(200);
    const seenBy = async (token: string) =>
      (await work.ask<DatasetFields>("GET", "/shops/fields", { token })).body.fields.map(({ name, role }) => [
        name,
        role,
      ]);
    expect(await seenBy(administrator)).toContainEqual(["amount", "measure"]);
    expect(await seenBy(editor)).toEqual((await seenBy(administrator)).filter(([name]) => name !== "amount"));
    const { fields, ...dataset } = (await work.ask<DatasetFields>("GET", "/shops/fields", { token: administrator }))
      .body;
    expect(dataset).toEqual({ name: "shops", label: "Shops", hierarchies: [] });
    expect(fields.slice(0, 2)).toEqual([
      { name: "day", label: "day", role: "dimension", type: "date", isTime: true },
      { name: "shop", label: "shop", role: "dimension", type: "string" },
    ]);
  });

  it("stays while reports use it, which are named", async () => {
    const { enterprise, editor } = await work.office();
    await build.buildReport(enterprise);
    await work.create(editor);
    const refused = await work.ask<Failure>("POST", "/sales/remove", { token: editor });
    expect(refused.code).toBe("dataset_in_use");
    expect(refused.body.error.message).toContain("Sales");
    expect((await work.ask("POST", "/shops/remove", { token: editor })).status).toBe(200);
    expect((await work.ask("GET", "/shops", { token: editor })).code).toBe("dataset_not_found");
    const actions = await world.database.query(
      "select action from audit_entry where enterprise_id = $1 and subject = 'shops' order by id",
      [enterprise.id],
    );
    expect(actions.map(({ action }) => action)).toEqual(["dataset_added", "dataset_removed"]);
  });

  it("is proposed from a file's columns, and what is proposed can be saved", async () => {
    const { editor } = await work.office();
    const proposal = await request<{ text: string }>(world.server.url, "POST", "/api/dataset-proposals", {
      token: editor,
      body: { label: "Orders", source: "shop/orders.csv" },
    });
    expect(await work.check(editor, proposal.body.text)).toEqual([]);
    expect((await work.create(editor, proposal.body.text, "proposed")).status).toBe(200);
    const body = { dimensions: [{ field: "shop" }], measures: ["total_amount", "row_count"] };
    const preview = await work.ask<CardData>("POST", "/proposed/preview", { token: editor, body });
    expect(preview.body.values).toEqual([
      ["a", "b"],
      [22.5, 20],
      [2, 1],
    ]);
  });
});

describe("the routes of datasets", () => {
  const text = textOf();
  const ROUTES: [string, string, object | undefined][] = [
    ["GET", "/api/datasets", undefined],
    ["POST", "/api/datasets", { name: "another", text }],
    ["POST", "/api/dataset-checks", { text }],
    ["POST", "/api/dataset-proposals", { label: "Orders", source: "shop/orders.csv" }],
    ["GET", "/api/datasets/shops", undefined],
    ["GET", "/api/datasets/shops/fields", undefined],
    ["POST", "/api/datasets/shops", { text, revision: 1 }],
    ["POST", "/api/datasets/shops/remove", undefined],
    ["GET", "/api/datasets/shops/revisions", undefined],
    ["GET", "/api/datasets/shops/revisions/1", undefined],
    ["POST", "/api/datasets/shops/revisions/1/restore", { current: 1 }],
    ["POST", "/api/datasets/shops/preview", { measures: ["amount"] }],
  ];
  let own: Office;
  let viewer: string;
  let stranger: string;
  beforeAll(async () => {
    own = await work.office();
    await work.create(own.editor);
    viewer = await work.tokenOf(own.enterprise, "viewer");
    stranger = await work.tokenOf(await build.buildEnterprise(), "editor");
  });

  it.each(ROUTES)("%s %s is closed to the signed-out, to viewers and to strangers", async (method, path, body) => {
    const send = (options: Ask) => request<unknown>(world.server.url, method, path, { ...options, body });
    expect((await send({})).code).toBe("signed_out");
    expect((await send({ token: viewer })).code).toBe("forbidden");
    const answer = await send({ token: stranger });
    if (path.includes("/shops")) expect(answer.code).toBe("dataset_not_found");
    else expect(JSON.stringify(answer.body)).not.toContain("Hangzhou");
    expect((await work.ask<DatasetDocument>("GET", "/shops", { token: own.editor })).body.revision).toBe(1);
  });

  it.each([
    ["", { name: "Shops!", text }],
    ["", { name: "shops" }],
    ["", { name: "shops", text: "x" }],
    ["", { name: "shops", text: "x".repeat(200_001) }],
    ["/shops", { text }],
    ["/shops", { text, revision: 0 }],
    ["/shops", { text, revision: 1, force: true }],
    ["/SHOPS", { text, revision: 1 }],
    ["/shops/revisions/x/restore", { current: 1 }],
    ["/shops/preview", { measures: ["amount"], limit: 51 }],
    ["/shops/preview", { measures: ["nothing"] }],
    ["/shops/preview", { measures: ["amount"], viewAs: "me" }],
  ])("POST %s refuses bad input %#", async (path, body) => {
    expect((await work.ask("POST", path, { token: own.administrator, body })).code).toBe("input_invalid");
  });
});
