import type { LaunchState } from "../../../core/contract/session/launch";
import { builders, type BuiltUser } from "../../../tests/factories/build";
import { cookiesOf, newDevice, request, type Ask } from "../../../tests/factories/client";
import { PUBLIC_URL, startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(60_000);

let world: World;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
});
afterAll(() => world.stop());

const ask = <T>(method: string, path: string, options: Ask = {}) => request<T>(world.server.url, method, path, options);
const state = async (options: Ask) => (await ask<LaunchState>("GET", "/api/launch", options)).body;
const learn = (keptInside: unknown, options: Ask) =>
  ask<LaunchState>("POST", "/api/launch/kept-inside", { ...options, body: { keptInside } });

const deviceIn = (cookies: string): string =>
  cookies.split("; ").find((one) => one.startsWith("dingboard-device=")) ?? "";

/** Opens the app in a Workbench, on a new device or on that one; answers its cookies. */
async function launch(user: BuiltUser, device?: string): Promise<string> {
  const answer = await ask("POST", "/api/session/dingtalk-web", {
    headers: { origin: PUBLIC_URL, ...(device === undefined ? {} : { cookie: device }) },
    body: { corpId: user.enterprise.corpId, authCode: build.mintCode(user.enterprise, user.userid) },
  });
  return cookiesOf(answer).join("; ");
}

it("opens in the Workbench until the enterprise wants the browser, for its own people only", async () => {
  const user = await build.buildUser();
  const stranger = await launch(await build.buildUser());
  const cookie = await launch(user);
  expect(await state({ cookie })).toEqual({ opening: "workbench", keptInside: false });

  await world.server.domain.enterprises.openOnPc(user.enterprise.corpId, "browser");

  expect(await state({ cookie })).toEqual({ opening: "browser", keptInside: false });
  expect(await state({ cookie: stranger })).toEqual({ opening: "workbench", keptInside: false });
});

it("remembers for person and device that DingTalk keeps pages inside, until the person tries again", async () => {
  const user = await build.buildUser();
  const other = await build.buildUser({ enterprise: user.enterprise });
  const cookie = await launch(user);
  const device = deviceIn(cookie);

  expect((await learn(true, { cookie })).body).toEqual({ opening: "workbench", keptInside: true });

  expect((await state({ cookie: await launch(user, device) })).keptInside).toBe(true);
  expect((await state({ cookie: await launch(user) })).keptInside).toBe(false);
  expect((await state({ cookie: await launch(other, device) })).keptInside).toBe(false);
  expect((await learn(true, { cookie })).body.keptInside).toBe(true);
  expect((await learn(false, { cookie })).body.keptInside).toBe(false);
  expect((await state({ cookie: await launch(user, device) })).keptInside).toBe(false);
});

it("counts for the Workbench's device when the hand-off arrives in another frame of DingTalk, with cookies of its own", async () => {
  const user = await build.buildUser();
  const cookie = await launch(user);
  const created = await ask<{ url: string }>("POST", "/api/hand-off", { cookie, body: { target: "/" } });
  const arrived = await ask("POST", "/api/hand-off/redeem", {
    headers: { origin: PUBLIC_URL },
    body: { ticket: created.body.url.split("#")[1] },
  });

  await learn(true, { cookie: cookiesOf(arrived).join("; ") });

  expect((await state({ cookie })).keptInside).toBe(true);
});

it("knows a mini program by the device of its session", async () => {
  const user = await build.buildUser();
  const deviceId = newDevice();
  const { accessToken: token } = (await build.signIn(user, { deviceId })).body.tokens;

  await learn(true, { token });

  const again = (await build.signIn(user, { deviceId })).body.tokens.accessToken;
  expect((await state({ token: again })).keptInside).toBe(true);
  expect((await state({ token: await build.tokenOf(user) })).keptInside).toBe(false);
});

it("names the device of a session from before there was a device cookie", async () => {
  const user = await build.buildUser();
  const cookie = await launch(user);
  const session = cookie.split("; ").find((one) => one.startsWith("dingboard=")) ?? "";
  await world.database.query("update session set device_id = null where user_id = $1", [user.id]);

  const learned = await learn(true, { cookie: session });

  expect((await state({ cookie: `${session}; ${cookiesOf(learned).join("; ")}` })).keptInside).toBe(true);
});

it("refuses whoever is signed out, other sites and bad input", async () => {
  const cookie = await launch(await build.buildUser());

  expect((await ask("GET", "/api/launch")).code).toBe("signed_out");
  expect((await learn(true, {})).code).toBe("signed_out");
  expect((await learn(true, { headers: { cookie, origin: "https://evil.example" } })).code).toBe("origin_refused");
  expect((await learn("yes", { cookie })).code).toBe("input_invalid");
});

it("forgets what was learned more than 400 days ago", async () => {
  const user = await build.buildUser();
  await learn(true, { cookie: await launch(user) });
  const kept = () => world.database.query("select 1 from kept_inside where user_id = $1", [user.id]);
  world.advance(399 * 24 * 3_600_000);
  await world.server.domain.tidy();
  expect(await kept()).toHaveLength(1);
  world.advance(2 * 24 * 3_600_000);

  await world.server.domain.tidy();

  expect(await kept()).toHaveLength(0);
});
