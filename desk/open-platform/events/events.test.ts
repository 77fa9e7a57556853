import { type PlatformUnderTest, startPlatformUnderTest } from "../platform-under-test";
import { seal, signatureOf, unseal } from "./event-crypto";
import { pushText } from "./http-push";
import { type Manner, type Receiver, startReceiver } from "./receiver.testing";

let platform: PlatformUnderTest;
let receiver: Receiver;
const appKey = () => platform.organisation("yunling").app.appKey;
const corpId = () => platform.organisation("yunling").corpId;

beforeEach(async () => {
  platform = await startPlatformUnderTest();
  receiver = await startReceiver(appKey());
});
afterEach(async () => {
  await receiver.close();
  await platform.close();
});

/** DingTalk's own published examples. https://open.dingtalk.com/document/development/callback-event-message-body-encryption-and-decryption */
const VECTORS = [
  {
    keys: { token: "mryue", aesKey: "Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7", receiver: "ding6ccabc44d2c8d38b" },
    signature: "03044561471240d4a14bb09372dfcfd4fd0e40cb",
    timestamp: "1608001896814",
    nonce: "WL4PK6yA",
    random: "l7Y3EcX2CU5w8av3",
    encrypt:
      "0vJiX6vliEpwG3U45CtXqi+m8PXbQRARJ8p8BbDuD1EMTDf0jKpQ79QS93qEk7XHpP6u+oTTrd15NRPvNvmBKyDCYxxOK+HZeKju4yhELOFchzNukR+t8SB/qk4ROMu3",
    plain: `{"EventType":"check_url"}`,
  },
  {
    keys: {
      token: "123456",
      aesKey: "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij",
      receiver: "suite4xxxxxxxxxxxxxxx",
    },
    signature: "5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0",
    timestamp: "1445827045067",
    nonce: "nEXhMP4r",
    random: "hU3bEfGZZewzhG5a",
    encrypt:
      "1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWVdUBmfxjZ8Ej23JVYa9VrYeJ5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNOS9PhSBdHlegK+AGGanfwjXuQ9+0pZcy0w9lQ==",
    plain: `{"EventType":"check_create_suite_url","Random":"LPIdSnlF","TestSuiteKey":"suite4xxxxxxxxxxxxxxx"}`,
  },
];

describe("sealed texts", () => {
  test.each(VECTORS)("DingTalk's example for $keys.receiver opens, and is made again byte by byte", (vector) => {
    const { keys, signature, timestamp, nonce, encrypt, plain, random } = vector;
    expect(signatureOf(keys.token, timestamp, nonce, encrypt)).toBe(signature);
    expect(unseal(keys, { encrypt, signature, timestamp, nonce })).toBe(plain);
    expect(seal(keys, plain, timestamp, (bytes) => Buffer.from(random).subarray(0, bytes)).encrypt).toBe(encrypt);
  });

  test("of another receiver, another token or another key do not open", () => {
    const [{ keys, ...sealed } = fail()] = VECTORS;
    expect(() => unseal({ ...keys, receiver: "dingother" }, sealed)).toThrow("another receiver");
    expect(() => unseal({ ...keys, token: "other" }, sealed)).toThrow("signature");
    expect(() => unseal({ ...keys, aesKey: keys.aesKey.replace("Y", "Z") }, sealed)).toThrow();
  });
});

function fail(): never {
  throw new Error("There is no example.");
}

const http = (changes: object = {}) => ({
  key: appKey(),
  mode: "http" as const,
  url: receiver.url,
  token: receiver.keys.token,
  aesKey: receiver.keys.aesKey,
  ...changes,
});

/** Waits until that holds; the test's own time limit ends it. */
async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
}

const typesHeard = () => receiver.heard.map((body) => body?.["EventType"]);
const states = async () => (await platform.control.deliveries({})).deliveries.map(({ state }) => state);
const settled = () => until(async () => (await states()).every((state) => state === "delivered" || state === "lost"));

describe("an address for events", () => {
  test("is saved once it answered check_url with sealed success", async () => {
    await platform.control.setEvents(http());
    expect(receiver.heard).toEqual([{ EventType: "check_url" }]);
  });

  test.each<[Manner, string]>([
    ["plain text", "reply"],
    ["other word", "not success"],
    ["wrong receiver", "another receiver"],
    ["error", "HTTP 500"],
  ])("that answers with %s is refused, and hears nothing later", async (manner, reason) => {
    receiver.manner = manner;
    await expect(platform.control.setEvents(http())).rejects.toThrow(reason);
    receiver.manner = "success";
    await platform.control.addMember({ corpId: corpId(), name: "新人" });
    await settled();
    expect(receiver.heard).toHaveLength(1);
  });

  test("that stays silent is told so after its time", async () => {
    receiver.manner = "silence";
    const parts = { ...platform.standIn.platform.push, replyMs: 50 };
    expect(await pushText(parts, receiver.url, receiver.keys, "{}")).toBe("no answer within 50 ms");
  });

  test("outside this machine, a bad key and a bad token are refused before anything is sent", async () => {
    await expect(platform.control.setEvents(http({ url: "https://example.com/" }))).rejects.toThrow("loopback only");
    await expect(platform.control.setEvents(http({ aesKey: "short" }))).rejects.toThrow("43 letters");
    await expect(platform.control.setEvents(http({ token: "no!" }))).rejects.toThrow("3 to 32");
    await expect(platform.control.setEvents(http({ key: "dingnobody" }))).rejects.toThrow("neither an app nor a suite");
    expect(receiver.heard).toEqual([]);
  });
});

