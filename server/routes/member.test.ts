import { randomUUID } from "node:crypto";
import { auditRoutes } from "../../core/contract/audit";
import { enterpriseRoutes } from "../../core/contract/enterprise";
import { memberRoutes, type Member } from "../../core/contract/member";
import { personalRoutes } from "../../core/contract/personal";
import { quotaRoutes, type QuotaReport } from "../../core/contract/quota";
import type { Route } from "../../core/contract/route";
import { selfCheckRoutes, type Check } from "../../core/contract/self-check";
import { syncRoutes } from "../../core/contract/sync";
import { userRoutes, type EnterpriseUser } from "../../core/contract/user";
import { Browser } from "../../tests/factories/browser";
import { builders, PASSWORD, type BuiltEnterprise, type BuiltUser } from "../../tests/factories/build";
import { newDevice, request } from "../../tests/factories/client";
import { startWorld, type World } from "../../tests/factories/world";

jest.setTimeout(120_000); // passwords are slow on purpose, and machines may be busy

let world: World;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
});
afterAll(() => world.stop());

/** An enterprise with a signed-in administrator who has a browser. */
async function office(wishes: { enterprise?: BuiltEnterprise; role?: "administrator" | "editor" } = {}) {
  const user = await build.buildUser({ role: "administrator", password: true, ...wishes });
  const browser = new Browser(world, build);
  await browser.signIn(user);
  const base = `/api/enterprises/${user.enterprise.id}`;
  return {
    user,
    browser,
    base,
    get: <T>(path: string) => browser.ask<T>("GET", base + path),
    post: <T>(path: string, body: unknown) => browser.ask<T>("POST", base + path, body),
  };
}

/** A member whom no user is bound to. */
async function addMember(
  enterprise: BuiltEnterprise,
  fields: Partial<Parameters<World["server"]["domain"]["members"]["save"]>[1]> = {},
) {
  const userid = `m-${randomUUID().slice(0, 8)}`;
  return world.server.domain.members.save(enterprise.id, {
    userid,
    unionId: null,
    name: `Member ${userid}`,
    departmentIds: [10],
    ...fields,
  });
}

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

describe("users", () => {
  it("are added, found, edited and disabled; a disabled user's sessions end at once", async () => {
    const { post, get, user } = await office();
    const login = `new-${randomUUID().slice(0, 8)}`;
    const contact = { mobile: "13900000001", email: "new@example.com", jobNumber: "77" };

    const added = await post<EnterpriseUser>("/users", {
      login,
      name: "New 100%",
      role: "viewer",
      password: PASSWORD,
      ...contact,
    });

    expect(added.body).toMatchObject({ login, role: "viewer", state: "active", password: true, ...contact });
    expect((await post("/users", { login, name: "Again", role: "viewer" })).code).toBe("login_taken");
    const found = await get<{ users: EnterpriseUser[]; total: number }>(`/users?search=${encodeURIComponent("100%")}`);
    expect(found.body).toMatchObject({ total: 1, users: [{ login }] });
    const browser = new Browser(world, build);
    await browser.signIn({ login } as BuiltUser);
    expect((await browser.ask("GET", "/api/reports")).status).toBe(200);
    const edited = await post<EnterpriseUser>(`/users/${added.body.id}`, { role: "editor", name: "Newer" });
    expect(edited.body).toMatchObject({ role: "editor", name: "Newer" });
    expect((await post(`/users/${added.body.id}/state`, { state: "disabled" })).body).toMatchObject({
      state: "disabled",
    });
    expect(
      await waitFor(
        () => browser.who(),
        (who) => who === "signed_out",
      ),
    ).toBe("signed_out");
    expect((await post(`/users/${added.body.id}/state`, { state: "active" })).body).toMatchObject({ state: "active" });
    expect((await post(`/users/${user.id}`, { role: "viewer" })).code).toBe("last_administrator");
    expect((await post(`/users/${user.id}/state`, { state: "disabled" })).code).toBe("last_administrator");
    expect((await post(`/users/${added.body.id}`, { email: "no address" })).code).toBe("input_invalid");
  });

  it("who also belong to another enterprise are nobody's to rename or to give away", async () => {
    const { post, user } = await office();
    const other = await build.buildUser();
    await world.server.domain.users.setRole(user.enterprise.id, other.id, "viewer");
    const member = await addMember(user.enterprise);

    expect((await post(`/users/${other.id}`, { name: "Mine now" })).code).toBe("forbidden");
    expect((await post("/members/bind", { memberId: member.id, userId: other.id })).code).toBe("forbidden");
    expect((await post(`/users/${other.id}`, { role: "editor" })).status).toBe(200);
  });
});

