import { randomUUID } from "node:crypto";
import type { EnterpriseId, ReportId } from "../../../core/contract/id";
import type { ReportList, ReportView } from "../../../core/contract/report/report";
import type { Me } from "../../../core/contract/session/session";
import { builders, SALES_REPORT, type BuiltEnterprise, type BuiltUser } from "../../../tests/factories/build";
import { request, type Ask } from "../../../tests/factories/client";
import { DEPARTMENTS } from "../../../tests/factories/organisation";
import { withinASecond } from "../../../tests/factories/within";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(60_000); // passwords are slow on purpose, and machines may be busy

let world: World;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
});
afterAll(() => world.stop());

const ask = <T>(method: string, path: string, options: Ask = {}) => request<T>(world.server.url, method, path, options);
const view = (reportId: string, token?: string) => ask<ReportView>("GET", `/api/reports/${reportId}/view`, { token });
const list = (token: string, query = "") => ask<ReportList>("GET", `/api/reports${query}`, { token });
const favourite = (reportId: string, token: string | undefined, body: unknown = { favourite: true }) =>
  ask<{ favourite: boolean }>("POST", `/api/reports/${reportId}/favourite`, { token, body });
type Grantee = Parameters<World["server"]["domain"]["reports"]["grant"]>[2];
const grant = (enterprise: BuiltEnterprise, reportId: ReportId, grantee: Grantee, level: "view" | "edit" = "view") =>
  world.server.domain.reports.grant(enterprise.id, reportId, grantee, level);
const everyone = (enterpriseId: EnterpriseId): Grantee => ({ kind: "enterprise", enterpriseId });

/** An enterprise with a report, and a member of it who may see nothing yet. */
async function prepare(): Promise<{ enterprise: BuiltEnterprise; reportId: ReportId; user: BuiltUser; token: string }> {
  const user = await build.buildUser();
  const reportId = await build.buildReport(user.enterprise);
  return { enterprise: user.enterprise, reportId, user, token: await build.tokenOf(user) };
}

describe("viewing a report", () => {
  it("answers the specification and the data of its cards", async () => {
    const { enterprise, reportId, token } = await prepare();
    await grant(enterprise, reportId, everyone(enterprise.id));

    const { status, body } = await view(reportId, token);

    expect(status).toBe(200);
    expect(body).toMatchObject({ id: reportId, revision: 1, level: "view", favourite: false });
    expect(body.spec.title).toBe("Sales");
    expect(Object.keys(body.cards)).toEqual(["total", "ranking"]);
    expect(body.cards["total"]).toMatchObject({ state: "ready", data: { values: [[42]], rowCount: 1 } });
    expect(body.cards["ranking"]).toMatchObject({
      state: "ready",
      data: {
        values: [
          ["east", "west"],
          [30, 12],
        ],
      },
    });
  });

  it("says who looks at it where that is asked, so that a browser needs one request", async () => {
    const { enterprise, reportId, user, token } = await prepare();
    await grant(enterprise, reportId, everyone(enterprise.id));
    const withMe = (value: string, as: Ask) => ask<ReportView & { me?: Me }>("GET", `${address}?with=${value}`, as);
    const address = `/api/reports/${reportId}/view`;

    const { body } = await withMe("me", { token });

    expect(body.me).toEqual((await ask<Me>("GET", "/api/me", { token })).body);
    expect([body.me?.user.id, body.id]).toEqual([user.id, reportId]);
    expect((await view(reportId, token)).body).not.toHaveProperty("me");
    expect((await withMe("everybody", { token })).code).toBe("input_invalid");
    expect((await withMe("me", {})).code).toBe("signed_out");
    const stranger = await build.tokenOf(await build.buildUser());
    const refused = await withMe("me", { token: stranger });
    expect([refused.code, refused.body.me]).toEqual(["report_not_found", undefined]);
  });

  it("fails one card alone, with a text that names the fault", async () => {
    const { enterprise, user } = await prepare();
    const broken = { type: "kpi" as const, title: "Broken", query: { dataset: "sales", measures: ["profit"] } };
    const strange = { type: "kpi" as const, title: "Strange", query: { dataset: "unknown", measures: ["amount"] } };
    const reportId = await build.buildReport(enterprise, {
      elements: { ...SALES_REPORT.elements, broken, strange },
    });
    await grant(enterprise, reportId, everyone(enterprise.id));

    const { body } = await view(reportId, await build.tokenOf(user));

    expect(body.cards["broken"]).toMatchObject({ state: "failed", error: { code: "input_invalid" } });
    expect(JSON.stringify(body.cards["broken"])).toContain("profit");
    expect(body.cards["strange"]).toMatchObject({ state: "failed", error: { code: "dataset_not_found" } });
    expect(body.cards["total"]?.state).toBe("ready");
  });

  it("puts a filter's default on the elements it names, and on all of its dataset where it names none", async () => {
    const { enterprise, token } = await prepare();
    const west = { field: "region", operator: "equals" as const, values: ["west"] };
    const filter = { label: "Region", dataset: "sales", field: "region", operator: "equals" as const, default: west };
    const named = await build.buildReport(enterprise, { filters: [{ ...filter, id: "region", targets: ["total"] }] });
    const all = await build.buildReport(enterprise, { filters: [{ ...filter, id: "region" }] });
    for (const reportId of [named, all]) await grant(enterprise, reportId, everyone(enterprise.id));

    const [one, both] = [(await view(named, token)).body.cards, (await view(all, token)).body.cards];

    expect([one["total"], one["ranking"]]).toMatchObject([{ data: { values: [[12]] } }, { data: { rowCount: 2 } }]);
    expect([both["total"], both["ranking"]]).toMatchObject([{ data: { values: [[12]] } }, { data: { rowCount: 1 } }]);
  });

  it("shows the newest revision", async () => {
    const { enterprise, reportId, token } = await prepare();
    await grant(enterprise, reportId, everyone(enterprise.id));
    const spec = { ...SALES_REPORT, title: "Sales, renamed" };

    await world.server.domain.reports.save({ enterpriseId: enterprise.id, reportId, spec, createdBy: null });

    expect((await view(reportId, token)).body).toMatchObject({ revision: 2, spec: { title: "Sales, renamed" } });
    expect((await list(token)).body.reports[0]?.title).toBe("Sales, renamed");
  });
});

