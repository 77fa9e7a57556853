import { browsers, ticketIn, type Browser, type Ticket } from "../../../tests/factories/browser";
import { builders, type BuiltUser } from "../../../tests/factories/build";
import { cookieOf, request } from "../../../tests/factories/client";
import { startWorld, type World } from "../../../tests/factories/world";
import type { Running } from "../../start";

const DAY = 24 * 3_600_000;
const EVIL = { headers: { origin: "https://evil.example" } };

jest.setTimeout(60_000); // passwords are slow on purpose, and machines may be busy

let world: World;
let node: Running;
let build: ReturnType<typeof builders>;
let open: () => Browser;
let workbench: (user: BuiltUser) => Promise<Browser>;
let handedOver: (user: BuiltUser) => Promise<{ inside: Browser; outside: Browser }>;

beforeAll(async () => {
  world = await startWorld();
  node = await world.startNode();
  build = builders(world);
  ({ open, workbench, handedOver } = browsers(world, build));
});
afterAll(() => world.stop());

describe("a hand-off ticket", () => {
  it("takes the person from the Workbench to the wanted page in the browser, with a session of its own", async () => {
    const user = await build.buildUser();
    const inside = await workbench(user);
    const outside = open();

    const created = await inside.ask<Ticket>("POST", "/api/hand-off", { target: "/r/1?page=two" });
    const redeemed = await outside.redeem(ticketIn(created));

    expect(created.body.url).toMatch(/^http:\/\/dingboard\.test\/hand-off#[\w-]{43}$/);
    const seconds = (Date.parse(created.body.expiresAt) - world.now()) / 1_000;
    expect(seconds).toBeGreaterThan(50);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(redeemed.body).toMatchObject({
      target: "/r/1?page=two",
      me: { user: { login: user.login }, enterprise: { corpId: user.enterprise.corpId } },
    });
    expect(await outside.who()).toBe(user.login);
    expect(await inside.who()).toBe(user.login);
    expect(outside.jar.get("dingboard")).not.toBe(inside.jar.get("dingboard"));
  });

  it("does not sign in unasked where somebody else was the last one to use the browser", async () => {
    const [user, other] = [await build.buildUser(), await build.buildUser()];
    const ticket = ticketIn(await (await workbench(user)).ask<Ticket>("POST", "/api/hand-off", { target: "/r/1" }));
    const outside = open();
    const redeem = (more: object) => outside.ask("POST", "/api/hand-off/redeem", { ticket, ...more });

    expect((await redeem({ lastUser: other.id })).code).toBe("hand_off_other_user");
    expect((await redeem({ lastUser: "x".repeat(101) })).code).toBe("input_invalid");
    expect((await redeem({ lastUser: user.id })).status).toBe(200);
    expect(await outside.who()).toBe(user.login);
  });

  it("is given to whoever is signed in, on our own pages, and for a target", async () => {
    const inside = await workbench(await build.buildUser());

    expect((await open().ask("POST", "/api/hand-off", { target: "/" })).code).toBe("signed_out");
    expect((await inside.ask("POST", "/api/hand-off", { target: "/" }, EVIL)).code).toBe("origin_refused");
    expect((await inside.ask("POST", "/api/hand-off", {})).code).toBe("input_invalid");
  });

  it.each([
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\u0000/evil.example",
    "/r\u007f",
    "/.//evil.example",
    "/x/..//evil.example",
    "/%2e//evil.example",
    "https://evil.example/",
    "http:evil.example",
    "javascript:alert(1)",
    "evil.example",
    "",
    " /r/1",
    "/r/1#fragment",
    "/hand-off",
    "/HAND-OFF?again",
    "/api/me",
    "/dingtalk/events/1",
    `/${"x".repeat(2_000)}`,
  ])("is not given for the target %j", async (target) => {
    const inside = await workbench(await sharedUser());

    expect((await inside.ask("POST", "/api/hand-off", { target })).code).toBe("input_invalid");
  });

  it.each(["/", "/r/0197?page=2&next=%2F%2Fevil.example", "/pc?corpId=ding1", "/apiary", "/r/报表"])(
    "is given for the target %j and leads there",
    async (target) => {
      const inside = await workbench(await sharedUser());

      expect((await open().redeem(await inside.ticket(target))).body.target).toBe(target);
    },
  );

  it("is stored as a hash only, and the log never has it", async () => {
    const { inside, outside } = await handedOver(await build.buildUser());
    const ticket = await inside.ticket();
    await outside.redeem(ticket);
    await outside.redeem(ticket);

    const dump = JSON.stringify(await world.database.query("select *, encode(hash, 'escape') from hand_off_ticket"));
    const records = JSON.stringify(await world.database.query("select * from audit_entry"));
    for (const text of [dump, records, world.logged()]) expect(text).not.toContain(ticket);
    expect(dump).not.toContain(Buffer.from(ticket, "base64url").toString("hex"));
  });

  it("is not spent by link previews and prefetches, which only read the page", async () => {
    const inside = await workbench(await build.buildUser());
    const ticket = await inside.ticket();
    const prefetch = { headers: { "sec-purpose": "prefetch;prerender", purpose: "prefetch" } };

    for (const method of ["GET", "HEAD"]) {
      await open().ask(method, "/hand-off", undefined, prefetch);
      await open().ask(method, `/hand-off?ticket=${ticket}`, undefined, prefetch);
      expect((await open().ask(method, "/api/hand-off/redeem", undefined, prefetch)).status).toBe(405);
    }

    expect((await open().redeem(ticket)).status).toBe(200);
  });

  it("works once: again is refused and on record", async () => {
    const user = await build.buildUser();
    const inside = await workbench(user);
    const ticket = await inside.ticket();
    expect((await open().redeem(ticket)).status).toBe(200);

    const stolen = await open().redeem(ticket);

    expect([stolen.code, stolen.status]).toEqual(["hand_off_spent", 410]);
    expect(cookieOf(stolen)).toBe("");
    const entries = await world.database.query(
      "select action, detail->>'late' as late from audit_entry where actor_id = $1 and action like '%hand_off%' or action like 'browser%' and actor_id = $1 order by id",
      [user.id],
    );
    expect(entries).toEqual([
      { action: "browser_session_begun", late: null },
      { action: "hand_off_refused", late: "false" },
    ]);
  });

  it("works for exactly one of many at once, on two nodes", async () => {
    const inside = await workbench(await build.buildUser());
    const ticket = await inside.ticket();

    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        open().ask("POST", "/api/hand-off/redeem", { ticket }, index % 2 ? { url: node.url } : {}),
      ),
    );

    const codes = answers.map((answer) => answer.code ?? "in").sort();
    expect(codes).toEqual([...Array.from({ length: 7 }, () => "hand_off_spent"), "in"]);
  });

  it("works for sixty seconds", async () => {
    const inside = await workbench(await build.buildUser());
    const [early, late] = [await inside.ticket(), await inside.ticket()];
    world.advance(58_000);
    expect((await open().redeem(early)).status).toBe(200);
    world.advance(3_000);

    expect((await open().redeem(late)).code).toBe("hand_off_spent");
  });

  it("dies with the session that made it, and with that session's time", async () => {
    const inside = await workbench(await build.buildUser());
    const left = await inside.ticket();
    await inside.signOut();
    const idle = await workbench(await build.buildUser());
    world.advance(7 * DAY - 30_000);
    const last = await idle.ticket();
    world.advance(31_000);

    expect((await open().redeem(left)).code).toBe("hand_off_spent");
    expect((await open().redeem(last)).code).toBe("hand_off_spent");
  });

  it("is refused to other sites, when invented and as bad input, and nothing is spent by that", async () => {
    const inside = await workbench(await build.buildUser());
    const ticket = await inside.ticket();
    const outside = open();

    expect((await outside.redeem(ticket, {}, EVIL)).code).toBe("origin_refused");
    expect((await request(world.server.url, "POST", "/api/hand-off/redeem", { body: { ticket } })).code).toBe(
      "origin_refused",
    );
    expect((await outside.redeem("a".repeat(43))).code).toBe("hand_off_spent");
    expect((await outside.redeem("")).code).toBe("input_invalid");
    expect((await outside.redeem(ticket)).status).toBe(200);
  });

  it("replaces nobody else without being told to, and is not spent by asking", async () => {
    const user = await build.buildUser();
    const other = await build.buildUser({ password: true });
    const inside = await workbench(user);
    const outside = open();
    await outside.signIn(other);
    const otherCookie = `dingboard=${outside.jar.get("dingboard")}`;
    const ticket = await inside.ticket();

    const asked = await outside.redeem(ticket);

    expect([asked.code, asked.status]).toEqual(["hand_off_other_user", 409]);
    expect(await outside.who()).toBe(other.login);
    const replaced = await outside.redeem(ticket, { replace: true });
    expect(replaced.body.me.user.login).toBe(user.login);
    expect(await outside.who()).toBe(user.login);
    expect((await request(world.server.url, "GET", "/api/me", { cookie: otherCookie })).code).toBe("signed_out");
  });

  it("that is spent says so, also where another user is signed in", async () => {
    const inside = await workbench(await build.buildUser());
    const other = open();
    await other.signIn(await build.buildUser({ password: true }));
    const ticket = await inside.ticket();
    await open().redeem(ticket);

    expect((await other.redeem(ticket, { replace: true })).code).toBe("hand_off_spent");
  });

  it("asks nothing where the same person is signed in", async () => {
    const user = await build.buildUser({ password: true });
    const inside = await workbench(user);
    const outside = open();
    await outside.signIn(user);

    expect((await outside.redeem(await inside.ticket())).status).toBe(200);
    expect(await outside.who()).toBe(user.login);
  });

  it("that comes back to the Workbench is spent, and the session there goes on", async () => {
    const user = await build.buildUser();
    const inside = await workbench(user);
    const ticket = await inside.ticket("/r/1");

    const back = await inside.redeem(ticket);

    expect(back.body).toMatchObject({ target: "/r/1", me: { user: { login: user.login } } });
    expect(cookieOf(back)).toBe("");
    expect(await count("select 1 from session where user_id = $1", [user.id])).toBe(1);
    expect((await inside.redeem(ticket)).code).toBe("hand_off_spent");
  });

  it("replaces what an earlier one began in the same browser", async () => {
    const user = await build.buildUser();
    const { inside, outside } = await handedOver(user);

    await outside.redeem(await inside.ticket());

    expect(await outside.who()).toBe(user.login);
    expect(await count("select 1 from session where user_id = $1", [user.id])).toBe(2);
  });

  it("is given thirty times a minute to one session", async () => {
    const inside = await workbench(await build.buildUser());
    for (let index = 0; index < 30; index += 1) await inside.ticket();

    expect((await inside.ask("POST", "/api/hand-off", { target: "/" })).code).toBe("too_many_attempts");
  });

  it("is tidied away after its time", async () => {
    const inside = await workbench(await build.buildUser());
    await inside.ticket();
    world.advance(61_000);
    const fresh = await inside.ticket();

    await world.server.domain.tidy();

    expect(await count("select 1 from hand_off_ticket")).toBe(1);
    expect((await open().redeem(fresh)).status).toBe(200);
  });
});

describe("many tickets from one address", () => {
  it("are slowed down", async () => {
    const tries = Array.from({ length: 601 }, () => open().redeem("invented"));

    const codes = new Set((await Promise.all(tries)).map((answer) => answer.code));

    expect(codes).toContain("too_many_attempts");
  });
});

let shared: Promise<BuiltUser> | undefined;
/** One person for tables of cases that leave nothing behind. */
function sharedUser(): Promise<BuiltUser> {
  return (shared ??= build.buildUser());
}

async function count(text: string, values: unknown[] = []): Promise<number> {
  return (await world.database.query(text, values)).length;
}
