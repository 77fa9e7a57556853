import { request } from "node:http";
import { createClientBridge } from "../client-bridge";
import { type PlatformUnderTest, startPlatformUnderTest } from "../platform-under-test";

let platform: PlatformUnderTest;
beforeEach(async () => {
  platform = await startPlatformUnderTest();
});
afterEach(() => platform.close());

/** fetch forbids setting Host and Origin. */
function ask(path: string, headers: Record<string, string>, body = "{}", method = "POST"): Promise<number> {
  const { port } = platform.standIn.control;
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

describe("the control interface", () => {
  const good = () => ({ "x-desk-token": platform.token });

  test("opens only with its token", async () => {
    expect(await ask("/people", good())).toBe(200);
    expect(await ask("/people", {})).toBe(401);
    expect(await ask("/people", { "x-desk-token": `${platform.token}x` })).toBe(401);
    expect(await ask(`/people?x-desk-token=${platform.token}`, {})).toBe(401);
  });

  test("refuses a foreign Host and a foreign Origin, even with the token", async () => {
    expect(await ask("/people", { ...good(), host: "evil.example" })).toBe(403);
    expect(await ask("/people", { ...good(), host: "127.0.0.1.evil.example" })).toBe(403);
    expect(await ask("/people", { ...good(), origin: "https://evil.example" })).toBe(403);
    expect(await ask("/people", { ...good(), origin: "null" })).toBe(403);
    expect(await ask("/people", { ...good(), host: "desk.localhost" })).toBe(200);
  });

  test("says what is wrong with a body, a path, a method or a name", async () => {
    expect(await ask("/faults/add", good(), `{"kind":"earthquake"}`)).toBe(400);
    expect(await ask("/faults/add", good(), `{"kind":"hang","unknown":1}`)).toBe(400);
    expect(await ask("/faults/add", good(), "not json")).toBe(400);
    expect(await ask("/nothing", good())).toBe(404);
    expect(await ask("/people", good(), "", "GET")).toBe(405);
    await expect(platform.control.mintCode({ corpId: "dingnobody", userid: "x" })).rejects.toThrow(
      "mintCode: There is no organisation dingnobody.",
    );
    const { corpId } = platform.organisation("yunling");
    await expect(platform.control.mintCode({ corpId, userid: "nobody" })).rejects.toThrow("has no member nobody");
  });

  test("is not on the Open Platform's port", async () => {
    const answer = await platform.post("/people", {}, { "x-desk-token": platform.token });
    expect(answer.body).toEqual({ errcode: 404, errmsg: "请求的URI地址不存在" });
  });

  test("keeps a ledger of what each call cost", async () => {
    const token = await platform.appToken("yunling");
    await platform.call("GET", `/auth/scopes?access_token=${token}`);
    await platform.post("/topapi/v2/user/getuserinfo?access_token=wrong", { code: "x" });
    const { calls, months } = await platform.control.calls({});
    const { corpId, app } = platform.organisation("yunling");
    expect(calls).toMatchObject([
      {
        api: "/v1.0/oauth2/accessToken",
        dialect: "api",
        cost: "exempt",
        corpId,
        appKey: app.appKey,
        status: 200,
        error: null,
      },
      { api: "/auth/scopes", dialect: "oapi", cost: "counted", corpId, status: 200, error: null },
      { api: "/topapi/v2/user/getuserinfo", cost: "none", corpId: null, status: 200, error: "40014" },
    ]);
    expect(months.find((month) => month.corpId === corpId)).toMatchObject({ month: "2026-11", used: 1, limit: 5000 });
    const { calls: later } = await platform.control.calls({ after: calls[1]?.number ?? 0 });
    expect(later).toHaveLength(1);
    await platform.control.clearCalls({});
    expect((await platform.control.calls({})).calls).toEqual([]);
  });

  test("adds up each organisation's calls by API and month, also those that are not kept one by one", async () => {
    const token = await platform.appToken("yunling");
    const { corpId } = platform.organisation("yunling");
    await platform.call("GET", `/auth/scopes?access_token=${token}`);
    await platform.post(`/topapi/v2/user/get?access_token=${token}`, { userid: "nobody" });
    await platform.control.clearCalls({});
    await platform.control.setQuota({ corpId, used: 5000 });
    await platform.call("GET", `/auth/scopes?access_token=${token}`);
    const { totals } = await platform.control.totals({});
    const none = { corpId, month: "2026-11", counted: 0, exempt: 0, failed: 0 };
    expect(totals).toEqual([
      { ...none, api: "/v1.0/oauth2/accessToken", calls: 1, exempt: 1 },
      { ...none, api: "/auth/scopes", calls: 2, counted: 1, failed: 1 },
      { ...none, api: "/topapi/v2/user/get", calls: 1, exempt: 1, failed: 1 },
    ]);
    expect((await platform.control.setQuota({ corpId })).used).toBe(5000);
  });

  test("a reset brings back who left and forgets faults, tokens and the month", async () => {
    const { corpId } = platform.organisation("yunling");
    const token = await platform.appToken("yunling");
    await platform.control.patchPerson({ corpId, userid: "linyue", left: true });
    await platform.control.setQuota({ corpId, used: 5000 });
    await platform.control.reset({});
    await platform.control.mintCode({ corpId, userid: "linyue" });
    expect((await platform.control.setQuota({ corpId })).used).toBe(0);
    const seen = await platform.post(`/topapi/user/listadmin?access_token=${token}`, {});
    expect(seen.body["sub_code"]).toBe("40014");
  });

  test("shows the people of the demo: one not bound, one disabled, one outside", async () => {
    const { people } = await platform.control.people({});
    const find = (who: string) => people.find((person) => person.who === who);
    expect(find("yunling.linyue")).toMatchObject({ account: { role: "administrator" }, departments: ["数据分析部"] });
    expect(find("yunling.sunhao")).toMatchObject({ account: null });
    expect(find("yunling.luyao")).toMatchObject({ account: { disabled: true } });
    expect(find("xinghe.ruanxi")).toMatchObject({ organisation: { authorised: false } });
  });
});

describe("the client in the phone", () => {
  const requestAuthCode = (who: string | null, corpId?: string) =>
    createClientBridge(platform.standIn.platform).call(
      "runtime.permission.requestAuthCode",
      corpId === undefined ? {} : { corpId },
      who,
    );

  test("gets a code for its own organisation that the app's server can spend", async () => {
    const reply = await requestAuthCode("yunling.zhaoqian", platform.organisation("yunling").corpId);
    if (!reply.ok) throw new Error("refused");
    const { code } = reply.value as { code: string };
    const path = `/topapi/v2/user/getuserinfo?access_token=${await platform.appToken("yunling")}`;
    expect((await platform.post(path, { code })).body).toMatchObject({ result: { userid: "zhaoqian" } });
  });

  test("is refused as DingTalk refuses: no corpId, an organisation without the app, a person of another one", async () => {
    const noApp = { ok: false, value: { error: 1002, errorMessage: "企业无此微应用" } };
    expect(await requestAuthCode("yunling.linyue")).toMatchObject({ ok: false, value: { error: 3 } });
    expect(await requestAuthCode("yunling.linyue", "dingnobody")).toEqual(noApp);
    expect(await requestAuthCode("yunling.linyue", platform.organisation("fresh").corpId)).toEqual(noApp);
    expect(await requestAuthCode(null, platform.organisation("yunling").corpId)).toEqual(noApp);
  });

  test("knows the organisation of whoever holds it, and fails loudly for what it cannot do", async () => {
    const bridge = createClientBridge(platform.standIn.platform);
    expect(bridge.corpId("fresh.zhoumin")).toBe(platform.organisation("fresh").corpId);
    expect([bridge.corpId(null), bridge.corpId("nobody")]).toEqual([null, null]);
    const reply = await bridge.call("biz.util.scan", {}, "yunling.linyue");
    expect(reply).toEqual({
      ok: false,
      value: { error: 1, errorMessage: "The desk's DingTalk has no biz.util.scan." },
    });
  });
});
