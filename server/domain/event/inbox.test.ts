import { randomBytes, randomUUID } from "node:crypto";
import { Browser } from "../../../tests/factories/browser";
import { builders, type BuiltEnterprise } from "../../../tests/factories/build";
import { request } from "../../../tests/factories/client";
import { startWorld, type World } from "../../../tests/factories/world";
import { open, seal, signatureOf, type EventKeys } from "../../dingtalk/event-crypto";
import { Secret } from "../../secret";

jest.setTimeout(120_000); // passwords are slow on purpose, and machines may be busy

const KEYS: EventKeys = { token: "eventToken", aesKey: "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij" };
const SUITE = { key: "suitetest", token: "suiteToken", aesKey: "Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7" };

let world: World;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  world = await startWorld({
    suite: {
      key: SUITE.key,
      secret: new Secret("suite-secret-of-the-test"),
      push: { token: new Secret(SUITE.token), aesKey: new Secret(SUITE.aesKey) },
      appId: null,
      miniAppId: null,
      activationUrl: null,
    },
  });
  build = builders(world);
});
afterAll(() => world.stop());

/** An enterprise whose events arrive by HTTP. */
async function listening(): Promise<BuiltEnterprise & { url: string; receiver: string }> {
  const user = await build.buildUser({ role: "administrator", password: true });
  const browser = new Browser(world, build);
  await browser.signIn(user);
  const { id } = user.enterprise;
  const saved = await browser.ask("POST", `/api/enterprises/${id}/events`, { mode: "http", keys: KEYS });
  if (saved.status !== 200) throw new Error(`The test's preparation failed: ${saved.code}`);
  return {
    ...user.enterprise,
    url: `/dingtalk/events/${id}`,
    receiver: user.enterprise.organisation.app?.appKey ?? "",
  };
}

interface Wishes {
  keys?: EventKeys;
  timestamp?: number;
  signature?: string;
  change?: (encrypted: string) => string;
}

/** What DingTalk would post. */
function envelope(message: unknown, receiver: string, wishes: Wishes = {}) {
  return sealedText(JSON.stringify(message), receiver, wishes);
}

function sealedText(
  message: string,
  receiver: string,
  { keys = KEYS, timestamp = world.now(), ...wishes }: Wishes = {},
) {
  const encrypted = seal(keys, message, receiver, randomBytes(16));
  const nonce = randomBytes(6).toString("hex");
  const signature = wishes.signature ?? signatureOf(keys.token, String(timestamp), nonce, encrypted);
  const query = new URLSearchParams({ signature, msg_signature: signature, timestamp: String(timestamp), nonce });
  return { query: query.toString(), body: { encrypt: (wishes.change ?? ((same) => same))(encrypted) } };
}

type Receipt = Record<"msg_signature" | "timeStamp" | "nonce" | "encrypt", string>;

const post = (url: string, { query, body }: ReturnType<typeof envelope>) =>
  request<Receipt>(world.server.url, "POST", `${url}?${query}`, { body });

const event = (type: string, more: object = {}, eventId: string = randomUUID()) => ({
  EventType: type,
  EventTime: String(world.now()),
  eventId,
  ...more,
});

async function becomes<T>(look: () => Promise<T>, wanted: T): Promise<void> {
  const deadline = Date.now() + 20_000;
  let seen = await look();
  while (JSON.stringify(seen) !== JSON.stringify(wanted) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    seen = await look();
  }
  expect(seen).toEqual(wanted);
}

const stateOf = async (enterprise: BuiltEnterprise, userid: string) =>
  (
    await world.database.query("select state from member where enterprise_id = $1 and userid = $2", [
      enterprise.id,
      userid,
    ])
  )[0]?.["state"];