describe("changes in an organisation", () => {
  beforeEach(() => platform.control.setEvents(http()));

  test("of members are announced as DingTalk writes them", async () => {
    const { userid } = await platform.control.addMember({ corpId: corpId(), name: "新人", active: false });
    await platform.control.patchPerson({ corpId: corpId(), userid, active: true, sysLevel: 2 });
    await platform.control.patchPerson({ corpId: corpId(), userid, sysLevel: 0 });
    await platform.control.patchPerson({ corpId: corpId(), userid, left: true });
    await settled();
    expect(typesHeard().slice(1).sort()).toEqual(
      [
        "user_add_org",
        "user_modify_org",
        "user_modify_org",
        "user_active_org",
        "org_admin_add",
        "user_modify_org",
        "org_admin_remove",
        "user_leave_org",
      ].sort(),
    );
    const added = receiver.heard.find((body) => body?.["EventType"] === "user_add_org");
    expect(added).toEqual({
      EventType: "user_add_org",
      EventTime: expect.any(Number),
      CorpId: corpId(),
      BizId: expect.any(String),
      eventId: expect.any(String),
      timeStamp: expect.any(String),
      userId: [userid],
    });
  });

  test("of departments, its name and its app are announced", async () => {
    const { deptId } = await platform.control.addDepartment({ corpId: corpId(), name: "新部门" });
    await platform.control.patchDepartment({ corpId: corpId(), deptId: deptId as number, name: "改名" });
    await platform.control.removeDepartment({ corpId: corpId(), deptId: deptId as number });
    await platform.control.patchApp({ corpId: corpId(), visibleTo: { departmentIds: [1], userids: [] } });
    await platform.control.patchApp({ corpId: corpId(), stopped: true });
    await platform.control.patchOrganisation({ corpId: corpId(), name: "新名", dissolved: true });
    await settled();
    expect(typesHeard().slice(1).sort()).toEqual([
      "inner_app_scopes_change",
      "inner_app_status_change",
      "org_change",
      "org_dept_create",
      "org_dept_modify",
      "org_dept_remove",
      "org_remove",
    ]);
    expect(receiver.heard).toContainEqual(expect.objectContaining({ EventType: "org_dept_create", deptId: [deptId] }));
    expect(receiver.heard).toContainEqual(expect.objectContaining({ status: "disable" }));
  });

  test("go only where their type was subscribed, and to nobody once switched off", async () => {
    await platform.control.setEvents(http({ types: ["user_leave_org"] }));
    const { userid } = await platform.control.addMember({ corpId: corpId(), name: "新人" });
    await platform.control.patchPerson({ corpId: corpId(), userid, left: true });
    await settled();
    expect(typesHeard()).toEqual(["check_url", "check_url", "user_leave_org"]);
    await platform.control.setEvents({ key: appKey(), mode: "off" });
    await platform.control.addMember({ corpId: corpId(), name: "新人" });
    expect(await states()).toEqual(["delivered"]);
  });

  test("are pushed again with the same eventId until taken, and given up after the last try", async () => {
    receiver.manner = "error";
    await platform.control.sendEvent({ key: appKey(), corpId: corpId(), type: "org_change" });
    await settled();
    const ids = receiver.heard.slice(1).map((body) => body?.["eventId"]);
    expect([ids.length, new Set(ids).size]).toEqual([3, 1]);
    const { deliveries } = await platform.control.deliveries({});
    expect(deliveries).toMatchObject([{ state: "lost", tries: 3, fault: expect.stringContaining("HTTP 500") }]);
    receiver.manner = "success";
    await platform.control.retryEvents({});
    await settled();
    expect(await states()).toEqual(["delivered"]);
  });
});

describe("wrong pushes, for tests", () => {
  beforeEach(() => platform.control.setEvents(http()));

  test("are forged, for another receiver, cut off, oversized, repeated or nothing but text, as wished", async () => {
    const key = appKey();
    const push = async (wish: object) => (await platform.control.pushRaw({ key, ...wish })).answers;
    await push({ forged: true });
    await push({ receiver: "dingother" });
    await push({ truncatedTo: 40 });
    await push({ body: "not json" });
    expect(receiver.heard.slice(1)).toEqual([null, null, null, null]);
    const answers = await push({ text: `{"EventType":"org_change"}`, times: 2, padding: 100_000 });
    expect(answers).toEqual([
      { status: 200, fault: null },
      { status: 200, fault: null },
    ]);
    expect(typesHeard().slice(-2)).toEqual(["org_change", "org_change"]);
    await expect(platform.control.pushRaw({ key: "dingnobody" })).rejects.toThrow("neither an app nor a suite");
  });
});
