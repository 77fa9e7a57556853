import { type PlatformUnderTest, startPlatformUnderTest } from "../open-platform/platform-under-test";

const RETURN = "https://bi.example.com/sign-in/dingtalk";
const MINUTE = 60_000;

let platform: PlatformUnderTest;
beforeEach(async () => {
  platform = await startPlatformUnderTest();
  const { app } = platform.standIn.platform.directory.organisation(platform.organisation("yunling").corpId) ?? {};
  if (app) app.redirectUrls = [RETURN];
});
afterEach(() => platform.close());

interface Seen {
  status: number;
  html: string;
  location: URL | null;
}

const asked = (changes: Record<string, string | null> = {}): URLSearchParams => {
  const { app, corpId } = platform.organisation("yunling");
  const parameters: Record<string, string | null> = {
    ...{ redirect_uri: RETURN, response_type: "code", client_id: app.appKey, scope: "openid corpid" },
    ...{ state: "a state", prompt: "consent", corpId },
    ...changes,
  };
  const given = Object.entries(parameters).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return new URLSearchParams(given);
};

async function ask(
  given: URLSearchParams,
  init: RequestInit & { headers?: Record<string, string> } = {},
): Promise<Seen> {
  const query = init.method === "POST" ? "" : `?${given.toString()}`;
  const response = await fetch(`${platform.standIn.api.url}/oauth2/auth${query}`, {
    redirect: "manual",
    ...init,
    ...(init.method === "POST" ? { body: given } : {}),
  });
  const location = response.headers.get("location");
  return {
    status: response.status,
    html: await response.text(),
    location: location === null ? null : new URL(location),
  };
}

/** A step on the phone in that person's hand. */
const step = (name: string, who = "yunling.linyue", changes: Record<string, string | null> = {}): Promise<Seen> => {
  const form = asked(changes);
  form.set("who", who);
  form.set("step", name);
  return ask(form, { method: "POST" });
};

async function spend(code: string): Promise<Record<string, unknown>> {
  const { appKey, appSecret } = platform.organisation("yunling").app;
  const body = { clientId: appKey, clientSecret: appSecret, code, grantType: "authorization_code" };
  return (await platform.post("/v1.0/oauth2/userAccessToken", body)).body;
}

test("shows a QR code, in the browser's language, with the phone of whoever sits at the PC", async () => {
  const chinese = await ask(asked(), { headers: { "x-desk-who": "yunling.chensiyuan" } });
  const english = await ask(asked(), { headers: { "accept-language": "en-US,en;q=0.9" } });

  expect(chinese.status).toBe(200);
  expect(chinese.html).toMatch(/<svg[^>]*>.*<path/s);
  expect(chinese.html).toContain("请使用钉钉手机端扫描二维码");
  expect(chinese.html).toMatch(/<option value="yunling\.chensiyuan" selected>/);
  expect(english.html).toContain("Scan the QR code with DingTalk on your phone");
});

test("after scanning the phone asks; agreeing leads back with a code that works once, for five minutes", async () => {
  const scanned = await step("scan");
  expect(scanned.status).toBe(200);
  expect(scanned.html).toContain("Dingboard 数据看板 申请获得以下权限");
  expect(scanned.html).toContain("云岭");

  const { status, location } = await step("agree");
  expect(status).toBe(302);
  expect(location?.href.split("?")[0]).toBe(RETURN);
  expect(location?.searchParams.get("state")).toBe("a state");
  const code = location?.searchParams.get("code") ?? "";
  expect(location?.searchParams.get("authCode")).toBe(code);
  const { corpId } = platform.organisation("yunling");
  expect(await spend(code)).toMatchObject({ corpId, accessToken: expect.any(String) as string });
  expect(await spend(code)).toMatchObject({ code: "invalidParameter.authCode.notFound" });

  const late = (await step("agree")).location?.searchParams.get("code") ?? "";
  await platform.control.advanceClock({ milliseconds: 5 * MINUTE });
  expect(await spend(late)).toMatchObject({ code: "invalidParameter.authCode.notFound" });
});

test("without the scope corpid the organisation is not told", async () => {
  const { location } = await step("agree", "yunling.linyue", { scope: "openid", corpId: null });

  expect(await spend(location?.searchParams.get("code") ?? "")).not.toHaveProperty("corpId");
});

test("refusing leads back with an error and no code", async () => {
  const { location } = await step("refuse");

  expect(Object.fromEntries(location?.searchParams ?? [])).toEqual({ error: "access_denied", state: "a state" });
});

test.each([
  ["client_id", "dingunknown"],
  ["client_id", null],
  ["redirect_uri", `${RETURN}/elsewhere`],
  ["redirect_uri", "https://evil.example/"],
  ["response_type", "token"],
  ["scope", "openid profile"],
  ["prompt", null],
  ["corpId", "dinganother"],
])("leads nobody anywhere where %s is %s", async (name, value) => {
  for (const seen of [await ask(asked({ [name]: value })), await step("agree", "yunling.linyue", { [name]: value })]) {
    expect([seen.status, seen.location]).toEqual([400, null]);
    expect(seen.html).toContain(name);
  }
});

test("an internal app lets nobody of another organisation in, nor anybody who has not activated DingTalk", async () => {
  const { people } = await platform.control.people({});
  const stranger = people.find(({ corpId }) => corpId !== platform.organisation("yunling").corpId)?.who ?? "";
  const { corpId } = platform.organisation("yunling");
  await platform.control.patchPerson({ corpId, userid: "chensiyuan", active: false });

  for (const who of [stranger, "yunling.chensiyuan", "nobody"]) {
    for (const name of ["scan", "agree"]) {
      const seen = await step(name, who);
      expect([who, seen.status, seen.location]).toEqual([who, 200, null]);
    }
  }
  expect((await step("scan", stranger)).html).toContain("不在组织");
});

test("what an address holds is shown as text, never as markup", async () => {
  const { html } = await ask(asked({ state: `"><script>alert(1)</script>` }));

  expect(html).not.toContain("<script");
});

test("a suite's sign-in names an organisation that activated it, and its code is spent with the suite's key", async () => {
  const { directory } = platform.standIn.platform;
  const [suite] = directory.suites();
  if (!suite) throw new Error("The demo has no suite.");
  suite.redirectUrls = [RETURN];
  const { suiteKey, suiteSecret } = suite;
  const { corpId } = platform.organisation("yunling");
  expect((await ask(asked({ client_id: suiteKey }))).status).toBe(400);
  await platform.control.activateSuite({ suiteKey, corpId, userid: "linyue" });
  expect((await ask(asked({ client_id: suiteKey }))).status).toBe(200);

  const { location } = await step("agree", "yunling.linyue", { client_id: suiteKey });

  const grant = { code: location?.searchParams.get("code"), grantType: "authorization_code" };
  const trade = async (clientId: string, clientSecret: string) =>
    (await platform.post("/v1.0/oauth2/userAccessToken", { clientId, clientSecret, ...grant })).body;
  expect(await trade(suiteKey, "")).toMatchObject({ code: "invalidClientIdOrSecret" });
  expect(await trade(suiteKey, suiteSecret)).toMatchObject({ corpId });
});