describe("who may see a report", () => {
  it("nobody but administrators, until it is granted", async () => {
    const { enterprise, reportId, token } = await prepare();
    const administrator = await build.buildUser({ enterprise, role: "administrator" });

    expect([(await view(reportId, token)).code, (await view(reportId, token)).status]).toEqual([
      "report_not_found",
      404,
    ]);
    expect((await list(token)).body).toEqual({ reports: [], total: 0, folders: [] });
    expect((await view(reportId, await build.tokenOf(administrator))).body.level).toBe("edit");
  });

  it("a named user, at the level that was granted", async () => {
    const { enterprise, reportId } = await prepare();
    const editor = await build.buildUser({ enterprise, role: "editor" });
    const colleague = await build.buildUser({ enterprise });
    for (const level of ["view", "edit"] as const) {
      await grant(enterprise, reportId, { kind: "user", userId: editor.id }, level);
    }
    expect((await view(reportId, await build.tokenOf(editor))).body.level).toBe("edit");
    expect((await view(reportId, await build.tokenOf(colleague))).code).toBe("report_not_found");
  });

  it("a department with all below it, and none beside or above it", async () => {
    const { enterprise, reportId } = await prepare();
    const inside = await build.buildUser({ enterprise, departmentIds: [DEPARTMENTS.east] });
    const beside = await build.buildUser({ enterprise, departmentIds: [DEPARTMENTS.finance] });
    const above = await build.buildUser({ enterprise, departmentIds: [DEPARTMENTS.root] });
    await grant(enterprise, reportId, { kind: "department", deptId: DEPARTMENTS.sales });

    const seen = await Promise.all(
      [inside, beside, above].map(async (user) => (await view(reportId, await build.tokenOf(user))).status),
    );

    expect(seen).toEqual([200, 404, 404]);
  });

  it("everyone of the owning enterprise, and nobody else", async () => {
    const { enterprise, reportId, token } = await prepare();
    const stranger = await build.buildUser({ role: "administrator" });
    await grant(enterprise, reportId, everyone(enterprise.id));

    expect((await view(reportId, token)).status).toBe(200);
    expect((await view(reportId, await build.tokenOf(stranger))).code).toBe("report_not_found");
  });

  it("another enterprise, where the grant names it; user and department grants do not cross", async () => {
    const { enterprise, reportId } = await prepare();
    const guest = await build.buildUser({ departmentIds: [DEPARTMENTS.sales] });
    const token = await build.tokenOf(guest);
    await grant(enterprise, reportId, { kind: "department", deptId: DEPARTMENTS.sales });
    await grant(enterprise, reportId, { kind: "user", userId: guest.id });
    expect((await view(reportId, token)).code).toBe("report_not_found");

    await grant(enterprise, reportId, everyone(guest.enterprise.id));

    const seen = await view(reportId, token);
    expect(seen.body.cards["total"]).toMatchObject({ data: { values: [[42]] } });
    expect((await list(token)).body.reports[0]?.owner).toEqual({
      id: enterprise.id,
      name: enterprise.organisation.name,
    });
    await world.server.domain.enterprises.revoke(enterprise.corpId);
    expect(await withinASecond(async () => (await view(reportId, token)).code === "report_not_found")).toBe(true);
  });

  it("answers a report that does not exist as one that is somebody else's", async () => {
    const { reportId, token } = await prepare();

    const [missing, foreign] = [await view(randomUUID(), token), await view(reportId, token)];

    const shown = (answer: typeof missing) => ({
      ...answer.body,
      error: { ...(answer.body as never as Failed).error, requestId: "" },
    });
    expect(shown(missing)).toEqual(shown(foreign));
  });
});

