import type { Me } from "../../../core/contract/session/session";
import { browsers, type Browser } from "../../../tests/factories/browser";
import { builders, PASSWORD, type BuiltEnterprise, type BuiltUser } from "../../../tests/factories/build";
import { cookieOf, request } from "../../../tests/factories/client";
import { PUBLIC_URL, startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(60_000);

const MINUTE = 60_000;

let world: World;
let build: ReturnType<typeof builders>;
let open: () => Browser;

beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
  open = browsers(world, build).open;
});
afterAll(() => world.stop());

/** Sends the browser to DingTalk's page; answers the page's address and the state in it. */
async function begin(browser: Browser, { corpId }: BuiltEnterprise): Promise<{ url: URL; state: string }> {
  const { body } = await browser.ask<{ url: string }>("POST", "/api/session/oauth/begin", { corpId });
  const url = new URL(body.url);
  return { url, state: url.searchParams.get("state") ?? "" };
}

/** A code as DingTalk's page hands it out when the person agrees on the phone. */
const codeOf = ({ enterprise, userid }: BuiltUser, withCorp = true): string =>
  world.dingtalk.controls.mintCode({ corpId: enterprise.corpId, userid, kind: "oauth", withCorp }).code;

const finish = (browser: Browser, back: { state: string; code?: string; error?: string }) =>
  browser.ask<Me>("POST", "/api/session/oauth/finish", back);

/** The whole way of a person who agrees on the phone. */
async function comeBack(browser: Browser, user: BuiltUser, code = codeOf(user)) {
  const { state } = await begin(browser, user.enterprise);
  return finish(browser, { state, code });
}

const callsSince = (number: number): string[] => world.dingtalk.platform.ledger.after(number).map(({ api }) => api);

describe("the way to DingTalk's page", () => {
  it("asks for the enterprise's own app, its organisation alone, and the return to our registered address", async () => {
    const enterprise = await build.buildEnterprise();

    const { url, state } = await begin(open(), enterprise);

    expect(url.origin + url.pathname).toBe(`${world.config.dingtalk.loginUrl}/oauth2/auth`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      redirect_uri: `${PUBLIC_URL}/sign-in/dingtalk`,
      response_type: "code",
      client_id: enterprise.organisation.app?.appKey,
      scope: "openid corpid",
      state,
      prompt: "consent",
      corpId: enterprise.corpId,
    });
    expect(state).toMatch(/^[\w-]{43}$/);
  });

  it("is refused for an enterprise that is not authorised, or no longer", async () => {
    const revoked = await build.buildEnterprise();
    await world.server.domain.enterprises.revoke(revoked.corpId);
    const code = async (corpId: unknown) => (await open().ask("POST", "/api/session/oauth/begin", { corpId })).code;

    expect(await code(build.nextOrganisation().corpId)).toBe("corp_not_authorised");
    expect(await code(revoked.corpId)).toBe("authorisation_revoked");
    expect(await code("")).toBe("input_invalid");
    expect(await code(undefined)).toBe("input_invalid");
  });

  it("begins on our own pages only", async () => {
    const { corpId } = await build.buildEnterprise();
    for (const path of ["begin", "finish"]) {
      const answer = await request(world.server.url, "POST", `/api/session/oauth/${path}`, {
        headers: { origin: "https://evil.example" },
        body: { corpId, state: "s", code: "c" },
      });
      expect([path, answer.code]).toEqual([path, "origin_refused"]);
    }
  });

  const list = async (url: string) =>
    (await request<{ enterprises: unknown[] }>(url, "GET", "/api/session/oauth/enterprises")).body.enterprises;

  it("names the only enterprise, but none of several", async () => {
    const alone = await startWorld();
    try {
      const { buildEnterprise } = builders(alone);
      const { corpId, organisation } = await buildEnterprise();
      expect(await list(alone.server.url)).toEqual([{ corpId, name: organisation.name }]);
      await buildEnterprise();
      expect(await list(alone.server.url)).toEqual([]);
    } finally {
      await alone.stop();
    }
  });

  it("names no enterprise to strangers unless the operator lists them", async () => {
    const [enterprise] = [await build.buildEnterprise(), await build.buildEnterprise()];
    expect(await list(world.server.url)).toEqual([]);

    world.config.listsEnterprises = true;
    const listing = await world.startNode();

    expect(await list(listing.url)).toContainEqual({ corpId: enterprise.corpId, name: enterprise.organisation.name });
  });
});

