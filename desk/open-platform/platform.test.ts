import { readFileSync } from "node:fs";
import { type PlatformUnderTest, type Seen, startPlatformUnderTest } from "./platform-under-test";

const HEADER = "x-acs-dingtalk-access-token";
const HOUR = 3_600_000;

let platform: PlatformUnderTest;
beforeEach(async () => {
  platform = await startPlatformUnderTest();
});
afterEach(() => platform.close());

interface Sample {
  name: string;
  /** Set where the sample was recorded with an app's good token. */
  app?: string;
  request: { method: string; path: string; headers: Record<string, string>; body?: string };
  status: number;
  body: Record<string, unknown>;
}

const SAMPLES = JSON.parse(readFileSync("desk/open-platform/wire-samples.json", "utf8")) as Sample[];

const withoutId = ({ status, body }: Seen) => ({
  status,
  body: Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, /^request_?id$/.test(name) && value !== "" ? "*" : value]),
  ),
});

const topapi = (path: string, token: string, body: object) =>
  platform.post(`/topapi/${path}?access_token=${token}`, body);

const linyue = () => ({ corpId: platform.organisation("yunling").corpId, userid: "linyue" });

async function oauthPair(withCorp = false): Promise<Seen> {
  const { appKey, appSecret } = platform.organisation("yunling").app;
  const { code } = await platform.control.mintCode({ ...linyue(), kind: "oauth", withCorp });
  const body = { clientId: appKey, clientSecret: appSecret, code, grantType: "authorization_code" };
  return platform.post("/v1.0/oauth2/userAccessToken", body);
}

const me = (token: string) => platform.call("GET", "/v1.0/contact/users/me", { [HEADER]: token });

describe("answers as recorded from DingTalk", () => {
  test.each(SAMPLES.map((sample) => [sample.name, sample] as const))("%s", async (_name, sample) => {
    const { method, path, headers, body } = sample.request;
    const query = sample.app ? `?access_token=${await platform.appToken("yunling")}` : "";
    const seen = await platform.call(method, `${path}${query}`, headers, body);
    expect(withoutId(seen)).toEqual({ status: sample.status, body: sample.body });
  });
});

