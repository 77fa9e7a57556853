import { randomUUID } from "node:crypto";
import type { keepingRoutes } from "../../../core/contract/report/keeping";
import type { revisionRoutes } from "../../../core/contract/report/revision";
import type { sharingRoutes } from "../../../core/contract/report/sharing";
import type { ReportDraft } from "../../../core/contract/report/draft";
import type { z } from "zod";
import { builders } from "../../../tests/factories/build";
import { editing } from "../../../tests/factories/editing";
import { waitFor } from "../../../tests/factories/office";
import { DEPARTMENTS } from "../../../tests/factories/organisation";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(60_000);

let world: World;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
});
afterAll(() => world.stop());

type Revisions = z.output<(typeof revisionRoutes)["list"]["reply"]>;
type Grants = z.output<(typeof sharingRoutes)["list"]["reply"]>;
type Grantees = z.output<(typeof sharingRoutes)["grantees"]["reply"]>;
type Acted = z.output<(typeof keepingRoutes)["act"]["reply"]>;
type Trash = z.output<(typeof keepingRoutes)["trash"]["reply"]>;

const { ask, create, draft, post, save, publish, view, list, prepare } = editing(() => ({ world, build }));
const get = <T>(reportId: string, rest: string, token: string | undefined) =>
  ask<T>("GET", `/api/reports/${reportId}/${rest}`, { token });
const act = (token: string | undefined, reportIds: string[], action: object) =>
  ask<Acted>("POST", "/api/report-actions", { token, body: { reportIds, action } });
const trash = (token: string) => ask<Trash>("GET", "/api/report-trash", { token });

/** A report that was published as "Second" behind its first revision. */
async function prepareSecond() {
  const made = await prepare();
  const { reportId, editor } = made;
  const { spec } = (await draft(reportId, editor)).body;
  await save(reportId, editor, { version: 0, spec: { ...spec, title: "Second" } });
  await publish(reportId, editor, 1, "Why it changed");
  return made;
}

describe("revisions", () => {
  it("are kept with author and note, named, and made the draft again", async () => {
    const { reportId, one, editor, viewer } = await prepareSecond();

    const { revisions, more } = (await get<Revisions>(reportId, "revisions", editor)).body;
    expect(revisions.map(({ revision, note }) => [revision, note])).toEqual([
      [2, "Why it changed"],
      [1, null],
    ]);
    expect([revisions[0]?.by?.id, more]).toEqual([one.id, false]);
    expect((await get<Revisions>(reportId, "revisions?limit=1", editor)).body.more).toBe(true);
    expect((await get<Revisions>(reportId, "revisions?before=2", editor)).body.revisions).toHaveLength(1);

    expect((await post(reportId, "revisions/1/name", editor, { name: "As it began" })).status).toBe(200);
    expect((await get(reportId, "revisions/1", editor)).body).toMatchObject({
      name: "As it began",
      spec: { title: "Sales" },
    });

    expect((await post(reportId, "revisions/1/restore", editor, { version: 0 })).code).toBe("draft_changed");
    const restored = await post<ReportDraft>(reportId, "revisions/1/restore", editor, { version: 1 });
    expect(restored.body).toMatchObject({ version: 2, isDraft: true, spec: { title: "Sales" } });
    expect((await view(reportId, viewer)).body.spec.title).toBe("Second");
    expect((await get(reportId, "revisions/9", editor)).code).toBe("not_found");
    expect((await post(reportId, "revisions/9/name", editor, { name: null })).code).toBe("not_found");
  });
});