describe("the way back", () => {
  it("signs a member in whom DingTalk vouched for, by cookie", async () => {
    const user = await build.buildUser();
    const browser = open();

    const answer = await comeBack(browser, user);

    expect(answer.status).toBe(200);
    expect(answer.body.user.login).toBe(user.login);
    expect(answer.body.enterprise?.id).toBe(user.enterprise.id);
    expect(cookieOf(answer)).toMatch(/^dingboard=/);
    expect(await browser.who()).toBe(user.login);
  });

  it("asks DingTalk who that is in the organisation only where it is not known, and counts nothing", async () => {
    const known = await build.buildUser();
    const { domain } = world.server;
    const member = known.enterprise.organisation.members.find(({ userid }) => userid === known.userid);
    await domain.members.save(known.enterprise.id, {
      userid: known.userid,
      unionId: member?.unionid ?? null,
      name: "Known",
      departmentIds: [],
    });
    const before = world.dingtalk.platform.ledger.after(0).at(-1)?.number ?? 0;

    expect((await comeBack(open(), known)).status).toBe(200);

    expect(callsSince(before)).toEqual(["/v1.0/oauth2/userAccessToken", "/v1.0/contact/users/{unionId}"]);
    const middle = world.dingtalk.platform.ledger.after(0).at(-1)?.number ?? 0;
    const unknown = await build.buildUser({ enterprise: known.enterprise });
    expect((await comeBack(open(), unknown)).status).toBe(200);
    expect(callsSince(middle)).toContain("/topapi/user/getbyunionid");
    const costs = world.dingtalk.platform.ledger.after(before).map(({ cost }) => cost);
    expect(new Set(costs)).toEqual(new Set(["exempt"]));
  });

  it("lets a member without an account bind one, and signs in", async () => {
    const user = await build.buildUser({ bound: false });
    const browser = open();

    const refused = await comeBack(browser, user);
    expect(refused.code).toBe("not_bound");
    const bindTicket = refused.body.error?.notBound?.bindTicket;
    const bound = await browser.ask("POST", "/api/session/dingtalk-web/bind", {
      ...{ bindTicket, login: user.login, password: PASSWORD },
    });

    expect(bound.status).toBe(200);
    expect(await browser.who()).toBe(user.login);
    expect((await comeBack(open(), user)).status).toBe(200);
  });

  it("begins a session that ends with the authorisation", async () => {
    const user = await build.buildUser();
    const browser = open();
    await comeBack(browser, user);

    await world.server.domain.enterprises.revoke(user.enterprise.corpId);

    expect(await browser.who()).toBe("signed_out");
  });

  it("leaves neither state nor code in the log", async () => {
    const user = await build.buildUser();
    const browser = open();
    const { state } = await begin(browser, user.enterprise);
    const code = codeOf(user);
    await finish(browser, { state, code });

    expect(world.logged()).not.toContain(state);
    expect(world.logged()).not.toContain(code);
  });
});

describe("a way back that is refused", () => {
  it("works once", async () => {
    const user = await build.buildUser();
    const browser = open();
    const { state } = await begin(browser, user.enterprise);
    expect((await finish(browser, { state, code: codeOf(user) })).status).toBe(200);

    expect((await finish(browser, { state, code: codeOf(user) })).code).toBe("sign_in_expired");
  });

  it("works in the browser where it began, whatever others tried with its state", async () => {
    const user = await build.buildUser();
    const [browser, thief] = [open(), open()];
    const { state } = await begin(browser, user.enterprise);
    await begin(thief, user.enterprise);

    expect((await finish(thief, { state, code: codeOf(user) })).code).toBe("sign_in_expired");
    expect(await thief.who()).toBe("signed_out");
    expect((await finish(browser, { state, code: codeOf(user) })).status).toBe(200);
  });

  it("is invented or over ten minutes old", async () => {
    const user = await build.buildUser();
    const browser = open();
    const { state } = await begin(browser, user.enterprise);
    expect((await finish(browser, { state: "x".repeat(43), code: codeOf(user) })).code).toBe("sign_in_expired");

    world.advance(10 * MINUTE + 1);

    expect((await finish(browser, { state, code: codeOf(user) })).code).toBe("sign_in_expired");
    expect((await finish(browser, { state: "", code: "c" })).code).toBe("input_invalid");
  });

  it("says no: the person did not agree, and the state is spent", async () => {
    const user = await build.buildUser();
    const browser = open();
    const { state } = await begin(browser, user.enterprise);

    expect((await finish(browser, { state, error: "access_denied" })).code).toBe("consent_refused");
    expect((await finish(browser, { state, code: codeOf(user) })).code).toBe("sign_in_expired");
  });

  it("brings a code that DingTalk does not know, knows no more, or gave out for another app", async () => {
    const user = await build.buildUser();
    const stranger = await build.buildUser();
    const spent = codeOf(user);
    await comeBack(open(), user, spent);

    for (const code of ["invented", spent, codeOf(stranger), build.mintCode(user.enterprise, user.userid)]) {
      expect((await comeBack(open(), user, code)).code).toBe("auth_code_spent");
    }
  });

  it("brings somebody for whom DingTalk names no organisation", async () => {
    const user = await build.buildUser();

    expect((await comeBack(open(), user, codeOf(user, false))).code).toBe("not_a_member");
  });

  it("brings somebody who left the organisation meanwhile", async () => {
    const user = await build.buildUser();
    const { controls, platform } = world.dingtalk;
    const { corpId } = user.enterprise;
    const before = platform.ledger.after(0).at(-1)?.number ?? 0;
    controls.addFault({ kind: "latency", milliseconds: 1_000, api: "/v1.0/contact/users/{unionId}", times: 1 });

    const answer = comeBack(open(), user);
    while (!callsSince(before).includes("/v1.0/contact/users/{unionId}")) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    controls.patchPerson({ corpId, userid: user.userid, left: true });

    expect((await answer).code).toBe("not_a_member");
  });

  it("brings somebody whose account is disabled", async () => {
    const user = await build.buildUser();
    await world.server.domain.users.disable(user.login);

    expect((await comeBack(open(), user)).code).toBe("user_disabled");
  });

  it("comes to an enterprise that was revoked meanwhile, or whose app may not read who signed in", async () => {
    const user = await build.buildUser();
    const browser = open();
    const { state } = await begin(browser, user.enterprise);
    await world.server.domain.enterprises.revoke(user.enterprise.corpId);
    expect((await finish(browser, { state, code: codeOf(user) })).code).toBe("authorisation_revoked");

    const other = await build.buildUser();
    world.dingtalk.controls.patchApp({ corpId: other.enterprise.corpId, permissions: ["qyapi_get_member"] });
    expect((await comeBack(open(), other)).code).toBe("dingtalk_misconfigured");

    const rotated = await build.buildUser();
    world.dingtalk.controls.patchApp({ corpId: rotated.enterprise.corpId, appSecret: "another-secret-of-the-app" });
    expect((await comeBack(open(), rotated)).code).toBe("dingtalk_misconfigured");
  });
});
