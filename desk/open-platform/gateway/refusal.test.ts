import { type PlatformUnderTest, startPlatformUnderTest } from "../platform-under-test";

const HEADER = "x-acs-dingtalk-access-token";
const AUTH_INFOS = "/v1.0/contact/organizations/authInfos";

let platform: PlatformUnderTest;
let token: string;
let corpId: string;
beforeEach(async () => {
  platform = await startPlatformUnderTest();
  token = await platform.appToken("yunling");
  corpId = platform.organisation("yunling").corpId;
});
afterEach(() => platform.close());

const userGet = () => platform.post(`/topapi/v2/user/get?access_token=${token}`, { userid: "linyue" });
const authInfos = () => platform.call("GET", AUTH_INFOS, { [HEADER]: token });
const scopes = () => platform.call("GET", `/auth/scopes?access_token=${token}`);
const used = async () => (await platform.control.calls({})).months.find((month) => month.corpId === corpId)?.used;

test("a missing permission point names itself and where to ask for it, in both dialects", async () => {
  await platform.control.patchApp({ corpId, permissions: [] });
  const { appKey } = platform.organisation("yunling").app;
  const link = `https://open-dev.dingtalk.com/appscope/apply?content=${appKey}%23`;
  const old = (await userGet()).body;
  expect(old).toMatchObject({ errcode: 88, sub_code: "60011" });
  expect(old["errmsg"]).toBe(
    `ding talk error[subcode=60011,submsg=应用尚未开通所需的权限：[qyapi_get_member]，点击链接申请并开通即可：${link}qyapi_get_member, {requiredScopes=[qyapi_get_member]}]`,
  );
  const seen = await authInfos();
  expect(seen.status).toBe(403);
  expect(seen.body).toMatchObject({
    code: "Forbidden.AccessDenied.AccessTokenPermissionDenied",
    accessdenieddetail: { requiredScopes: ["Contact.Org.Read"] },
  });
  expect(seen.body["message"]).toContain(`${link}Contact.Org.Read`);
});

test("an address that is not on the white list is refused, one that a star covers is not", async () => {
  await platform.control.patchApp({ corpId, ipWhiteList: ["14.153.172.241"] });
  const { appKey } = platform.organisation("yunling").app;
  expect((await userGet()).body["errmsg"]).toBe(
    `ding talk error[subcode=60020,submsg=访问ip不在白名单之中,request ip=127.0.0.1 appKey(${appKey})]`,
  );
  expect(await authInfos()).toMatchObject({ status: 403, body: { code: "Forbidden.AccessDenied.IpNotInWhiteList" } });
  await platform.control.patchApp({ corpId, ipWhiteList: ["127.0.0.*"] });
  expect((await authInfos()).status).toBe(200);
});

test("what is not in the catalogue does not exist, and the method counts", async () => {
  expect((await platform.call("GET", "/v1.0/contact/nothing")).status).toBe(404);
  expect((await platform.call("POST", AUTH_INFOS)).body["code"]).toBe("InvalidAction.NotFound");
  expect((await platform.call("GET", `/topapi/v2/user/get?access_token=${token}`)).body["errcode"]).toBe(43002);
  expect((await platform.call("GET", "/nowhere")).body).toEqual({ errcode: 404, errmsg: "请求的URI地址不存在" });
});

test("one app may call one API 20 times a second; another API or second is not touched, and nothing is counted", async () => {
  const refused = async (count: number): Promise<number> => {
    const answers = await Promise.all(Array.from({ length: count }, scopes));
    return answers.filter(({ body }) => body["errcode"] === 88 && body["sub_code"] === "90018").length;
  };
  expect(await refused(23)).toBe(3);
  expect(await used()).toBe(20);
  expect((await userGet()).body["errcode"]).toBe(0);
  const many = await Promise.all(Array.from({ length: 21 }, authInfos));
  expect(many.filter(({ status }) => status === 403).map(({ body }) => body["code"])).toEqual([
    "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi",
  ]);
  await platform.control.advanceClock({ milliseconds: 1000 });
  expect(await refused(20)).toBe(0);
});

test("when the month is spent counted calls are refused in both dialects, exempt ones never; a new month starts at 0", async () => {
  await platform.control.setQuota({ corpId, used: 4999 });
  expect((await scopes()).body["errcode"]).toBe(0);
  expect((await scopes()).body).toMatchObject({ errcode: 88, sub_code: "90020" });
  const { appKey, appSecret } = platform.organisation("yunling").app;
  const unified = { client_id: appKey, client_secret: appSecret, grant_type: "client_credentials" };
  expect(await platform.post(`/v1.0/oauth2/${corpId}/token`, unified)).toMatchObject({
    status: 403,
    body: { code: "Forbidden.AccessDenied.ApiCountLimitForOrg" },
  });
  expect((await userGet()).body["errcode"]).toBe(0);
  expect((await authInfos()).status).toBe(200);
  expect(await used()).toBe(5000);
  // 1 December in China is eight hours earlier than in Greenwich.
  await platform.control.advanceClock({
    milliseconds: Date.parse("2026-11-30T16:00:00Z") - Date.parse("2026-11-22T02:00:00Z"),
  });
  expect(await used()).toBe(0);
  token = await platform.appToken("yunling");
  expect((await scopes()).body["errcode"]).toBe(0);
});