describe("the list of reports", () => {
  it("finds by title or description, as typed", async () => {
    const { enterprise, token } = await prepare();
    for (const title of ["华东销售", "100%_done", "Other"]) {
      await grant(
        enterprise,
        await build.buildReport(enterprise, { title, description: `About ${title}` }),
        everyone(enterprise.id),
      );
    }
    const titles = async (search: string) =>
      (await list(token, `?search=${encodeURIComponent(search)}`)).body.reports.map((report) => report.title);

    expect(await titles("销售")).toEqual(["华东销售"]);
    expect(await titles("about OTHER")).toEqual(["Other"]);
    expect(await titles("%_")).toEqual(["100%_done"]);
    expect(await titles("nothing")).toEqual([]);
  });

  it("keeps favourites and what was opened lately, for each person", async () => {
    const { enterprise, reportId, token } = await prepare();
    const other = await build.buildReport(enterprise, { title: "Other" });
    const colleague = await build.tokenOf(await build.buildUser({ enterprise }));
    for (const id of [reportId, other]) await grant(enterprise, id, everyone(enterprise.id));

    expect((await favourite(reportId, token)).body).toEqual({ favourite: true });
    await view(other, token);
    await view(reportId, token);

    const ids = async (filter: string, who = token) =>
      (await list(who, `?filter=${filter}`)).body.reports.map((report) => report.id);
    expect(await ids("favourite")).toEqual([reportId]);
    expect(await ids("recent")).toEqual([reportId, other]);
    expect((await list(token, "?filter=favourite")).body.reports[0]).toMatchObject({ favourite: true, title: "Sales" });
    expect([await ids("favourite", colleague), await ids("recent", colleague)]).toEqual([[], []]);
    await favourite(reportId, token, { favourite: false });
    expect(await ids("favourite")).toEqual([]);
  });

  it("comes in pages, and always tells how many there are", async () => {
    const { enterprise, token } = await prepare();
    for (let index = 0; index < 3; index += 1) {
      await grant(enterprise, await build.buildReport(enterprise), everyone(enterprise.id));
    }

    const [first, second, beyond] = [
      (await list(token, "?limit=2")).body,
      (await list(token, "?limit=2&offset=2")).body,
      (await list(token, "?limit=2&offset=9")).body,
    ];

    expect([first.reports.length, second.reports.length, beyond.reports.length]).toEqual([2, 1, 0]);
    expect([first.total, second.total, beyond.total]).toEqual([3, 3, 3]);
  });
});

