import type { Me, SessionReply } from "../../../core/contract/session/session";
import { builders, PASSWORD, type BuiltUser } from "../../../tests/factories/build";
import { cookieOf, newDevice, request, type Ask } from "../../../tests/factories/client";
import { withinASecond } from "../../../tests/factories/within";
import { PUBLIC_URL, startWorld, type World } from "../../../tests/factories/world";
import type { Running } from "../../start";

const MINUTE = 60_000;

jest.setTimeout(60_000); // passwords are slow on purpose, and machines may be busy

let world: World;
let node: Running;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  world = await startWorld();
  node = await world.startNode();
  build = builders(world);
});
afterAll(() => world.stop());

const ask = <T>(method: string, path: string, options: Ask = {}) => request<T>(world.server.url, method, path, options);
const me = (token: string) => ask<Me>("GET", "/api/me", { token });
const refresh = (refreshToken: string, deviceId: string) =>
  ask<SessionReply>("POST", "/api/session/refresh", { body: { refreshToken, deviceId } });
const fromOwnPage = { headers: { origin: PUBLIC_URL } };
const signInWithPassword = (login: string, password = PASSWORD, options: Ask = fromOwnPage) =>
  ask<Me>("POST", "/api/session/password", { body: { login, password }, ...options });

/** Signs in on a device of its own. */
async function begin(user?: BuiltUser) {
  const deviceId = newDevice();
  const answer = await build.signIn(user ?? (await build.buildUser()), { deviceId });
  return { ...answer.body.tokens, deviceId };
}

describe("a mini program's session", () => {
  it("lasts fifteen minutes, then goes on with the refresh token", async () => {
    const session = await begin();
    world.advance(15 * MINUTE + 1_000);

    expect((await me(session.accessToken)).code).toBe("signed_out");
    const next = await refresh(session.refreshToken, session.deviceId);

    expect(next.status).toBe(200);
    expect(next.body.tokens.refreshToken).not.toBe(session.refreshToken);
    expect((await me(next.body.tokens.accessToken)).status).toBe(200);
    const lasts = Date.parse(next.body.tokens.refreshExpiresAt) - world.now();
    expect(Math.round(lasts / (24 * 60 * MINUTE))).toBe(30);
  });

  it("forgives a lost reply: the same refresh token within 30 seconds gives the same successor", async () => {
    const session = await begin();
    const [first, again] = await Promise.all([1, 2].map(() => refresh(session.refreshToken, session.deviceId)));
    world.advance(29_000);
    const late = await refresh(session.refreshToken, session.deviceId);

    expect(again?.body.tokens).toEqual(first?.body.tokens);
    expect(late.body.tokens).toEqual(first?.body.tokens);
  });

  it("ends altogether when a refresh token is used again later, and that is on record", async () => {
    const session = await begin();
    const next = await refresh(session.refreshToken, session.deviceId);
    world.advance(31_000);

    expect((await refresh(session.refreshToken, session.deviceId)).code).toBe("session_ended");

    expect((await refresh(next.body.tokens.refreshToken, session.deviceId)).code).toBe("session_ended");
    expect((await me(next.body.tokens.accessToken)).code).toBe("signed_out");
    const entries = await world.database.query("select 1 from audit_entry where action = 'refresh_token_reused'");
    expect(entries).toHaveLength(1);
  });

  it("is bound to its device", async () => {
    const session = await begin();

    expect((await refresh(session.refreshToken, newDevice())).code).toBe("session_ended");
    expect((await refresh(session.refreshToken, session.deviceId)).code).toBe("session_ended");
  });

  it("ends for good after thirty days without use", async () => {
    const session = await begin();
    world.advance(30 * 24 * 60 * MINUTE + 1_000);

    expect((await refresh(session.refreshToken, session.deviceId)).code).toBe("session_ended");
  });

  it("ends when the person signs out", async () => {
    const { accessToken: token, refreshToken, deviceId } = await begin();

    expect((await ask("POST", "/api/session/sign-out", { token, body: {} })).status).toBe(200);

    expect((await me(token)).code).toBe("signed_out");
    expect((await refresh(refreshToken, deviceId)).code).toBe("session_ended");
  });

  it.each<[string, string, (user: BuiltUser) => Promise<unknown>]>([
    ["the user is disabled", "signed_out", (user) => world.server.domain.users.disable(user.login)],
    [
      "the authorisation is revoked",
      "signed_out",
      (user) => world.server.domain.enterprises.revoke(user.enterprise.corpId),
    ],
    ["the member leaves", "signed_out", (user) => world.server.domain.members.leave(user.enterprise.id, user.userid)],
    [
      "the password is reset",
      "signed_out",
      (user) => world.server.domain.users.resetPassword(user.login, "another good battery"),
    ],
  ])("ends on every node within a second when %s", async (_what, code, change) => {
    const user = await build.buildUser();
    const { accessToken: token } = await begin(user);
    const onOtherNode = () => request(node.url, "GET", "/api/me", { token });
    expect((await me(token)).status).toBe(200);
    expect((await onOtherNode()).status).toBe(200);

    await change(user);

    expect(await withinASecond(async () => (await onOtherNode()).code === code)).toBe(true);
    expect(await withinASecond(async () => (await me(token)).code === code)).toBe(true);
  });

  it("is stored as hashes only", async () => {
    const session = await begin();

    const dump = JSON.stringify(await world.database.query("select * from session, refresh_token"));

    expect(dump).not.toContain(session.accessToken);
    expect(dump).not.toContain(session.refreshToken);
  });

  it("refuses what is no token of ours, and a cookie's token as a bearer", async () => {
    const user = await build.buildUser({ password: true });
    const cookie = cookieOf(await signInWithPassword(user.login));

    expect((await me("a".repeat(43))).code).toBe("signed_out");
    expect((await me(cookie.split("=")[1] ?? "")).code).toBe("signed_out");
    expect((await refresh("invented", newDevice())).code).toBe("session_ended");
    expect((await ask("POST", "/api/session/refresh", { body: {} })).code).toBe("input_invalid");
  });
});

