import type { ErrorCode } from "../../../core/contract/error";
import type { ReportList } from "../../../core/contract/report/report";
import type { SessionReply } from "../../../core/contract/session/session";
import { builders, keyOf, PASSWORD, type BuiltUser } from "../../../tests/factories/build";
import { newDevice, request } from "../../../tests/factories/client";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(60_000); // passwords are slow on purpose, and machines may be busy

let world: World;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
});
afterAll(() => world.stop());
afterEach(() => void world.dingtalk.controls.clearFaults({}));

const post = (path: string, body: unknown) => request<SessionReply>(world.server.url, "POST", path, { body });
const callsOf = (name: string): number =>
  world.dingtalk.controls.calls({ after: 0 }).calls.filter((call) => JSON.stringify(call).includes(name)).length;

describe("signing in with DingTalk", () => {
  it("lets a bound member in, who then gets the list of reports", async () => {
    const user = await build.buildUser({ role: "administrator" });
    const reportId = await build.buildReport(user.enterprise);

    const answer = await build.signIn(user);

    expect(answer.status).toBe(200);
    expect(answer.body.me).toMatchObject({
      user: { login: user.login },
      enterprise: { corpId: user.enterprise.corpId },
      role: "administrator",
      departments: ["销售部"],
      enterprises: [{ corpId: user.enterprise.corpId }],
    });
    const list = await request<ReportList>(world.server.url, "GET", "/api/reports", {
      token: answer.body.tokens.accessToken,
    });
    expect(list.body.reports.map((report) => report.id)).toEqual([reportId]);
  });

  it("asks DingTalk for one app token, however many sign in at once", async () => {
    const first = await build.buildUser();
    const others = await Promise.all([1, 2, 3, 4].map(() => build.buildUser({ enterprise: first.enterprise })));
    world.dingtalk.controls.clearCalls({});

    const answers = await Promise.all([first, ...others].map((user) => build.signIn(user)));

    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200]);
    expect(callsOf("/v1.0/oauth2/accessToken")).toBe(1);
  });

  it("takes a new app token when DingTalk no longer knows the old one", async () => {
    const user = await build.buildUser();
    expect((await build.signIn(user)).status).toBe(200);
    world.dingtalk.controls.advanceClock({ milliseconds: 3 * 3_600_000 });

    expect((await build.signIn(user)).status).toBe(200);
  });

  it("knows a member whom no synchronisation has brought, from DingTalk", async () => {
    const enterprise = await build.buildEnterprise();
    const userid = build.nextPerson(enterprise);

    const answer = await build.signIn({ userid, enterprise } as BuiltUser);

    expect(answer.code).toBe("not_bound");
    const [row] = await world.database.query(
      "select m.name, d.dept_id from member m join member_department d on d.member_id = m.id where m.enterprise_id = $1",
      [enterprise.id],
    );
    expect(row).toEqual({ name: "成员1", dept_id: "10" });
  });

  it.each<[ErrorCode, number, () => Promise<BuiltUser>]>([
    [
      "corp_not_authorised",
      403,
      async () => ({ ...(await build.buildUser()), enterprise: await strangersEnterprise() }),
    ],
    [
      "authorisation_revoked",
      403,
      async () => {
        const user = await build.buildUser();
        await world.server.domain.enterprises.revoke(user.enterprise.corpId);
        return user;
      },
    ],
    [
      "user_disabled",
      403,
      async () => {
        const user = await build.buildUser();
        await world.server.domain.users.disable(user.login);
        return user;
      },
    ],
    ["not_bound", 403, () => build.buildUser({ bound: false })],
  ])("answers %s with HTTP %i", async (code, status, prepare) => {
    const user = await prepare();

    const answer = await build.signIn(user);

    expect([answer.code, answer.status]).toEqual([code, status]);
  });

  const strangersEnterprise = async () => {
    const organisation = build.nextOrganisation();
    return { id: (await build.buildUser()).enterprise.id, corpId: keyOf(organisation).corpId, organisation };
  };

  it("refuses a code that was used, one that was never given, and one of another organisation", async () => {
    const user = await build.buildUser();
    const stranger = await build.buildUser();
    const authCode = build.mintCode(user.enterprise, user.userid);
    expect((await build.signIn(user, { authCode })).status).toBe(200);

    const answers = await Promise.all([
      build.signIn(user, { authCode }),
      build.signIn(user, { authCode: "never-given" }),
      build.signIn(user, { authCode: build.mintCode(stranger.enterprise, stranger.userid) }),
    ]);

    expect(answers.map((answer) => [answer.code, answer.status])).toEqual(answers.map(() => ["auth_code_spent", 401]));
  });

  it("refuses a code older than five minutes", async () => {
    const user = await build.buildUser();
    const authCode = build.mintCode(user.enterprise, user.userid);
    world.dingtalk.controls.advanceClock({ milliseconds: 301_000 });

    expect((await build.signIn(user, { authCode })).code).toBe("auth_code_spent");
  });

  it.each([
    ["dingtalk_failed", 502, { kind: "status", status: 503 }],
    ["dingtalk_failed", 502, { kind: "hang" }],
    ["dingtalk_busy", 503, { kind: "html" }],
    ["dingtalk_busy", 503, { kind: "qps" }],
  ] as const)("answers %s (HTTP %i) for the fault %o", async (code, status, fault) => {
    const user = await build.buildUser();
    world.dingtalk.controls.addFault(fault);

    const answer = await build.signIn(user);

    expect([answer.code, answer.status]).toEqual([code, status]);
  });

  it("gets over a single refusal because of too many calls a second", async () => {
    const user = await build.buildUser();
    world.dingtalk.controls.addFault({ kind: "qps", times: 1 });

    expect((await build.signIn(user)).status).toBe(200);
  });

  it("does not need the monthly quota", async () => {
    const user = await build.buildUser();
    world.dingtalk.controls.addFault({ kind: "quota" });

    expect((await build.signIn(user)).status).toBe(200);
  });

  it("tells that the app's set-up is to blame, and logs what DingTalk said is missing", async () => {
    const user = await build.buildUser({ bound: false });
    world.dingtalk.controls.patchApp({ corpId: user.enterprise.corpId, permissions: ["qyapi_base"] });

    const answer = await build.signIn(user);

    expect([answer.code, answer.status]).toEqual(["dingtalk_misconfigured", 502]);
    expect(world.logged()).toContain("qyapi_get_member");
  });

  it("leaves running sessions alone while DingTalk is down", async () => {
    const user = await build.buildUser({ role: "administrator" });
    const reportId = await build.buildReport(user.enterprise);
    const token = await build.tokenOf(user);
    world.dingtalk.controls.addFault({ kind: "status", status: 500 });

    const view = await request(world.server.url, "GET", `/api/reports/${reportId}/view`, { token });

    expect(view.status).toBe(200);
  });

  it.each([
    ["no auth code", { authCode: undefined }],
    ["an empty CorpId", { corpId: "" }],
    ["a device id that is too short", { deviceId: "abc" }],
  ])("refuses %s as bad input", async (_what, change) => {
    const body = { corpId: "dingx", authCode: "code", deviceId: newDevice(), ...change };

    const answer = await post("/api/session/dingtalk", body);

    expect([answer.code, answer.status]).toEqual(["input_invalid", 400]);
  });

  it("slows one device down that tries again and again", async () => {
    const deviceId = newDevice();
    const body = { corpId: "ding-unknown", authCode: "code", deviceId };

    const codes = [];
    for (let index = 0; index < 31; index += 1) codes.push((await post("/api/session/dingtalk", body)).code);

    expect(codes.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => "corp_not_authorised"));
    expect(codes[30]).toBe("too_many_attempts");
  });

  it("keeps a ledger of the calls per enterprise", async () => {
    const user = await build.buildUser();
    await build.signIn(user);

    await expectSoon(async () => {
      const rows = await world.database.query(
        "select api, counted, outcome, calls from dingtalk_call where enterprise_id = $1 order by api",
        [user.enterprise.id],
      );
      expect(rows).toEqual([
        { api: "accessToken", counted: false, outcome: "ok", calls: 1 },
        { api: "getuserinfo", counted: false, outcome: "ok", calls: 1 },
      ]);
    });
  });
});