describe("an event by HTTP", () => {
  it("is answered with DingTalk's sealed success, check_url too", async () => {
    const { url, receiver } = await listening();

    const answer = await post(url, envelope({ EventType: "check_url" }, receiver));

    expect(answer.status).toBe(200);
    const { msg_signature: signature, timeStamp: timestamp, nonce, encrypt: encrypted } = answer.body;
    expect(open(KEYS, { signature, timestamp, nonce, encrypted }, [receiver])).toBe("success");
  });

  it("lets a member who left lose the sessions, however often and in whatever order it is told", async () => {
    const enterprise = await listening();
    const user = await build.buildUser({ enterprise });
    const token = await build.tokenOf(user);
    world.dingtalk.controls.patchPerson({ corpId: enterprise.corpId, userid: user.userid, left: true });
    const left = event("user_leave_org", { userId: [user.userid] });

    await post(enterprise.url, envelope(left, enterprise.receiver));
    await post(enterprise.url, envelope(left, enterprise.receiver));
    await post(enterprise.url, envelope(event("user_add_org", { UserId: [user.userid] }), enterprise.receiver));

    const me = async () => (await request(world.server.url, "GET", "/api/me", { token })).code;
    await becomes(me, "signed_out");
    const waiting = async () =>
      (
        await world.database.query("select 1 from dingtalk_event where enterprise_id = $1 and done_at is null", [
          enterprise.id,
        ])
      ).length;
    await becomes(waiting, 0);
    expect(await stateOf(enterprise, user.userid)).toBe("left");
    const rows = await world.database.query("select 1 from dingtalk_event where enterprise_id = $1", [enterprise.id]);
    expect(rows).toHaveLength(2);
  });

  it("before the first synchronisation brings the member in", async () => {
    const enterprise = await listening();
    const userid = build.nextPerson(enterprise);

    await post(enterprise.url, envelope(event("user_modify_org", { userId: [userid] }), enterprise.receiver));

    await becomes(() => stateOf(enterprise, userid), "active");
  });

  it("stops the app and enables it again by the latest word, not by the last to arrive", async () => {
    const enterprise = await listening();
    const state = async () =>
      (await world.database.query("select state from enterprise where id = $1", [enterprise.id]))[0]?.["state"];
    const told = (status: string, time: number) =>
      post(
        enterprise.url,
        envelope({ ...event("inner_app_status_change", { status }), EventTime: String(time) }, enterprise.receiver),
      );
    const now = world.now();

    await told("disable", now - 1_000);
    await becomes(state, "revoked");
    await told("enable", now);
    await becomes(state, "active");
    await told("disable", now - 500);
    const waiting = async () =>
      (
        await world.database.query("select 1 from dingtalk_event where enterprise_id = $1 and done_at is null", [
          enterprise.id,
        ])
      ).length;
    await becomes(waiting, 0);

    expect(await state()).toBe("active");
  });

  it.each<[string, string, number, Wishes]>([
    ["a forged signature", "forbidden", 403, { signature: "0".repeat(40) }],
    ["another key", "forbidden", 403, { keys: { ...KEYS, token: "otherToken" } }],
    ["an old time: a replay", "forbidden", 403, { timestamp: Date.now() - 2 * 3_600_000 }],
    ["half of its bytes", "forbidden", 403, { change: (text) => text.slice(0, 50) }],
    ["too many bytes", "body_too_large", 413, { change: (text) => text + "A".repeat(400_000) }],
  ])("with %s is refused, logged, and changes nothing", async (_what, code, status, wishes) => {
    const { url, receiver, id } = await listening();

    const answer = await post(url, envelope(event("user_add_org", { userId: ["p1"] }), receiver, wishes));

    expect([answer.code, answer.status]).toEqual([code, status]);
    expect(await world.database.query("select 1 from dingtalk_event where enterprise_id = $1", [id])).toEqual([]);
    expect(world.logged()).toContain(code);
  });

  it("with what no database keeps is kept without it; endless levels are refused", async () => {
    const { url, receiver } = await listening();
    const odd = (extra: object) => envelope({ ...event("user_modify_org"), ...extra }, receiver);

    const zero = await post(url, odd({ userId: ["a\0b"], status: "\0" }));
    const half = await post(url, odd({ userId: ["\ud800", "b\udc00"], agentId: "\ud800" }));

    expect([zero.status, half.status]).toEqual([200, 200]);
    const levels = sealedText(`{"EventType":"x","a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`, receiver);
    expect((await post(url, levels)).code).toBe("input_invalid");
  });

  it("for somebody else, for an unknown enterprise, or without an envelope is refused", async () => {
    const { url, receiver } = await listening();

    const unknown = await post(`/dingtalk/events/${randomUUID()}`, envelope(event("org_change"), receiver));
    const noId = await post("/dingtalk/events/no-id", envelope(event("org_change"), receiver));
    const foreign = await post(url, envelope(event("org_change"), "dingsomebodyelse"));
    const empty = await request(world.server.url, "POST", url, { body: {} });
    const deaf = await build.buildEnterprise();
    const noKeys = await post(`/dingtalk/events/${deaf.id}`, envelope(event("org_change"), receiver));

    expect([unknown, noId, foreign, empty, noKeys].map(({ code }) => code)).toEqual([
      "not_found",
      "not_found",
      "forbidden",
      "input_invalid",
      "not_found",
    ]);
    expect(world.logged()).toContain("event refused");
  });
});