describe("folders of reports", () => {
  /** Reports at the top, in Sales, and in Sales / East; everyone sees the last of them. */
  async function sorted() {
    const { enterprise, reportId: top, token } = await prepare();
    const { folders } = world.server.domain;
    const sales = await folders.save(enterprise.id, { parentId: null, name: "Sales" });
    const east = await folders.save(enterprise.id, { parentId: sales, name: "East" });
    const inSales = await build.buildReport(enterprise, { title: "In Sales" });
    const inEast = await build.buildReport(enterprise, { title: "In East" });
    await folders.place(enterprise.id, inSales, sales);
    await folders.place(enterprise.id, inEast, east);
    await grant(enterprise, inEast, everyone(enterprise.id));
    return { enterprise, token, top, sales, east, inSales, inEast };
  }
  const titles = ({ body }: { body: ReportList }) => body.reports.map(({ title }) => title).sort();

  it("are shown on the way to reports that one may see, with how many those are, and no others", async () => {
    const { enterprise, token, sales, east } = await sorted();
    await world.server.domain.folders.save(enterprise.id, { parentId: null, name: "Empty" });
    const administrator = await build.tokenOf(await build.buildUser({ enterprise, role: "administrator" }));

    expect((await list(token)).body.folders).toEqual([
      { id: east, parentId: sales, name: "East", reports: 1 },
      { id: sales, parentId: null, name: "Sales", reports: 1 },
    ]);
    expect((await list(administrator)).body.folders).toMatchObject([{ reports: 1 }, { reports: 2 }]);
  });

  it("narrow the list down to what lies in them directly", async () => {
    const { enterprise, sales, east, inEast } = await sorted();
    const token = await build.tokenOf(await build.buildUser({ enterprise, role: "administrator" }));

    expect(titles(await list(token, `?folder=${sales}`))).toEqual(["In Sales"]);
    expect(titles(await list(token, `?folder=${east}`))).toEqual(["In East"]);
    expect(titles(await list(token, "?folder=top"))).toEqual(["Sales"]);
    expect(titles(await list(token))).toEqual(["In East", "In Sales", "Sales"]);
    expect((await list(token, "?search=In%20East")).body.reports[0]).toMatchObject({ id: inEast, folderId: east });
  });

  it("are nobody else's: a strange folder is not there, and a report that crosses lies at the top", async () => {
    const { enterprise, sales, inEast } = await sorted();
    const stranger = await build.buildUser();
    await grant(enterprise, inEast, everyone(stranger.enterprise.id));
    const token = await build.tokenOf(stranger);

    expect((await list(token, `?folder=${sales}`)).code).toBe("not_found");
    const { body } = await list(token, "?folder=top");
    expect(body).toMatchObject({ reports: [{ id: inEast, folderId: null }], folders: [] });
  });

  it("lie at most three deep, and only in their own enterprise", async () => {
    const { enterprise, east, inEast } = await sorted();
    const other = await build.buildEnterprise();
    const { folders } = world.server.domain;
    const third = await folders.save(enterprise.id, { parentId: east, name: "Stores" });

    const code = (promise: Promise<unknown>) => expect(promise).rejects;
    await code(folders.save(enterprise.id, { parentId: third, name: "Deep" })).toMatchObject({ code: "input_invalid" });
    await code(folders.save(enterprise.id, { parentId: null, name: " " })).toMatchObject({ code: "input_invalid" });
    await code(folders.save(other.id, { parentId: east, name: "Theirs" })).toMatchObject({ code: "not_found" });
    await code(folders.place(other.id, inEast, null)).toMatchObject({ code: "report_not_found" });
    await code(folders.place(other.id, inEast, east)).toMatchObject({ code: "not_found" });
    expect(await folders.save(enterprise.id, { parentId: east, name: "Stores" })).toBe(third);
  });
});

describe("every report route", () => {
  it.each([
    ["GET", "/api/reports", undefined],
    ["GET", `/api/reports/${randomUUID()}/view`, undefined],
    ["POST", `/api/reports/${randomUUID()}/favourite`, { favourite: true }],
  ])("wants a session: %s %s", async (method, path, body) => {
    const answer = await ask(method, path, { body });

    expect([answer.code, answer.status]).toEqual(["signed_out", 401]);
  });

  it("refuses bad input", async () => {
    const { reportId, token } = await prepare();

    const answers = await Promise.all([
      list(token, "?filter=everything"),
      list(token, "?limit=0"),
      list(token, "?folder=somewhere"),
      view("not-an-id", token),
      favourite(reportId, token, { favourite: "yes" }),
    ]);

    expect(answers.map((answer) => answer.code)).toEqual(answers.map(() => "input_invalid"));
  });

  it("does not let a stranger mark a favourite", async () => {
    const { reportId } = await prepare();
    const stranger = await build.buildUser({ role: "administrator" });

    expect((await favourite(reportId, await build.tokenOf(stranger))).code).toBe("report_not_found");
  });
});

interface Failed {
  error: object;
}