describe("binding right there", () => {
  const ticketOf = async (user: BuiltUser): Promise<string> => {
    const answer = await build.signIn(user);
    return answer.body.error?.notBound?.bindTicket ?? "";
  };
  const bind = (bindTicket: string, login: string, password = PASSWORD) =>
    post("/api/session/bind", { bindTicket, login, password, deviceId: newDevice() });

  it("tells whom to ask, and signs in with the local account from then on", async () => {
    const administrator = await build.buildUser({ role: "administrator" });
    const user = await build.buildUser({ enterprise: administrator.enterprise, bound: false });
    const refused = await build.signIn(user);
    expect(refused.body.error?.notBound).toMatchObject({
      enterpriseName: user.enterprise.organisation.name,
      administrators: [`Name of ${administrator.userid}`],
    });

    const bound = await bind(refused.body.error?.notBound?.bindTicket ?? "", user.login.toUpperCase());

    expect(bound.status).toBe(200);
    expect(bound.body.me.user.login).toBe(user.login);
    expect((await build.signIn(user)).body.me.user.login).toBe(user.login);
  });

  it("answers a wrong password and an unknown account alike, and lets the person try again", async () => {
    const user = await build.buildUser({ bound: false });
    const ticket = await ticketOf(user);

    const wrong = await bind(ticket, user.login, "not the password");
    const unknown = await bind(ticket, "nobody-of-that-name");

    expect(wrong.body).toMatchObject({ error: { code: "wrong_credentials" } });
    expect(unknown.body).toMatchObject({ error: { message: (wrong.body as never as Failed).error.message } });
    expect((await bind(ticket, user.login)).status).toBe(200);
  });

  it("takes a ticket once, for five minutes, and only one that it gave", async () => {
    const user = await build.buildUser({ bound: false });
    const ticket = await ticketOf(user);
    const late = await ticketOf(user);
    expect((await bind(ticket, user.login)).status).toBe(200);

    expect((await bind(ticket, user.login)).code).toBe("bind_ticket_spent");
    expect((await bind("invented", user.login)).code).toBe("bind_ticket_spent");
    world.advance(5 * 60_000 + 1_000);
    expect((await bind(late, user.login)).code).toBe("bind_ticket_spent");
  });

  it("refuses an account that is linked to another member", async () => {
    const owner = await build.buildUser({ password: true });
    const user = await build.buildUser({ enterprise: owner.enterprise, bound: false });

    const answer = await bind(await ticketOf(user), owner.login);

    expect([answer.code, answer.status]).toEqual(["already_bound", 409]);
  });

  it("refuses a member who has been linked to another account meanwhile", async () => {
    const user = await build.buildUser({ bound: false });
    const other = await build.buildUser({ enterprise: user.enterprise, bound: false });
    const ticket = await ticketOf(user);
    await world.server.domain.users.bindMember(user.enterprise.id, other.id, user.userid);

    expect((await bind(ticket, user.login)).code).toBe("bound_elsewhere");
  });

  it("refuses an account of another enterprise, and a disabled one", async () => {
    const user = await build.buildUser({ bound: false });
    const stranger = await build.buildUser({ password: true });
    const disabled = await build.buildUser({ enterprise: user.enterprise, bound: false });
    await world.server.domain.users.disable(disabled.login);
    const ticket = await ticketOf(user);

    expect((await bind(ticket, stranger.login)).code).toBe("forbidden");
    expect((await bind(ticket, disabled.login)).code).toBe("user_disabled");
  });

  it("stops guessing at one account after ten attempts, whichever ticket is used", async () => {
    const user = await build.buildUser({ bound: false });
    const tickets = [await ticketOf(user), await ticketOf(user)];

    const codes = [];
    for (let index = 0; index < 11; index += 1) {
      codes.push((await bind(tickets[index % 2] ?? "", user.login, `guess number ${index}`)).code);
    }

    expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => "wrong_credentials"));
    expect(codes[10]).toBe("too_many_attempts");
    expect((await bind(tickets[0] ?? "", user.login)).code).toBe("too_many_attempts");
  });

  it("refuses bad input", async () => {
    expect((await post("/api/session/bind", { bindTicket: "x" })).code).toBe("input_invalid");
  });
});

interface Failed {
  error: { message: string };
}

/** The ledger is written beside the answer, not before it. */
async function expectSoon(check: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + 5_000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise(setImmediate);
    }
  }
}
