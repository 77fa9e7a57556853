import { randomUUID } from "node:crypto";
import { auditRoutes } from "../../../core/contract/access/audit";
import { enterpriseRoutes } from "../../../core/contract/enterprise/enterprise";
import { memberRoutes } from "../../../core/contract/people/member";
import { quotaRoutes, type QuotaReport } from "../../../core/contract/enterprise/quota";
import type { Route } from "../../../core/contract/route";
import { selfCheckRoutes, type Check } from "../../../core/contract/enterprise/self-check";
import { syncRoutes } from "../../../core/contract/enterprise/sync";
import { userRoutes } from "../../../core/contract/people/user";
import { builders } from "../../../tests/factories/build";
import { request } from "../../../tests/factories/client";
import { offices, waitFor } from "../../../tests/factories/office";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(120_000); // passwords are slow on purpose, and machines may be busy

let world: World;
let build: ReturnType<typeof builders>;
const office: ReturnType<typeof offices>["office"] = (wishes) => offices(world, build).office(wishes);

beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
});
afterAll(() => world.stop());

const ALL: Route[] = [memberRoutes, userRoutes, quotaRoutes, auditRoutes, selfCheckRoutes, syncRoutes].flatMap(
  (routes) => Object.values(routes as Record<string, Route>),
);
const OF_ENTERPRISE = [
  ...ALL,
  enterpriseRoutes.get,
  enterpriseRoutes.saveSettings,
  enterpriseRoutes.saveApp,
  enterpriseRoutes.saveEvents,
  enterpriseRoutes.revoke,
] as Route[];

/** A body that each route takes. */
const BODIES: Record<string, unknown> = {
  "/members/bind": { memberId: randomUUID(), userId: randomUUID() },
  "/members/unbind": { memberId: randomUUID() },
  "/members/match/preview": { rule: "mobile" },
  "/members/match/apply": { rule: "mobile", digest: "x" },
  "/members/users/apply": { digest: "x" },
  "/range-rules": { included: [], excluded: [], defaultRole: "viewer", roles: [] },
  "/users": { login: "somebody", name: "Somebody", role: "viewer" },
  "/users/:userId/state": { state: "disabled" },
  "/app": { clientId: "dingx", clientSecret: "secret" },
  "/events": { mode: "none" },
};

describe("every route of an enterprise", () => {
  const pathOf = (route: Route, id: string) => route.path.replace(":enterpriseId", id).replace(":userId", randomUUID());
  const bodyOf = (route: Route) => BODIES[route.path.replace("/api/enterprises/:enterpriseId", "")] ?? {};

  it.each(OF_ENTERPRISE.map((route) => [`${route.method} ${route.path}`, route] as const))(
    "%s is closed to the signed out, to strangers and to users without the role, and refuses bad input",
    async (_name, route) => {
      const { user, browser } = await shared();
      const body = route.method === "POST" ? bodyOf(route) : undefined;
      const path = pathOf(route, user.enterprise.id);
      const { stranger, editor } = await shared();

      const answers = {
        signedOut: await request(world.server.url, route.method, path, body === undefined ? {} : { body }),
        stranger: await stranger.browser.ask(route.method, path, body),
        editor: await editor.browser.ask(route.method, path, body),
        bad: await browser.ask(route.method, pathOf(route, "no-id"), body),
      };

      expect(Object.fromEntries(Object.entries(answers).map(([who, answer]) => [who, answer.code]))).toEqual({
        signedOut: "signed_out",
        stranger: "not_found",
        editor: "forbidden",
        bad: "input_invalid",
      });
    },
  );

  type Offices = Awaited<ReturnType<typeof office>> & {
    stranger: Awaited<ReturnType<typeof office>>;
    editor: Awaited<ReturnType<typeof office>>;
  };
  let made: Offices | undefined;
  async function shared(): Promise<Offices> {
    if (made) return made;
    const first = await office();
    const editor = await office({ enterprise: first.user.enterprise, role: "editor" });
    made = { ...first, editor, stranger: await office() };
    return made;
  }
});

describe("quota, self-check and audit log", () => {
  it("show what DingTalk was asked, what is missing, and who did what from where", async () => {
    const { get, post, user } = await office();
    const checked = await post<{ checks: Check[] }>("/self-check", {});
    const lines = checked.body.checks.map(({ check, permission, state }) => [permission ?? check, state]);
    expect(lines).toEqual([
      ["key", "ok"],
      ["token", "ok"],
      ["Contact.Org.Read", "ok"],
      ["qyapi_get_department_list", "failed"],
      ["qyapi_get_department_member", "failed"],
      ["qyapi_get_member", "ok"],
      ["visible_range", "ok"],
      ["sign_in", "ok"],
      ["members", "ok"],
      ["event_channel", "warning"],
    ]);
    expect(checked.body.checks[3]?.problem).toMatchObject({
      code: "permission_missing",
      permissions: ["qyapi_get_department_list"],
      applyUrl: expect.stringContaining("https://open-dev.dingtalk.com/"),
    });

    await post("/settings", { quotaLimit: 2, pcOpening: "browser" });
    const quota = await waitFor(
      () => get<QuotaReport>("/quota"),
      ({ body }) => body.counted === 2,
    );
    expect(quota.body).toMatchObject({ limit: 2, counted: 2, warning: "spent" });
    expect(
      quota.body.apis
        .filter((api) => api.counted)
        .map((api) => api.api)
        .sort(),
    ).toEqual(["auth/scopes", "corpToken"]);
    expect((await get("/quota?month=2026-13")).code).toBe("input_invalid");

    const audit = await get<{ items: { action: string; actor: { login: string }; address: string }[] }>(
      "/audit?limit=1",
    );
    expect(audit.body.items).toMatchObject([
      {
        action: "enterprise_settings_changed",
        actor: { login: user.login },
        address: expect.stringContaining("127.0.0.1"),
      },
    ]);
    const csv = await get<string>("/audit/export?language=en-US");
    expect(csv.headers.get("content-type")).toContain("text/csv");
    expect(csv.body).toContain("enterprise_settings_changed");
  });
});
