import type { ErrorCode } from "../../../core/contract/error";
import type { Me } from "../../../core/contract/session/session";
import { browsers, type Browser } from "../../../tests/factories/browser";
import { builders, PASSWORD, type BuiltUser } from "../../../tests/factories/build";
import { cookieOf, request, type Ask } from "../../../tests/factories/client";
import { startWorld, type World } from "../../../tests/factories/world";

const EVIL = { headers: { origin: "https://evil.example" } };

jest.setTimeout(60_000); // passwords are slow on purpose, and machines may be busy

let world: World;
let build: ReturnType<typeof builders>;
let open: () => Browser;
let workbench: (user: BuiltUser) => Promise<Browser>;

beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
  ({ open, workbench } = browsers(world, build));
});
afterAll(() => world.stop());

describe("signing in on a web page inside DingTalk", () => {
  it("is the mini program's sign-in with a cookie for an answer", async () => {
    const user = await build.buildUser();
    const browser = open();

    const answer = await browser.launch(user);

    expect(answer.body).toMatchObject({
      user: { login: user.login },
      enterprise: { corpId: user.enterprise.corpId },
      role: "viewer",
    });
    expect(JSON.stringify(answer.body)).not.toContain("oken");
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^dingboard-device=[\w-]{43}; Path=\/; Max-Age=34560000; HttpOnly; SameSite=Lax$/),
      expect.stringMatching(/^dingboard=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/),
    ]);
    expect(await browser.who()).toBe(user.login);
  });

  it.each<[ErrorCode, number, (user: BuiltUser) => Promise<unknown>]>([
    ["authorisation_revoked", 403, (user) => world.server.domain.enterprises.revoke(user.enterprise.corpId)],
    ["user_disabled", 403, (user) => world.server.domain.users.disable(user.login)],
    ["not_bound", 403, (user) => world.server.domain.members.leave(user.enterprise.id, user.userid)],
  ])("answers %s (HTTP %i) with the same codes", async (code, status, change) => {
    const user = await build.buildUser();
    await change(user);
    const browser = open();

    const answer = await browser.launch(user);

    expect([answer.code, answer.status]).toEqual([code, status]);
    expect(cookieOf(answer)).toBe("");
  });

  it("refuses a code that was used, an organisation nobody knows, bad input and other sites", async () => {
    const user = await build.buildUser();
    const { corpId } = user.enterprise;
    const authCode = build.mintCode(user.enterprise, user.userid);
    const browser = open();
    const send = (body: unknown, options: Ask = {}) =>
      browser.ask("POST", "/api/session/dingtalk-web", body, options).then((answer) => answer.code);

    expect(await send({ corpId, authCode }, EVIL)).toBe("origin_refused");
    expect(await send({ corpId, authCode }, { headers: { origin: "null" } })).toBe("origin_refused");
    expect(await send({ corpId: "dingunknown", authCode })).toBe("corp_not_authorised");
    expect(await send({ corpId })).toBe("input_invalid");
    expect(await send({ corpId, authCode })).toBeUndefined();
    expect(await send({ corpId, authCode })).toBe("auth_code_spent");
  });

  it("again goes on with the same session under a new token, on the same device", async () => {
    const user = await build.buildUser();
    const browser = await workbench(user);
    const [device, token] = [browser.jar.get("dingboard-device"), browser.jar.get("dingboard")];

    await browser.launch(user);

    expect(await count("select 1 from session where user_id = $1", [user.id])).toBe(1);
    expect(browser.jar.get("dingboard-device")).toBe(device);
    expect(await browser.who()).toBe(user.login);
    expect((await request(world.server.url, "GET", "/api/me", { cookie: `dingboard=${token}` })).code).toBe(
      "signed_out",
    );
  });

  it("twice at once, as two tabs may, leaves both with a session that works", async () => {
    const user = await build.buildUser();
    const browser = await workbench(user);

    const answers = await Promise.all([browser.launch(user), browser.launch(user), browser.launch(user)]);

    for (const answer of answers) {
      const me = await request<Me>(world.server.url, "GET", "/api/me", { cookie: cookieOf(answer) });
      expect(me.body.user.login).toBe(user.login);
    }
  });

  it("makes way for whom DingTalk names, whoever was signed in there", async () => {
    const before = await build.buildUser();
    const after = await build.buildUser({ enterprise: before.enterprise });
    const browser = await workbench(before);

    await browser.launch(after);

    expect(await browser.who()).toBe(after.login);
  });

  it("binds right there to a local account, with the same ticket as the mini program", async () => {
    const user = await build.buildUser({ bound: false });
    const browser = open();
    const bindTicket = (await browser.launch(user)).body.error?.notBound?.bindTicket ?? "";
    const bind = (body: object, options: Ask = {}) =>
      browser.ask<Me>("POST", "/api/session/dingtalk-web/bind", { bindTicket, login: user.login, ...body }, options);

    expect((await bind({ password: PASSWORD }, EVIL)).code).toBe("origin_refused");
    expect((await bind({})).code).toBe("input_invalid");
    expect((await bind({ password: "not the password" })).code).toBe("wrong_credentials");
    expect((await bind({ password: PASSWORD, bindTicket: "invented" })).code).toBe("bind_ticket_spent");
    const bound = await bind({ password: PASSWORD });

    expect(bound.body).toMatchObject({ user: { login: user.login } });
    expect(await browser.who()).toBe(user.login);
    expect((await bind({ password: PASSWORD })).code).toBe("bind_ticket_spent");
    expect((await browser.launch(user)).status).toBe(200);
  });
});

async function count(text: string, values: unknown[] = []): Promise<number> {
  return (await world.database.query(text, values)).length;
}