test("the month belongs to the organisation, not to all", async () => {
  await platform.control.setQuota({ corpId, used: 5000 });
  const other = await platform.appToken("fresh");
  expect((await platform.call("GET", `/auth/scopes?access_token=${other}`)).body["errcode"]).toBe(0);
});

describe("faults", () => {
  const raw = (path: string, signal?: AbortSignal) =>
    fetch(`${platform.standIn.api.url}${path}`, { ...(signal && { signal }) });
  const path = () => `/auth/scopes?access_token=${token}`;

  test("a server that is down answers a page with that status", async () => {
    await platform.control.addFault({ kind: "status", status: 502 });
    const seen = await raw(path());
    expect(seen.status).toBe(502);
    expect(seen.headers.get("content-type")).toContain("text/html");
  });

  test("a page may come with status 200 too", async () => {
    await platform.control.addFault({ kind: "html" });
    const seen = await raw(path());
    expect([seen.status, (await seen.text()).startsWith("<!doctype html>")]).toEqual([200, true]);
  });

  test("a hanging call gets no answer and stays open in the ledger until the caller leaves", async () => {
    await platform.control.addFault({ kind: "hang", api: "/auth/scopes" });
    const gone = new AbortController();
    const asked = raw(path(), gone.signal);
    const arrived = async () => (await platform.control.calls({})).calls.find(({ api }) => api === "/auth/scopes");
    let call = await arrived();
    while (!call) call = await arrived();
    expect(call).toMatchObject({ status: null, milliseconds: null, fault: "hang" });
    gone.abort();
    await expect(asked).rejects.toThrow();
    while (call?.milliseconds === null) call = await arrived();
    expect(call).toMatchObject({ status: null });
  });

  test("latency holds the answer back for that long", async () => {
    await platform.control.addFault({ kind: "latency", milliseconds: 80 });
    await raw(path());
    const { calls } = await platform.control.calls({});
    expect(calls.at(-1)?.milliseconds).toBeGreaterThanOrEqual(79);
  });

  test("busy, spent and too fast answer as DingTalk does; one API and a number of times narrow them", async () => {
    await platform.control.addFault({ kind: "busy", api: "/auth/scopes", times: 1 });
    expect((await userGet()).body["errcode"]).toBe(0);
    expect((await scopes()).body["errcode"]).toBe(-1);
    expect((await scopes()).body["errcode"]).toBe(0);
    await platform.control.addFault({ kind: "quota" });
    expect((await scopes()).body["sub_code"]).toBe("90020");
    expect((await userGet()).body["errcode"]).toBe(0);
    await platform.control.addFault({ kind: "qps" });
    expect((await userGet()).body["sub_code"]).toBe("90018");
    await platform.control.clearFaults({});
    expect((await scopes()).body["errcode"]).toBe(0);
  });
});

describe("faults that begin in the middle of a synchronisation", () => {
  const listsub = () => platform.post(`/topapi/v2/department/listsub?access_token=${token}`, {});
  const page = (cursor: number) =>
    platform.post(`/topapi/v2/user/list?access_token=${token}`, { dept_id: 482610138, cursor, size: 4 });

  test("hit after so many calls, and end after so many hits", async () => {
    await platform.control.addFault({ kind: "permission", api: "/topapi/v2/department/listsub", after: 2, times: 1 });
    const codes = [];
    for (let at = 0; at < 4; at++) codes.push((await listsub()).body["sub_code"] ?? 0);
    expect(codes).toEqual([0, 0, "60011", 0]);
  });

  test("take the token away before its time", async () => {
    await platform.control.addFault({ kind: "token", times: 1 });
    expect((await listsub()).body).toMatchObject({ errcode: 88, sub_code: "40014" });
    expect((await listsub()).body).toMatchObject({ errcode: 0 });
  });

  test("of the whole platform name their end in China's time, as recorded", async () => {
    await platform.control.addFault({ kind: "crowded", milliseconds: 3000 });
    const { body } = await listsub();
    expect(body).toMatchObject({ errcode: 88, sub_code: "90002" });
    expect(body["errmsg"]).toMatch(
      /^ding talk error\[subcode=90002,submsg=.+apiPath\(dingtalk\.oapi\.v2\.department\.listsub\).+限制将在 2026-11-22 10:00:03 结束\.\]$/,
    );
    expect((await authInfos()).body).toMatchObject({ code: "Forbidden.AccessDenied.QpsLimitForApi" });
  });

  test("halve a page, whose cursor still leads to everybody", async () => {
    const { members } = await platform.control.members({ corpId, deptId: 482610138 });
    await platform.control.addFault({ kind: "partial" });
    const seen: string[] = [];
    for (let cursor: number | undefined = 0; cursor !== undefined;) {
      const result: unknown = (await page(cursor)).body["result"];
      const { list, next_cursor } = result as { list: { userid: string }[]; next_cursor?: number };
      expect(list.length).toBeLessThanOrEqual(2);
      seen.push(...list.map(({ userid }) => userid));
      cursor = next_cursor;
    }
    expect(seen).toEqual(members.map(({ userid }) => userid));
  });

  test("break an answer off in the middle", async () => {
    await platform.control.addFault({ kind: "truncated", times: 1 });
    await expect(listsub()).rejects.toThrow("JSON");
  });
});
