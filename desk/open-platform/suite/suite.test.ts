import { createHmac } from "node:crypto";
import { type Receiver, startReceiver } from "../events/receiver.testing";
import { type PlatformUnderTest, startPlatformUnderTest } from "../platform-under-test";
import type { SuiteView } from "./control-contract";

let platform: PlatformUnderTest;
let suite: SuiteView;
const yunling = () => platform.organisation("yunling").corpId;

beforeEach(async () => {
  platform = await startPlatformUnderTest();
  const { suites } = await platform.control.suites({});
  if (!suites[0]) throw new Error("The demo has no suite.");
  suite = suites[0];
});
afterEach(() => platform.close());

const activate = () =>
  platform.control.activateSuite({ suiteKey: suite.suiteKey, corpId: yunling(), userid: "linyue" });

const corpToken = (changes: object = {}) =>
  platform.post("/v1.0/oauth2/corpAccessToken", {
    suiteKey: suite.suiteKey,
    suiteSecret: suite.suiteSecret,
    suiteTicket: suite.suiteTicket,
    authCorpId: yunling(),
    ...changes,
  });

const suiteToken = async () => {
  const { suiteKey, suiteSecret, suiteTicket } = suite;
  const { body } = await platform.post("/v1.0/oauth2/suiteAccessToken", { suiteKey, suiteSecret, suiteTicket });
  return String(body["accessToken"]);
};

function signed(path: string, body: object, changes: Record<string, string> = {}) {
  const timestamp = String(platform.standIn.platform.clock.now());
  const signature = createHmac("sha256", suite.suiteSecret)
    .update(`${timestamp}\n${suite.suiteTicket}`)
    .digest("base64");
  const given = { accessKey: suite.suiteKey, timestamp, suiteTicket: suite.suiteTicket, signature, ...changes };
  return platform.post(`/service/${path}?${new URLSearchParams(given)}`, body);
}

describe("a suite's tokens", () => {
  test("for an organisation come only once it activated the suite, new each time, and read its contacts", async () => {
    expect((await corpToken()).body).toMatchObject({ code: "invalidAuthInfo" });
    await activate();
    const [first, second] = [await corpToken(), await corpToken()];
    expect(first.body["accessToken"]).not.toBe(second.body["accessToken"]);
    for (const { body } of [first, second]) {
      const path = `/topapi/v2/user/get?access_token=${String(body["accessToken"])}`;
      const { result } = (await platform.post(path, { userid: "linyue" })).body;
      expect(result).toMatchObject({ userid: "linyue" });
      for (const field of ["mobile", "email", "telephone", "state_code"]) expect(result).not.toHaveProperty(field);
    }
  });

  test("are refused for a wrong key, secret or ticket", async () => {
    await activate();
    const codes = [];
    for (const wrong of [{ suiteKey: "suitenobody" }, { suiteSecret: "x" }, { suiteTicket: "x" }, { authCorpId: "x" }])
      codes.push((await corpToken(wrong)).body["code"]);
    expect(codes).toEqual(["invalidSuiteKey", "invalidClientIdOrSecret", "invalidSuiteTicket", "invalidAuthInfo"]);
    const { body } = await platform.post("/v1.0/oauth2/suiteAccessToken", { suiteKey: suite.suiteKey });
    expect(body).toMatchObject({ code: "invalidClientIdOrSecret" });
  });

  test("need the newest ticket: a new one ends the old", async () => {
    await activate();
    const { suiteTicket } = await platform.control.pushSuiteTicket({ suiteKey: suite.suiteKey });
    expect((await corpToken()).body).toMatchObject({ code: "invalidSuiteTicket" });
    expect((await corpToken({ suiteTicket })).status).toBe(200);
  });

  test("come the unified way without a ticket, and are not given to strangers", async () => {
    const body = { client_id: suite.suiteKey, client_secret: suite.suiteSecret, grant_type: "client_credentials" };
    const ask = (corpId: string, changes: object = {}) =>
      platform.post(`/v1.0/oauth2/${corpId}/token`, { ...body, ...changes });
    expect((await ask(yunling())).body).toMatchObject({ code: "unauthorized.client" });
    await activate();
    expect((await ask(yunling())).body).toMatchObject({ access_token: expect.any(String), expires_in: 7200 });
    expect((await ask(yunling(), { client_secret: "" })).body).toMatchObject({ code: "invalid.client" });
    expect((await ask(yunling(), { client_id: "suitenobody", client_secret: "" })).status).toBe(400);
  });

  test("are worth nothing once the organisation relieved the suite", async () => {
    await activate();
    const token = String((await corpToken()).body["accessToken"]);
    await platform.control.relieveSuite({ suiteKey: suite.suiteKey, corpId: yunling() });
    const path = `/topapi/user/listadmin?access_token=${token}`;
    expect((await platform.post(path, {})).body).toMatchObject({ sub_code: "40014" });
    expect((await corpToken()).body).toMatchObject({ code: "invalidAuthInfo" });
  });
});

