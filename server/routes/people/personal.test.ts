import { randomUUID } from "node:crypto";
import pg from "pg";
import { personalRoutes } from "../../../core/contract/people/personal";
import type { Route } from "../../../core/contract/route";
import { Browser } from "../../../tests/factories/browser";
import { builders, keyOf, PASSWORD, type BuiltUser } from "../../../tests/factories/build";
import { newDevice, request } from "../../../tests/factories/client";
import { offices, waitFor } from "../../../tests/factories/office";
import { PUBLIC_URL, startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(120_000); // passwords are slow on purpose, and machines may be busy

let world: World;
let build: ReturnType<typeof builders>;
const office: ReturnType<typeof offices>["office"] = (wishes) => offices(world, build).office(wishes);

beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
});
afterAll(() => world.stop());

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

  it("let nobody in with the old password while it is changed, and nobody change it with it", async () => {
    const { browser, user } = await office();
    const changing = new pg.Client({ connectionString: world.config.databaseUrl?.reveal() });
    await changing.connect();
    const waiting = async (): Promise<number> => {
      const [row] = await world.database.query("select count(*)::int as n from pg_locks where not granted");
      return Number(row?.["n"]);
    };
    try {
      await changing.query("begin");
      const other = await build.buildUser({ enterprise: user.enterprise, password: true });
      await changing.query(
        "update app_user set password_hash = (select password_hash from app_user where id = $1) where id = $2",
        [other.id, user.id],
      );
      const late = request(world.server.url, "POST", "/api/session/password", {
        body: { login: user.login, password: PASSWORD },
        headers: { origin: PUBLIC_URL },
      });
      const change = browser.ask("POST", "/api/me/password", { current: PASSWORD, next: "a quite new battery" });
      expect(await waitFor(waiting, (n) => n >= 2)).toBeGreaterThanOrEqual(2);
      await changing.query("commit");
      expect([(await late).code, (await change).code]).toEqual(["wrong_credentials", "wrong_credentials"]);
    } finally {
      await changing.end();
    }
  });

  it("bind a DingTalk account by a link that the phone opens once, sees whose it is, and confirms", async () => {
    const { browser, user, post } = await office();
    await post(`/users`, { login: `qr-${user.login}`, name: "QR", role: "viewer", password: PASSWORD });
    const computer = new Browser(world, build);
    await computer.signIn({ login: `qr-${user.login}` } as BuiltUser);
    const enterpriseId = user.enterprise.id;
    const create = () =>
      computer.ask<{ id: string; url: string; state: string }>("POST", "/api/me/bind-link", { enterpriseId });
    const { clientId, clientSecret } = keyOf(user.enterprise.organisation);
    const key = { clientId, clientSecret: clientSecret.reveal() };
    const mayBind = async () =>
      (await computer.ask<{ bindings: { mayBind: boolean }[] }>("GET", "/api/me/bindings")).body.bindings[0]?.mayBind;
    expect([(await create()).code, await mayBind()]).toEqual(["app_ids_missing", false]);
    // DingTalk opens no internal app whose AgentId the link does not name.
    expect((await post("/app", { ...key, miniAppId: "5000", agentId: "" })).status).toBe(200);
    expect([(await create()).code, await mayBind()]).toEqual(["app_ids_missing", false]);
    expect((await post("/app", { ...key, miniAppId: "5000", agentId: "1001" })).status).toBe(200);
    expect(await mayBind()).toBe(true);
    const userid = build.nextPerson(user.enterprise);
    const link = (await create()).body;
    const { page = "", ...named } = Object.fromEntries(new URL(link.url).searchParams);
    const app = { type: "2", miniAppId: "5000", agentId: "1001", pVersion: "1", packageType: "1" };
    expect(named).toEqual({ ...app, corpId: user.enterprise.corpId });
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