describe("sharing a report", () => {
  it("opens it to users, departments and enterprises, and says who sees it and why", async () => {
    const { enterprise, reportId, one, editor } = await prepare();
    const member = await build.buildUser({ enterprise, departmentIds: [DEPARTMENTS.east] });
    const token = await build.tokenOf(member);
    expect((await view(reportId, token)).code).toBe("report_not_found");

    const grantee = { kind: "department", deptId: DEPARTMENTS.sales };
    expect((await post(reportId, "grants", editor, { grantee, level: "view" })).status).toBe(200);

    expect((await view(reportId, token)).status).toBe(200);
    const { grants } = (await get<Grants>(reportId, "grants", editor)).body;
    const given = grants.find((grant) => grant.grantee.kind === "department");
    expect(given).toMatchObject({ grantee, level: "view", until: null, isGone: false, by: { id: one.id } });
    expect(given?.name).toBeTruthy();
    await post(reportId, `grants/${given?.id ?? ""}/remove`, editor, {});
    expect((await view(reportId, token)).code).toBe("report_not_found");
    expect((await post(reportId, `grants/${given?.id ?? ""}/remove`, editor, {})).code).toBe("not_found");
  });

  it("ends where it is to end, and tells of grantees who are gone", async () => {
    const { enterprise, reportId, editor } = await prepare();
    const member = await build.buildUser({ enterprise });
    const token = await build.tokenOf(member);
    const grantee = { kind: "user", userId: member.id };
    const until = new Date(world.now() + 60_000).toISOString();
    await post(reportId, "grants", editor, { grantee, level: "view", until });
    expect((await view(reportId, token)).status).toBe(200);

    await world.database.query("update report_grant set until = now() where user_id = $1", [member.id]);
    const after = await waitFor(
      () => view(reportId, token),
      ({ code }) => code !== undefined,
    );
    expect(after.code).toBe("report_not_found");
    expect((await list(token)).map(({ id }) => id)).not.toContain(reportId);

    await world.database.query("delete from enterprise_user where user_id = $1", [member.id]);
    const { grants } = (await get<Grants>(reportId, "grants", editor)).body;
    expect(grants.find((grant) => grant.grantee.kind === "user" && grant.grantee.userId === member.id)?.isGone).toBe(
      true,
    );
  });

  it("finds whom it can be opened to, and nobody else's people", async () => {
    const { enterprise, reportId, one, editor } = await prepare();
    const { grantees } = (await get<Grantees>(reportId, "grantees", editor)).body;
    const kinds = new Set(grantees.map(({ grantee }) => grantee.kind));
    expect([...kinds].sort()).toEqual(["department", "enterprise", "user"]);
    expect(grantees.map(({ grantee }) => grantee)).toContainEqual({ kind: "user", userId: one.id });
    expect((await get<Grantees>(reportId, "grantees?search=%25%25", editor)).body.grantees).toEqual([]);

    const stranger = await build.buildUser();
    const until = new Date(world.now() - 1_000).toISOString();
    const own = { kind: "enterprise", enterpriseId: enterprise.id };
    for (const [body, code] of [
      [{ grantee: { kind: "user", userId: stranger.id }, level: "view" }, "not_found"],
      [{ grantee: { kind: "department", deptId: 987_654 }, level: "view" }, "not_found"],
      [{ grantee: { kind: "enterprise", enterpriseId: stranger.enterprise.id }, level: "view" }, "not_found"],
      [{ grantee: { kind: "nobody" }, level: "view" }, "input_invalid"],
      [{ grantee: own, level: "own" }, "input_invalid"],
      [{ grantee: own, level: "view", until }, "input_invalid"],
      [{ grantee: own, level: "view", until: "tomorrow" }, "input_invalid"],
    ] as const) {
      expect((await post(reportId, "grants", editor, body)).code).toBe(code);
    }
  });
});

describe("the trash", () => {
  it("hides a report from everybody, gives it back, and lets go of it after 30 days", async () => {
    const { reportId, one, editor, viewer } = await prepare();

    expect((await act(editor, [reportId, randomUUID()], { kind: "trash" })).body).toMatchObject({
      done: [reportId],
      refused: [{ code: "report_not_found" }],
    });
    for (const token of [editor, viewer]) {
      expect((await view(reportId, token)).code).toBe("report_not_found");
      expect((await list(token)).map(({ id }) => id)).not.toContain(reportId);
    }
    expect((await draft(reportId, editor)).code).toBe("report_not_found");
    expect((await trash(editor)).body.reports).toMatchObject([{ id: reportId, title: "Sales", by: { id: one.id } }]);
    expect((await act(viewer, [reportId], { kind: "restore" })).code).toBe("forbidden");
    await act(editor, [reportId], { kind: "restore" });
    expect((await view(reportId, viewer)).status).toBe(200);
    expect((await trash(editor)).body.reports).toEqual([]);

    await act(editor, [reportId], { kind: "trash" });
    await world.database.query("update report set trashed_at = now() - interval '31 days' where id = $1", [reportId]);
    await world.server.domain.tidy();
    expect((await act(editor, [reportId], { kind: "restore" })).body.refused).toHaveLength(1);
  });

  it("and folders and owners are for those who may edit", async () => {
    const { enterprise, reportId, one, editor, reader } = await prepare();
    const folderId = await world.server.domain.folders.save(enterprise.id, { parentId: null, name: "Sales" });
    const heir = await build.buildUser({ enterprise, role: "editor" });
    const mine = (await create(editor, { title: "Mine" })).body.reportId;

    expect((await act(editor, [reportId], { kind: "move", folderId })).body.done).toEqual([reportId]);
    expect((await draft(reportId, editor)).body.folderId).toBe(folderId);
    expect((await act(editor, [reportId], { kind: "move", folderId: randomUUID() })).body.refused[0]?.code).toBe(
      "not_found",
    );
    expect((await get<Grants>(mine, "grants", editor)).body.owner?.id).toBe(one.id);
    expect((await act(editor, [mine], { kind: "transfer", userId: reader.id })).body.refused[0]?.code).toBe(
      "not_found",
    );
    expect((await act(editor, [mine], { kind: "transfer", userId: heir.id })).body.done).toEqual([mine]);
    expect((await get<Grants>(mine, "grants", await build.tokenOf(heir))).body.owner?.id).toBe(heir.id);
    expect((await act(editor, [], { kind: "trash" })).code).toBe("input_invalid");
    expect((await act(editor, [reportId], { kind: "burn" })).code).toBe("input_invalid");
  });
});