describe("an organisation's authorisation", () => {
  const infoOf = async (corpId: string) =>
    platform.call("GET", `/v1.0/oauth2/apps/authInfo?authCorpId=${corpId}`, {
      "x-acs-dingtalk-access-token": await suiteToken(),
    });

  test("tells its name by the suite's token, or why it cannot", async () => {
    expect((await infoOf("dingnobody")).body).toMatchObject({ code: "invalidCorpId" });
    expect((await infoOf(yunling())).body).toMatchObject({ code: "orgNotAuthApp" });
    const { agentId } = await activate();
    expect((await infoOf(yunling())).body).toMatchObject({
      authCorpInfo: { corpName: "云岭生活", authLevel: 2 },
      authUserInfo: { userId: "linyue" },
      authAppInfo: { agentList: [{ agentId, appId: suite.appId, adminList: ["linyue"] }] },
    });
    await platform.control.patchOrganisation({ corpId: yunling(), dissolved: true });
    expect((await infoOf(yunling())).body).toMatchObject({ code: "orgNotExist" });
    const bad = await platform.call("GET", "/v1.0/oauth2/apps/authInfo", { "x-acs-dingtalk-access-token": "no" });
    expect(bad.body).toMatchObject({ code: "InvalidAuthentication" });
  });

  test("is read by signed calls, whose every part is checked", async () => {
    const { agentId } = await activate();
    const body = { suite_key: suite.suiteKey, auth_corpid: yunling() };
    expect((await signed("get_corp_token", body)).body).toMatchObject({ errcode: 0, expires_in: 7200 });
    expect((await signed("get_auth_info", body)).body).toMatchObject({
      auth_corp_info: { corpid: yunling(), corp_name: "云岭生活", is_authenticated: true },
      auth_info: { agent: [{ agentid: agentId }] },
    });
    expect((await signed("get_agent", { ...body, agentid: agentId })).body).toMatchObject({
      agentid: agentId,
      close: 1,
    });
    expect((await signed("get_agent", { ...body, agentid: 7 })).body).toMatchObject({ errcode: 70004 });
    const late = String(platform.standIn.platform.clock.now() - 61_000);
    const wrong: [Record<string, string>, number][] = [
      [{ timestamp: "soon" }, 853001],
      [{ timestamp: late }, 853002],
      [{ accessKey: "suitenobody" }, 853003],
      [{ signature: "forged" }, 853004],
      [{ suiteTicket: "old" }, 853005],
    ];
    for (const [change, code] of wrong)
      expect((await signed("get_corp_token", body, change)).body).toMatchObject({ errcode: code });
  });

  test("is ended the old way by a temporary code that is good once", async () => {
    const { temporaryCode } = await activate();
    const { suiteKey, suiteSecret, suiteTicket } = suite;
    const asked = { suite_key: suiteKey, suite_secret: suiteSecret, suite_ticket: suiteTicket };
    const { suite_access_token: token } = (await platform.post("/service/get_suite_token", asked)).body;
    const service = async (path: string, body: object) =>
      (await platform.post(`/service/${path}?suite_access_token=${String(token)}`, body)).body;
    const code = { tmp_auth_code: temporaryCode };
    const { permanent_code } = await service("get_permanent_code", code);
    expect(await service("get_permanent_code", code)).toMatchObject({ errcode: 40078 });
    const end = { suite_key: suiteKey, auth_corpid: yunling(), permanent_code };
    expect(await service("activate_suite", end)).toMatchObject({ errcode: 0 });
    expect(await service("activate_suite", { ...end, permanent_code: "x" })).toMatchObject({ errcode: 40087 });
    const wrong = await platform.post("/service/get_suite_token", { ...asked, suite_ticket: "x" });
    expect(wrong.body).toMatchObject({ errcode: 40085 });
    expect((await platform.post("/service/get_permanent_code?suite_access_token=x", code)).body).toMatchObject({
      errcode: 40014,
    });
  });
});