describe("members", () => {
  it("are listed by department with all below it, by search and by page", async () => {
    const { get, user } = await office();
    const inEast = await addMember(user.enterprise, { name: "East_1", departmentIds: [11], mobile: "13812345678" });
    await addMember(user.enterprise, { name: "Money", departmentIds: [20] });
    interface List {
      members: Member[];
      total: number;
    }

    const sales = await get<List>("/members?department=10");
    const direct = await get<List>("/members?department=10&deep=false");
    const search = await get<List>("/members?search=t_1");
    const second = await get<List>("/members?page=2&size=1");
    const tree = await get<{ departments: { id: number; members: number }[] }>("/departments");

    expect(sales.body.members.map((one) => one.id)).toContain(inEast.id);
    expect(direct.body.members.map((one) => one.id)).not.toContain(inEast.id);
    expect(search.body).toMatchObject({
      total: 1,
      members: [{ name: "East_1", departments: [{ id: 11 }], user: null }],
    });
    expect(second.body).toMatchObject({ total: 3 });
    expect(second.body.members).toHaveLength(1);
    expect(tree.body.departments.map(({ id, members }) => [id, members])).toEqual([
      [1, 0],
      [10, 1],
      [20, 1],
      [11, 1],
    ]);
    expect((await get("/members?department=0")).code).toBe("input_invalid");
  });

  it("are bound and unbound by an administrator, which ends what DingTalk vouched for", async () => {
    const { post, user } = await office();
    const bound = await build.buildUser({ enterprise: user.enterprise });
    const token = await build.tokenOf(bound);
    const [row] = await world.database.query("select member_id from binding where user_id = $1", [bound.id]);
    const memberId = row?.["member_id"];

    expect((await post("/members/unbind", { memberId })).status).toBe(200);

    const me = () => request(world.server.url, "GET", "/api/me", { token });
    expect((await waitFor(me, ({ code }) => code === "signed_out")).code).toBe("signed_out");
    expect((await post("/members/unbind", { memberId })).code).toBe("not_found");
    expect((await post("/members/bind", { memberId, userId: bound.id })).status).toBe(200);
    const other = await build.buildUser({ enterprise: user.enterprise, bound: false });
    expect((await post("/members/bind", { memberId, userId: other.id })).code).toBe("bound_elsewhere");
  });

  it("are matched as the preview shows: never an administrator, a stranger's account or one of two", async () => {
    const { post, user } = await office();
    const { enterprise } = user;
    const add = async (login: string, email: string, role: "viewer" | "administrator" = "viewer") =>
      (await post<EnterpriseUser>("/users", { login: `${login}-${user.login}`, name: login, role, email })).body.id;
    const plain = await add("plain", "plain@example.com");
    await add("chief", "chief@example.com", "administrator");
    await add("twin1", "twin@example.com");
    await add("twin2", "twin@example.com");
    const elsewhere = await add("elsewhere", "elsewhere@example.com");
    await world.server.domain.users.setRole((await build.buildEnterprise()).id, elsewhere as never, "viewer");
    const member = await addMember(enterprise, { email: "PLAIN@example.com" });
    for (const email of ["chief@example.com", "twin@example.com", "elsewhere@example.com"])
      await addMember(enterprise, { email });
    interface Preview {
      matches: { member: { id: string }; user: { id: string } }[];
      skipped: { reason: string }[];
      digest: string;
    }

    const { body: shown } = await post<Preview>("/members/match/preview", { rule: "email" });

    expect(shown.matches).toMatchObject([{ member: { id: member.id }, user: { id: plain } }]);
    expect(shown.skipped.map(({ reason }) => reason).sort()).toEqual([
      "administrator",
      "ambiguous",
      "other_enterprises",
    ]);
    const outdated = await post("/members/match/apply", { rule: "email", digest: "earlier" });
    expect(outdated.code).toBe("preview_outdated");
    const applied = await post("/members/match/apply", { rule: "email", digest: shown.digest });
    expect(applied.body).toEqual({ bound: 1 });
  });

  it("become users with a binding as the preview shows, within the range and with its roles", async () => {
    const { post, user } = await office();
    const { enterprise } = user;
    const twins = [
      await addMember(enterprise, { name: "Twin", jobNumber: "1", departmentIds: [10, 11] }),
      await addMember(enterprise, { name: "Twin", jobNumber: "2", departmentIds: [11] }),
    ];
    await addMember(enterprise, { name: "Outside", departmentIds: [20] });
    const rules = {
      included: [10],
      excluded: [],
      defaultRole: "viewer",
      roles: [{ departmentId: 11, role: "editor" }],
    };
    expect((await post("/range-rules", rules)).body).toEqual(rules);
    interface Plan {
      add: { memberId: string; name: string; role: string }[];
      clashes: { name: string }[];
      totals: Record<string, number>;
      digest: string;
    }

    const clashing = await post<Plan>("/members/users/preview", {});
    const { body: plan } = await post<Plan>("/members/users/preview", { nameSuffix: "job_number" });

    expect(clashing.body.clashes).toMatchObject([{ name: "Twin" }]);
    expect(plan.clashes).toEqual([]);
    expect(plan.totals).toMatchObject({ add: 2, rename: 0, disable: 0 });
    expect(plan.add.map(({ name, role }) => [name, role])).toEqual([
      ["Twin (1)", "editor"],
      ["Twin (2)", "editor"],
    ]);
    expect((await post("/members/users/apply", { digest: clashing.body.digest, nameSuffix: "job_number" })).code).toBe(
      "preview_outdated",
    );
    const done = await post("/members/users/apply", { digest: plan.digest, nameSuffix: "job_number" });
    expect(done.body).toEqual({ added: 2, renamed: 0, disabled: 0 });
    const [bound] = await world.database.query("select count(*)::int as count from binding where member_id = any($1)", [
      twins.map((twin) => twin.id),
    ]);
    expect(bound).toEqual({ count: 2 });
    await post("/range-rules", { ...rules, included: [20], roles: [] });
    const later = await post<Plan>("/members/users/preview", { disableOthers: true });
    expect(later.body.totals).toMatchObject({ add: 1, disable: 2 });
    await post("/members/users/apply", { disableOthers: true, digest: later.body.digest });
    const users = await world.database.query(
      "select state from enterprise_user where enterprise_id = $1 and synced order by state",
      [enterprise.id],
    );
    expect(users.map(({ state }) => state)).toEqual(["active", "disabled", "disabled"]);
  });
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

describe("personal settings", () => {
  it("list the person's devices and sign each out; a change of password ends all others", async () => {
    const { browser, user } = await office();
    const other = new Browser(world, build);
    await other.signIn(user);
    await build.signIn(user);
    interface Devices {
      devices: { id: string; place: string; current: boolean }[];
    }

    const { body } = await browser.ask<Devices>("GET", "/api/me/devices");

    expect(body.devices.map(({ place, current }) => [place, current]).sort()).toEqual([
      ["browser", false],
      ["browser", true],
      ["mini-program", false],
    ]);
    const phone = body.devices.find((device) => device.place === "mini-program");
    const end = (who: Browser, id = "") => who.ask("POST", `/api/me/devices/${id}/sign-out`, {});
    const stranger = (await office()).browser;
    expect((await end(stranger, phone?.id)).code).toBe("not_found");
    expect((await end(browser, phone?.id)).status).toBe(200);
    const password = (current: string, next: string) => browser.ask("POST", "/api/me/password", { current, next });
    expect((await password("wrong password", "a quite new battery")).code).toBe("wrong_credentials");
    expect((await password(PASSWORD, "short")).code).toBe("input_invalid");
    expect((await password(PASSWORD, "a quite new battery")).status).toBe(200);
    expect(
      await waitFor(
        () => other.who(),
        (who) => who === "signed_out",
      ),
    ).toBe("signed_out");
    expect(await browser.who()).toBe(user.login);
  });

  it("bind a DingTalk account by a link that the phone opens once, sees whose it is, and confirms", async () => {
    const { browser, user, post } = await office();
    await post(`/users`, { login: `qr-${user.login}`, name: "QR", role: "viewer", password: PASSWORD });
    const computer = new Browser(world, build);
    await computer.signIn({ login: `qr-${user.login}` } as BuiltUser);
    const enterpriseId = user.enterprise.id;
    const create = () =>
      computer.ask<{ id: string; url: string; state: string }>("POST", "/api/me/bind-link", { enterpriseId });
    expect((await create()).code).toBe("dingtalk_misconfigured");
    await world.database.query("update enterprise set mini_app_id = '5000' where id = $1", [enterpriseId]);
    const userid = build.nextPerson(user.enterprise);
    const link = (await create()).body;
    const page = new URL(link.url).searchParams.get("page") ?? "";
    const token = page.split("link=")[1];
    const open = (authCode = build.mintCode(user.enterprise, userid)) =>
      request<{ confirmTicket: string; login: string }>(world.server.url, "POST", "/api/bind-link/open", {
        body: { token, corpId: user.enterprise.corpId, authCode },
      });
    const confirm = (confirmTicket: string, accept: boolean) =>
      request<{ session: { me: { user: { login: string } } } }>(world.server.url, "POST", "/api/bind-link/confirm", {
        body: { confirmTicket, accept, deviceId: newDevice() },
      });
    const state = async (who = computer) =>
      who.ask<{ state: string; memberName: string }>("GET", `/api/me/bind-link/${link.id}`);

    expect((await open("spent-code-of-nobody")).code).toBe("auth_code_spent");
    const opened = await open();
    expect(opened.body.login).toBe(`qr-${user.login}`);
    expect((await open()).code).toBe("bind_link_spent");
    expect((await state()).body).toMatchObject({ state: "opened" });
    expect((await state(browser)).code).toBe("not_found");
    const confirmed = await confirm(opened.body.confirmTicket, true);

    expect(confirmed.body.session.me.user.login).toBe(`qr-${user.login}`);
    expect((await state()).body.state).toBe("bound");
    expect((await confirm(opened.body.confirmTicket, true)).code).toBe("bind_link_spent");
    const { body } = await computer.ask<{ bindings: { member: { userid: string } }[] }>("GET", "/api/me/bindings");
    expect(body.bindings).toMatchObject([{ member: { userid } }]);
    expect((await computer.ask("POST", "/api/me/bindings/unbind", { enterpriseId })).status).toBe(200);
    expect((await computer.ask("POST", "/api/me/bindings/unbind", { enterpriseId })).code).toBe("not_found");
  });

  it.each(
    Object.values(personalRoutes as Record<string, Route>).map(
      (route) => [`${route.method} ${route.path}`, route] as const,
    ),
  )("%s is closed to the signed out or refuses an empty body", async (_name, route) => {
    const path = route.path.replace(/:\w+/, randomUUID());
    const body = route.method === "POST" ? {} : undefined;
    const answer = await request(world.server.url, route.method, path, body ? { body } : {});
    expect(answer.code).toBe(route.access === "open" ? "input_invalid" : "signed_out");
  });
});

async function waitFor<T>(ask: () => Promise<T>, good: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (good(answer) || Date.now() > deadline) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
