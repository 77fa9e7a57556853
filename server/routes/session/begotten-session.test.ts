import { browsers, ticketIn, type Browser, type Ticket } from "../../../tests/factories/browser";
import { builders, type BuiltUser } from "../../../tests/factories/build";
import { request } from "../../../tests/factories/client";
import { withinASecond } from "../../../tests/factories/within";
import { startWorld, type World } from "../../../tests/factories/world";
import type { Running } from "../../start";

const DAY = 24 * 3_600_000;

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

describe("a browser session that a hand-off began", () => {
  it.each<[string, (user: BuiltUser, inside: Browser) => Promise<unknown>]>([
    ["the person signs out in the Workbench", (_user, inside) => inside.signOut()],
    ["the user is disabled", (user) => world.server.domain.users.disable(user.login)],
    ["the authorisation is revoked", (user) => world.server.domain.enterprises.revoke(user.enterprise.corpId)],
    ["the member leaves", (user) => world.server.domain.members.leave(user.enterprise.id, user.userid)],
    ["the password is reset", (user) => world.server.domain.users.resetPassword(user.login, "another good battery")],
  ])("ends on every node within a second when %s, together with the Workbench's", async (_what, change) => {
    const user = await build.buildUser();
    const { inside, outside } = await handedOver(user);
    const further = open();
    await further.redeem(await outside.ticket());
    const browsers = [inside, outside, further];
    for (const browser of browsers) {
      expect([await browser.who(), await browser.who(node.url)]).toEqual([user.login, user.login]);
    }

    await change(user, inside);

    for (const url of [node.url, world.server.url]) {
      const allOut = () => Promise.all(browsers.map((browser) => browser.who(url)));
      expect(await withinASecond(async () => (await allOut()).every((who) => who === "signed_out"))).toBe(true);
    }
  });

  it("ends with a mini program's session too, where that made the ticket", async () => {
    const user = await build.buildUser();
    const token = await build.tokenOf(user);
    const created = await request<Ticket>(world.server.url, "POST", "/api/hand-off", { token, body: { target: "/" } });
    const outside = open();

    expect((await outside.redeem(ticketIn(created))).status).toBe(200);
    expect(await outside.who()).toBe(user.login);
    await request(world.server.url, "POST", "/api/session/sign-out", { token, body: {} });
    expect(await withinASecond(async () => (await outside.who()) === "signed_out")).toBe(true);
  });

  it("ends alone when the person signs out in the browser", async () => {
    const user = await build.buildUser();
    const { inside, outside } = await handedOver(user);

    await outside.signOut();

    expect([await outside.who(), await inside.who()]).toEqual(["signed_out", user.login]);
  });

  it("still ends with a Workbench that has been opened again since", async () => {
    const user = await build.buildUser();
    const { inside, outside } = await handedOver(user);
    await inside.launch(user);
    expect(await outside.who()).toBe(user.login);

    await inside.signOut();

    expect(await withinASecond(async () => (await outside.who()) === "signed_out")).toBe(true);
  });

  it("lasts no longer than the Workbench's", async () => {
    const user = await build.buildUser();
    const inside = await workbench(user);
    world.advance(6 * DAY);
    const outside = open();
    await outside.redeem(await inside.ticket());
    expect(await outside.who()).toBe(user.login);
    world.advance(DAY + 1_000);

    expect([await inside.who(), await outside.who()]).toEqual(["signed_out", "signed_out"]);
  });

  it("leaves a session alone that the person began otherwise", async () => {
    const user = await build.buildUser({ password: true });
    const { inside } = await handedOver(user);
    const own = open();
    await own.signIn(user);

    await inside.signOut();

    expect(await own.who()).toBe(user.login);
  });
});