describe("a browser's session", () => {
  it("is a cookie that scripts cannot read", async () => {
    const user = await build.buildUser({ password: true });

    const answer = await signInWithPassword(user.login);

    expect(answer.status).toBe(200);
    expect(answer.body.user.login).toBe(user.login);
    expect(answer.headers.getSetCookie()).toContainEqual(
      expect.stringMatching(/^dingboard=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/),
    );
    expect((await ask<Me>("GET", "/api/me", { cookie: cookieOf(answer) })).body.user.login).toBe(user.login);
  });

  it("is not told whether the account or the password was wrong", async () => {
    const user = await build.buildUser({ password: true });

    const answers = [await signInWithPassword(user.login, "wrong password"), await signInWithPassword("nobody at all")];

    expect(answers.map((answer) => answer.code)).toEqual(["wrong_credentials", "wrong_credentials"]);
  });

  it("writes from our own pages only", async () => {
    const user = await build.buildUser({ password: true });
    const cookie = cookieOf(await signInWithPassword(user.login));
    const signOut = (headers: Record<string, string>) =>
      ask("POST", "/api/session/sign-out", { headers: { cookie, ...headers }, body: {} });

    expect((await signOut({ origin: "https://evil.example" })).code).toBe("origin_refused");
    expect((await signOut({})).code).toBe("origin_refused");
    expect((await signInWithPassword(user.login, PASSWORD, { headers: { origin: "https://evil.example" } })).code).toBe(
      "origin_refused",
    );
    const ended = await signOut({ origin: PUBLIC_URL });
    expect(ended.status).toBe(200);
    expect(ended.headers.get("clear-site-data")).toBe('"cache"'); // what the browser kept of reports
    expect((await ask("GET", "/api/me", { cookie })).code).toBe("signed_out");
  });

  it("acts in one enterprise, which the person may change to another of their own", async () => {
    const user = await build.buildUser({ password: true });
    const second = await build.buildEnterprise();
    const strange = await build.buildEnterprise();
    await world.server.domain.users.setRole(second.id, user.id, "editor");
    const cookie = cookieOf(await signInWithPassword(user.login));
    const choose = (enterpriseId: string) =>
      ask<Me>("POST", "/api/session/enterprise", { cookie, body: { enterpriseId } });

    const chosen = await choose(second.id);

    expect(chosen.body).toMatchObject({ enterprise: { corpId: second.corpId }, role: "editor" });
    expect((await ask<Me>("GET", "/api/me", { cookie })).body.enterprise?.corpId).toBe(second.corpId);
    expect((await choose(strange.id)).code).toBe("forbidden");
    expect((await choose("not-an-id")).code).toBe("input_invalid");
    expect((await ask("POST", "/api/session/enterprise", { body: { enterpriseId: second.id } })).code).toBe(
      "signed_out",
    );
  });

  it("stays, without an enterprise, when the only one is revoked", async () => {
    const user = await build.buildUser({ password: true });
    const cookie = cookieOf(await signInWithPassword(user.login));
    await world.server.domain.enterprises.revoke(user.enterprise.corpId);

    await withinASecond(async () => (await ask<Me>("GET", "/api/me", { cookie })).body.enterprise === null);

    expect((await ask<Me>("GET", "/api/me", { cookie })).body).toMatchObject({ enterprise: null, enterprises: [] });
    expect((await ask("GET", "/api/reports", { cookie })).code).toBe("forbidden");
  });
});

describe("the instance owner", () => {
  it("may act in every enterprise, and sees all of its reports", async () => {
    const enterprise = await build.buildEnterprise();
    const reportId = await build.buildReport(enterprise);
    await world.server.domain.users.add({ login: "owner", name: "Owner", password: PASSWORD, instanceOwner: true });
    const signedIn = await signInWithPassword("owner");
    const cookie = cookieOf(signedIn);

    expect(signedIn.body.enterprises.map((one) => one.id)).toContain(enterprise.id);
    await ask("POST", "/api/session/enterprise", { cookie, body: { enterpriseId: enterprise.id } });

    const list = await ask<{ reports: { id: string }[] }>("GET", "/api/reports", { cookie });
    expect(list.body.reports.map((report) => report.id)).toEqual([reportId]);
  });
});

describe("housekeeping", () => {
  it("removes what has run out, and nothing else", async () => {
    await world.database.query("delete from session");
    const user = await build.buildUser();
    await begin(user);
    world.advance(31 * 24 * 60 * MINUTE);
    const alive = await begin(user);
    await build.signIn(await build.buildUser({ bound: false }));

    await world.server.domain.tidy();

    const [counts] = await world.database.query(
      "select (select count(*) from session) as sessions, (select count(*) from refresh_token) as tokens, (select count(*) from bind_ticket) as tickets",
    );
    expect(counts).toEqual({ sessions: "1", tokens: "1", tickets: "1" });
    expect((await me(alive.accessToken)).status).toBe(200);
  });
});