describe("access tokens", () => {
  test("asked again inside its 7200 seconds a token stays the same and is renewed", async () => {
    const first = await platform.appToken("yunling");
    await platform.control.advanceClock({ milliseconds: 1.5 * HOUR });
    expect(await platform.appToken("yunling")).toBe(first);
    await platform.control.advanceClock({ milliseconds: 1.5 * HOUR });
    expect((await topapi("user/listadmin", first, {})).body["errcode"]).toBe(0);
  });

  test("is good until 7200 seconds are over, then timed out, later not valid at all", async () => {
    const token = await platform.appToken("yunling");
    const code = async (): Promise<unknown> => {
      const { body } = await topapi("user/listadmin", token, {});
      return body["sub_code"] ?? body["errcode"];
    };
    await platform.control.advanceClock({ milliseconds: 2 * HOUR - 1 });
    expect(await code()).toBe(0);
    await platform.control.advanceClock({ milliseconds: 1 });
    expect(await code()).toBe("42001");
    await platform.control.advanceClock({ milliseconds: 2 * HOUR });
    expect(await code()).toBe("40014");
    expect(await platform.appToken("yunling")).not.toBe(token);
  });

  test("the old and the new way give the same token, which works in both dialects", async () => {
    const { appKey, appSecret } = platform.organisation("yunling").app;
    const old = await platform.call("GET", `/gettoken?appkey=${appKey}&appsecret=${appSecret}`);
    expect(old.body).toEqual({
      errcode: 0,
      errmsg: "ok",
      access_token: await platform.appToken("yunling"),
      expires_in: 7200,
    });
    const token = String(old.body["access_token"]);
    const infos = await platform.call("GET", "/v1.0/contact/organizations/authInfos", { [HEADER]: token });
    expect(infos.status).toBe(200);
  });

  test("the unified way knows the wrong secret, the wrong grant and the organisation without the app", async () => {
    const { corpId, app } = platform.organisation("yunling");
    const good = { client_id: app.appKey, client_secret: app.appSecret, grant_type: "client_credentials" };
    const ask = (corp: string, body: object) => platform.post(`/v1.0/oauth2/${corp}/token`, body);
    const codeOf = async (answer: Promise<Seen>) => {
      const { status, body } = await answer;
      return [status, body["code"]];
    };
    expect((await ask(corpId, good)).body).toEqual({ access_token: expect.any(String), expires_in: 7200 });
    expect(await codeOf(ask(corpId, { ...good, client_secret: "wrong" }))).toEqual([400, "invalid.client"]);
    expect(await codeOf(ask(corpId, { ...good, grant_type: "password" }))).toEqual([400, "unsupported.grant.type"]);
    const other = platform.organisation("fresh").corpId;
    expect(await codeOf(ask(other, good))).toEqual([401, "unauthorized.client"]);
  });

  test("the new dialect reads JSON only", async () => {
    const { appKey, appSecret } = platform.organisation("yunling").app;
    const form = new URLSearchParams({ appKey, appSecret }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const seen = await platform.call("POST", "/v1.0/oauth2/accessToken", headers, form);
    expect([seen.status, seen.body["code"]]).toEqual([400, "invalidClientIdOrSecret"]);
  });

  test("an app's token does not stand for a person, nor a person's for an app", async () => {
    const app = await platform.appToken("yunling");
    expect((await me(app)).body["code"]).toBe("InvalidAuthentication");
    const user = String((await oauthPair()).body["accessToken"]);
    expect((await topapi("v2/user/get", user, { userid: "linyue" })).body["sub_code"]).toBe("40014");
  });
});

describe("auth codes", () => {
  const spend = async (code: string, key = "yunling") =>
    (await topapi("v2/user/getuserinfo", await platform.appToken(key), { code })).body;

  test("tell who holds the phone, once", async () => {
    const { code } = await platform.control.mintCode(linyue());
    const first = await spend(code);
    expect(first).toMatchObject({ errcode: 0, result: { userid: "linyue", name: "林悦", sys: true, sys_level: 1 } });
    expect(first["result"]).not.toHaveProperty("mobile");
    expect(await spend(code)).toMatchObject({ errcode: 40078 });
  });

  test("live five minutes", async () => {
    const [early, late] = [await platform.control.mintCode(linyue()), await platform.control.mintCode(linyue())];
    await platform.control.advanceClock({ milliseconds: 5 * 60_000 - 1 });
    expect(await spend(early.code)).toMatchObject({ errcode: 0 });
    await platform.control.advanceClock({ milliseconds: 1 });
    expect(await spend(late.code)).toMatchObject({ errcode: 40078 });
  });

  test("are nothing to another organisation's app, which does not use them up either", async () => {
    const { code } = await platform.control.mintCode(linyue());
    expect(await spend(code, "fresh")).toMatchObject({ errcode: 40078 });
    expect(await spend(code)).toMatchObject({ errcode: 0 });
  });

  test("of the login page and of the client are not interchangeable", async () => {
    const oauth = await platform.control.mintCode({ ...linyue(), kind: "oauth" });
    expect(await spend(oauth.code)).toMatchObject({ errcode: 40078 });
    const { code } = await platform.control.mintCode(linyue());
    const { appKey, appSecret } = platform.organisation("yunling").app;
    const body = { clientId: appKey, clientSecret: appSecret, code, grantType: "authorization_code" };
    const seen = await platform.post("/v1.0/oauth2/userAccessToken", body);
    expect([seen.status, seen.body["code"]]).toEqual([400, "invalidParameter.authCode.notFound"]);
  });

  test("of somebody who left find nobody", async () => {
    const { code } = await platform.control.mintCode(linyue());
    await platform.control.patchPerson({ ...linyue(), left: true });
    expect(await spend(code)).toMatchObject({ errcode: 60121 });
  });

  test("the same userid in two organisations is two people", async () => {
    const corpIds = ["yunling", "fresh"].map((key) => platform.organisation(key).corpId);
    const names = [];
    for (const [at, key] of ["yunling", "fresh"].entries()) {
      const { code } = await platform.control.mintCode({ corpId: corpIds[at] ?? "", userid: "zhoumin" });
      names.push((await spend(code, key))["result"]);
    }
    expect(names).toMatchObject([{ name: "周敏" }, { name: "周旻" }]);
  });
});

describe("a person's own token", () => {
  test("comes for an OAuth code, names the corp only if asked, and shows the person", async () => {
    expect((await oauthPair()).body).not.toHaveProperty("corpId");
    const { body } = await oauthPair(true);
    expect(body).toMatchObject({ expireIn: 7200, corpId: linyue().corpId });
    const seen = await me(String(body["accessToken"]));
    expect(seen.body).toMatchObject({ nick: "林悦", email: "linyue@yunling.example", stateCode: "86" });
  });

  test("is renewed with its refresh token", async () => {
    const { body } = await oauthPair();
    await platform.control.advanceClock({ milliseconds: 3 * HOUR });
    expect((await me(String(body["accessToken"]))).status).toBe(400);
    const { appKey, appSecret } = platform.organisation("yunling").app;
    const refresh = { clientId: appKey, clientSecret: appSecret, refreshToken: body["refreshToken"] };
    const next = await platform.post("/v1.0/oauth2/userAccessToken", { ...refresh, grantType: "refresh_token" });
    expect((await me(String(next.body["accessToken"]))).status).toBe(200);
  });
});

describe("contacts", () => {
  test("mobile and e-mail come only with their own grants", async () => {
    const token = await platform.appToken("yunling");
    const full = await topapi("v2/user/get", token, { userid: "zhaoqian" });
    expect(full.body["result"]).toMatchObject({
      title: "华东大区经理",
      email: "zhaoqian@yunling.example",
      admin: false,
    });
    await platform.control.patchApp({ corpId: linyue().corpId, permissions: ["qyapi_get_member"] });
    const bare = (await topapi("v2/user/get", token, { userid: "zhaoqian" })).body["result"];
    expect(Object.keys(bare as object)).not.toEqual(expect.arrayContaining(["mobile"]));
    expect(Object.keys(bare as object)).not.toEqual(expect.arrayContaining(["email"]));
  });

  test("outside the app's contact scope nothing is read", async () => {
    const token = await platform.appToken("yunling");
    const [data, east] = ["数据分析部", "华东大区"].map(
      (name) => platform.organisation("yunling").departments.find((one) => one.name === name)?.deptId ?? 0,
    );
    await platform.control.patchApp({ corpId: linyue().corpId, contactScope: [data ?? 0] });
    expect((await topapi("v2/user/get", token, { userid: "linyue" })).body["errcode"]).toBe(0);
    expect((await topapi("v2/user/get", token, { userid: "zhaoqian" })).body["errcode"]).toBe(50002);
    expect((await topapi("v2/department/listsub", token, { dept_id: east })).body["errcode"]).toBe(50004);
  });

  test("a walk over departments and pages meets every member once per department", async () => {
    const token = await platform.appToken("yunling");
    const seen = new Set<string>();
    const walk = async (deptId: number): Promise<void> => {
      for (let cursor = 0, more = true; more;) {
        const { body } = await topapi("v2/user/list", token, { dept_id: deptId, cursor, size: 7 });
        const page = body["result"] as { has_more: boolean; next_cursor: number; list: { userid: string }[] };
        page.list.forEach(({ userid }) => seen.add(userid));
        [more, cursor] = [page.has_more, page.next_cursor];
        await platform.control.advanceClock({ milliseconds: 1000 });
      }
      const { body } = await topapi("v2/department/listsub", token, { dept_id: deptId });
      for (const { dept_id } of body["result"] as { dept_id: number }[]) await walk(dept_id);
    };
    await walk(1);
    expect(seen.size).toBe(platform.organisation("yunling").members.length);
  });

  test("an organisation tells its own name only, and its licence only when certified", async () => {
    const infos = async (key: string, target: string) =>
      platform.call("GET", `/v1.0/contact/organizations/authInfos?targetCorpId=${target}`, {
        [HEADER]: await platform.appToken(key),
      });
    const [yunling, xinghe] = ["yunling", "xinghe"].map((key) => platform.organisation(key).corpId);
    expect((await infos("yunling", yunling ?? "")).body).toEqual({
      orgName: "云岭生活",
      authLevel: 2,
      licenseOrgName: "云岭生活零售集团有限公司",
    });
    expect((await infos("xinghe", xinghe ?? "")).body).toEqual({ orgName: "星禾传媒", authLevel: 0 });
    expect((await infos("yunling", xinghe ?? "")).body).toMatchObject({ code: "permission.denied" });
    expect((await infos("yunling", "dingnobody")).body).toMatchObject({ code: "invalidParameter.system.param" });
  });
});