describe("a suite's events", () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver(suite.suiteKey);
    const { url, keys } = receiver;
    await platform.control.setEvents({
      key: suite.suiteKey,
      mode: "http",
      url,
      token: keys.token,
      aesKey: keys.aesKey,
    });
  });
  afterEach(() => receiver.close());

  const actions = () =>
    receiver.heard.flatMap((body) => {
      const entries = (body?.["bizData"] ?? []) as { biz_data: string; biz_type: number; corp_id: string }[];
      return entries.map((entry) => ({
        ...entry,
        level: body?.["EventType"],
        data: JSON.parse(entry.biz_data) as object,
      }));
    });

  async function heard(syncAction: string) {
    for (;;) {
      const found = actions().find(({ data }) => "syncAction" in data && data.syncAction === syncAction);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  test("begin with the ticket, once the address answered check_url", async () => {
    expect(await heard("suite_ticket")).toMatchObject({
      level: "SYNC_HTTP_PUSH_HIGH",
      biz_type: 2,
      data: { suiteTicket: suite.suiteTicket },
    });
    expect(receiver.heard[0]).toEqual({ EventType: "check_url" });
  });

  test("tell activation, change, stop, start and end in DingTalk's numbers", async () => {
    const { suiteKey } = suite;
    await activate();
    expect(await heard("org_suite_auth")).toMatchObject({
      biz_type: 4,
      corp_id: yunling(),
      data: {
        auth_corp_info: { corpid: yunling(), corp_name: "云岭生活" },
        auth_user_info: { userId: "linyue" },
        auth_scope: { auth_org_scopes: { authed_dept: [1] } },
      },
    });
    await platform.control.patchInstall({ suiteKey, corpId: yunling(), contactScope: [] });
    expect(await heard("org_suite_change")).toMatchObject({ biz_type: 4 });
    await platform.control.patchInstall({ suiteKey, corpId: yunling(), stopped: true });
    expect(await heard("org_micro_app_stop")).toMatchObject({ biz_type: 7, level: "SYNC_HTTP_PUSH_HIGH" });
    await platform.control.patchInstall({ suiteKey, corpId: yunling(), stopped: false });
    expect(await heard("org_micro_app_restore")).toMatchObject({ biz_type: 7 });
    await platform.control.relieveSuite({ suiteKey, corpId: yunling() });
    expect(await heard("org_suite_relieve")).toMatchObject({ biz_type: 4, corp_id: yunling() });
  });

  test("of any other type go out by hand, with the number that they have", async () => {
    const data = { agentId: 7 };
    const wish = { key: suite.suiteKey, corpId: yunling(), type: "org_micro_app_remove", data, bizType: 7 };
    await platform.control.sendEvent(wish);
    expect(await heard("org_micro_app_remove")).toMatchObject({ biz_type: 7, data, corp_id: yunling() });
  });

  test("of contacts carry the whole member and department, of activated organisations only", async () => {
    const silent = await platform.control.addMember({ corpId: yunling(), name: "早来" });
    await activate();
    const { userid } = await platform.control.addMember({ corpId: yunling(), name: "新人" });
    expect(await heard("user_add_org")).toMatchObject({
      level: "SYNC_HTTP_PUSH_MEDIUM",
      biz_type: 13,
      data: { userid, name: "新人", department: [1], isAdmin: false },
    });
    expect(JSON.stringify(actions())).not.toContain(silent.userid);
    const { deptId } = await platform.control.addDepartment({ corpId: yunling(), name: "新部门" });
    expect(await heard("org_dept_create")).toMatchObject({ biz_type: 14, data: { id: deptId, parentid: 1 } });
    await platform.control.patchPerson({ corpId: yunling(), userid, left: true });
    expect(await heard("user_leave_org")).toMatchObject({ biz_type: 13, data: { userId: userid } });
    await platform.control.patchOrganisation({ corpId: yunling(), name: "新名" });
    expect(await heard("org_update")).toMatchObject({ biz_type: 16, data: { corp_name: "新名" } });
  });
});