describe("folders", () => {
  const folder = (token: string | undefined, rest: string, body?: object) =>
    ask<{ folderId: string }>(body ? "POST" : "GET", `/api/folders${rest}`, { token, ...(body && { body }) });

  it("are made, renamed, moved, and removed where they are empty", async () => {
    const { reportId, editor } = await prepare();
    const outer = (await folder(editor, "", { name: "Outer" })).body.folderId;
    const inner = (await folder(editor, "", { name: "Inner", parentId: outer })).body.folderId;
    await act(editor, [reportId], { kind: "move", folderId: inner });

    expect((await folder(editor, "", { name: "Outer" })).code).toBe("name_taken");
    expect((await folder(editor, `/${outer}`, { parentId: inner })).code).toBe("input_invalid");
    expect((await folder(editor, `/${outer}`, { parentId: outer })).code).toBe("input_invalid");
    expect((await folder(editor, `/${outer}/remove`, {})).code).toBe("folder_not_empty");
    expect((await folder(editor, `/${inner}/remove`, {})).code).toBe("folder_not_empty");
    expect((await folder(editor, `/${inner}`, { parentId: null, name: "Own" })).status).toBe(200);
    expect((await folder(editor, `/${inner}`, { name: "Outer" })).code).toBe("name_taken");
    expect((await folder(editor, `/${outer}/remove`, {})).status).toBe(200);
    expect((await folder(editor, "")).body).toEqual({ folders: [{ id: inner, parentId: null, name: "Own" }] });

    const second = (await folder(editor, "", { name: "2", parentId: inner })).body.folderId;
    const third = (await folder(editor, "", { name: "3", parentId: second })).body.folderId;
    expect((await folder(editor, "", { name: "4", parentId: third })).code).toBe("input_invalid");
    const beside = (await folder(editor, "", { name: "Beside" })).body.folderId;
    expect((await folder(editor, `/${inner}`, { parentId: beside })).code).toBe("input_invalid");
  });

  it("are the enterprise's editors' own", async () => {
    const { editor, viewer } = await prepare();
    const { folderId } = (await folder(editor, "", { name: "Mine" })).body;
    const stranger = await build.tokenOf(await build.buildUser({ role: "administrator" }));

    for (const [rest, body] of [
      ["", undefined],
      ["", { name: "x" }],
      [`/${folderId}`, { name: "x" }],
      [`/${folderId}/remove`, {}],
    ] as const) {
      expect((await folder(undefined, rest, body)).code).toBe("signed_out");
      expect((await folder(viewer, rest, body)).code).toBe("forbidden");
    }
    expect((await folder(stranger, "")).body).toEqual({ folders: [] });
    expect((await folder(stranger, `/${folderId}`, { name: "x" })).code).toBe("not_found");
    expect((await folder(stranger, `/${folderId}/remove`, {})).code).toBe("not_found");
    expect((await folder(stranger, "", { name: "x", parentId: folderId })).code).toBe("not_found");
    expect((await folder(editor, "", { name: " " })).code).toBe("input_invalid");
    expect((await folder(editor, "/x", { name: "x" })).code).toBe("input_invalid");
  });
});

describe("only those who may", () => {
  it("get an answer on any route", async () => {
    const { enterprise, reportId, one, editor, viewer } = await prepareSecond();
    const asViewer = await build.buildUser({ enterprise, role: "editor" });
    await world.server.domain.reports.grant(enterprise.id, reportId, { kind: "user", userId: asViewer.id }, "view");
    const stranger = await build.tokenOf(await build.buildUser({ role: "administrator" }));
    const grantee = { kind: "user", userId: one.id };
    const routes: [method: string, rest: string, body?: object][] = [
      ["GET", "revisions"],
      ["GET", "revisions/1"],
      ["POST", "revisions/1/restore", { version: 1 }],
      ["POST", "revisions/1/name", { name: "x" }],
      ["GET", "grants"],
      ["POST", "grants", { grantee, level: "edit" }],
      ["POST", `grants/${randomUUID()}/remove`, {}],
      ["GET", "grantees"],
    ];
    const outcomes = [
      [undefined, "signed_out"],
      [viewer, "forbidden"],
      [await build.tokenOf(asViewer), "forbidden"],
      [stranger, "report_not_found"],
    ] as const;

    for (const [method, rest, body] of routes) {
      for (const [token, code] of outcomes) {
        const answer = await ask(method, `/api/reports/${reportId}/${rest}`, { token, ...(body && { body }) });
        expect([method, rest, answer.code]).toEqual([method, rest, code]);
      }
      const bad = await ask(method, `/api/reports/x/${rest}`, { token: editor, ...(body && { body }) });
      expect(bad.code).toBe("input_invalid");
    }
    const trashing = { kind: "trash" };
    expect((await act(undefined, [reportId], trashing)).code).toBe("signed_out");
    expect((await act(viewer, [reportId], trashing)).code).toBe("forbidden");
    expect((await act(outcomes[2][0], [reportId], trashing)).body.refused[0]?.code).toBe("forbidden");
    expect((await act(stranger, [reportId], trashing)).body.refused[0]?.code).toBe("report_not_found");
    expect((await trash(viewer)).code).toBe("forbidden");
    expect((await trash(stranger)).body.reports).toEqual([]);
  });
});