describe("a suite's push", () => {
  const push = (...bizData: object[]) =>
    post("/dingtalk/suite/events", envelope({ EventType: "SYNC_HTTP_PUSH_HIGH", bizData }, SUITE.key, { keys: SUITE }));
  const entry = (biz_type: number, corp_id: string, data: object, gmt_modified = world.now()) => ({
    biz_type,
    biz_id: "1",
    corp_id,
    gmt_modified,
    biz_data: JSON.stringify(data),
  });

  it("keeps the ticket, sealed, and who activated or relieved the suite by the latest word", async () => {
    const corpId = build.nextOrganisation().corpId;
    const now = world.now();
    const auth = { syncAction: "org_suite_auth", auth_corp_info: { corp_name: "Customer" } };

    expect(
      (await push(entry(2, corpId, { syncAction: "suite_ticket", suiteTicket: "the-ticket-itself" }))).status,
    ).toBe(200);
    await push(entry(4, corpId, auth, now));
    await push(entry(4, corpId, { syncAction: "org_suite_relieve" }, now - 5_000));

    const [stored] = await world.database.query("select value::text from instance_setting where key = 'suite_ticket'");
    expect(String(stored?.["value"])).not.toContain("the-ticket-itself");
    const state = () => world.database.query("select name, state from suite_corp where corp_id = $1", [corpId]);
    expect(await state()).toEqual([{ name: "Customer", state: "activated" }]);
    await push(entry(4, corpId, { syncAction: "org_suite_relieve" }, now + 5_000));
    expect(await state()).toMatchObject([{ state: "relieved" }]);
  });

  it("ends an enterprise's authorisation when the suite is relieved", async () => {
    const user = await build.buildUser({ password: true });
    await world.database.query("update enterprise set app_kind = 'suite' where id = $1", [user.enterprise.id]);
    const state = async () =>
      (await world.database.query("select state from enterprise where id = $1", [user.enterprise.id]))[0]?.["state"];

    await push(entry(4, user.enterprise.corpId, { syncAction: "org_suite_relieve" }));

    expect(await state()).toBe("revoked");
    const auth = { syncAction: "org_suite_auth", auth_corp_info: { corp_name: "Back" } };
    await push(entry(4, user.enterprise.corpId, auth, world.now() + 1_000));
    expect(await state()).toBe("active");
  });

  it("with another suite's key is refused", async () => {
    const forged = envelope({ EventType: "SYNC_HTTP_PUSH_HIGH", bizData: [] }, SUITE.key, { keys: KEYS });
    expect((await post("/dingtalk/suite/events", forged)).code).toBe("forbidden");
  });
});

describe("an event by Stream", () => {
  it("arrives over one connection, is acknowledged once kept, and a repeat is known", async () => {
    const user = await build.buildUser({ role: "administrator", password: true });
    const { enterprise } = user;
    const key = enterprise.organisation.app?.appKey ?? "";
    const browser = new Browser(world, build);
    await browser.signIn(user);
    const userid = build.nextPerson(enterprise);
    await world.dingtalk.controls.setEvents({ key, mode: "stream", types: null });
    await browser.ask("POST", `/api/enterprises/${enterprise.id}/events`, { mode: "stream" });
    const channel = async () => {
      const { body } = await browser.ask<{ checks: { check: string; state: string }[] }>(
        "POST",
        `/api/enterprises/${enterprise.id}/self-check`,
        {},
      );
      return body.checks.find(({ check }) => check === "event_channel")?.state;
    };
    await becomes(channel, "ok");
    const send = (eventId: string) =>
      world.dingtalk.controls.sendEvent({
        key,
        corpId: enterprise.corpId,
        type: "user_add_org",
        bizType: 13,
        data: { userId: [userid] },
        eventId,
      });

    await send("stream-event-1");
    await becomes(() => stateOf(enterprise, userid), "active");
    await send("stream-event-1");
    await send("stream-event-2");

    const kept = async () =>
      (
        await world.database.query(
          "select event_id from dingtalk_event where enterprise_id = $1 and type = 'user_add_org' order by event_id",
          [enterprise.id],
        )
      ).map((row) => row["event_id"]);
    await becomes(kept, ["stream-event-1", "stream-event-2"]);
    await browser.ask("POST", `/api/enterprises/${enterprise.id}/events`, { mode: "none" });
  });
});