describe("a scanned link", () => {
  const scan = (link: string, who = "yunling.linyue") => platform.control.scan({ who, link });
  const appLink = (changes: Record<string, string> = {}) => {
    const { app, corpId } = platform.organisation("yunling");
    const { agentId, miniAppId } = app;
    const given = { type: "2", miniAppId, corpId, agentId: String(agentId), pVersion: "1", packageType: "1" };
    const page = "pages/bind/bind?ticket=a%26b";
    return `https://applink.dingtalk.com/action/open_mini_app?${new URLSearchParams({ ...given, page, ...changes })}`;
  };
  const opens = () => ({ does: "open", corpId: yunling(), page: "pages/bind/bind", query: { ticket: "a&b" } });

  test("to the mini program opens its page with its query, as AppLink, on the desk's address and as a scheme", async () => {
    expect(await scan(appLink())).toEqual(opens());
    expect(await scan(appLink().replace("https://applink.dingtalk.com", platform.standIn.api.url))).toEqual(opens());
    const { miniAppId } = platform.organisation("yunling").app;
    const page = encodeURIComponent("/pages/bind/bind?ticket=a%26b");
    const scheme = `dingtalk://dingtalkclient/action/open_mini_app?miniAppId=${miniAppId}&page=${page}`;
    expect(await scan(scheme)).toEqual(opens());
  });

  test("opens nothing for another team, a stopped app, who may not see it, or an incomplete link", async () => {
    const refuses = (reason: string) => ({ does: "refuse", reason });
    expect(await scan(appLink(), "fresh.zhoumin")).toEqual(refuses("other-team"));
    expect(await scan(appLink({ agentId: "7" }))).toEqual(refuses("no-app"));
    expect(await scan(appLink({ miniAppId: "7" }))).toEqual(refuses("no-app"));
    expect(await scan(appLink({ pVersion: "" }))).toEqual(refuses("unknown"));
    expect(await scan("dingtalk://dingtalkclient/page/nowhere")).toEqual(refuses("unknown"));
    expect(await scan("no link")).toEqual(refuses("unknown"));
    await platform.control.patchApp({ corpId: yunling(), visibleTo: { departmentIds: [], userids: ["zhaoqian"] } });
    expect(await scan(appLink())).toEqual(refuses("not-visible"));
    expect(await scan(appLink(), "yunling.zhaoqian")).toEqual(opens());
    await platform.control.patchApp({ corpId: yunling(), stopped: true });
    expect(await scan(appLink(), "yunling.zhaoqian")).toEqual(refuses("stopped"));
    expect(await scan("https://example.com/x")).toEqual({ does: "browse", url: "https://example.com/x" });
    await expect(scan(appLink(), "yunling.nobody")).rejects.toThrow("nobody yunling.nobody");
  });

  test("that activates asks for the team, and only its administrator may", async () => {
    const { activationLink: link, suiteKey } = suite;
    expect(await scan(link)).toMatchObject({
      does: "activate",
      suiteKey,
      teams: [{ corpId: yunling(), isAdministrator: true, isActivated: false }],
    });
    const choose = (who: string, corpId: string) => platform.control.activateScanned({ who, link, corpId });
    await expect(choose("yunling.zhaoqian", yunling())).rejects.toThrow("not an administrator");
    await expect(choose("yunling.linyue", platform.organisation("fresh").corpId)).rejects.toThrow("does not belong");
    await choose("yunling.linyue", yunling());
    const { suites } = await platform.control.suites({});
    expect(suites[0]?.installs).toMatchObject([{ corpId: yunling(), authUser: "linyue", stopped: false }]);
    expect(await scan(link)).toMatchObject({ teams: [{ isActivated: true }] });
    const inSuite = `${link}&corpId=${yunling()}&page=pages%2Fhome%2Fhome`;
    expect(await scan(inSuite)).toMatchObject({ does: "open", page: "pages/home/home", query: {} });
    await expect(
      platform.control.activateScanned({ who: "yunling.linyue", link: appLink(), corpId: yunling() }),
    ).rejects.toThrow("activates nothing");
  });
});
