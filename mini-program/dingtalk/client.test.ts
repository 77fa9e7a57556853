import { installClient } from "./client.testing";
import { clientInfo } from "./client";
import { corpIdOf, getAuthCode } from "./identity";
import { ddStorage } from "./storage";
import { httpTransport } from "./transport";

type HttpOptions = Parameters<DingTalk.Client["httpRequest"]>[0];

function transportOver(answer: (options: HttpOptions) => void) {
  const asked: HttpOptions[] = [];
  installClient({
    httpRequest: (options) => {
      asked.push(options);
      answer(options);
    },
  });
  return { call: httpTransport("https://bi.example.com/"), asked };
}

describe("requests", () => {
  it("carry the session and ask for errors in an envelope", async () => {
    const { call, asked } = transportOver(({ success }) => success?.({ data: { reports: [] }, status: 200 }));
    const query = { filter: "all", search: "销 售", limit: undefined };
    expect(await call({ method: "GET", path: "/api/reports", query, accessToken: "a1" })).toEqual({ reports: [] });
    expect(asked[0]).toMatchObject({
      url: "https://bi.example.com/api/reports?filter=all&search=%E9%94%80%20%E5%94%AE",
      method: "GET",
      dataType: "json",
      headers: { "x-envelope": "1", authorization: "Bearer a1" },
    });
    expect(asked[0]).not.toHaveProperty("data");
  });

  it("send a JSON body as a string, without a session where there is none", async () => {
    const { call, asked } = transportOver(({ success }) => success?.({ data: {}, status: 200 }));
    await call({ method: "POST", path: "/api/session/refresh", body: { refreshToken: "r" } });
    expect(asked[0]).toMatchObject({ data: '{"refreshToken":"r"}', headers: { "content-type": "application/json" } });
    expect(asked[0]?.headers).not.toHaveProperty("authorization");
  });

  it("fail with what the server says", async () => {
    const error = { code: "too_many_attempts", message: "m", requestId: "r1", retryAfter: 9 };
    const { call } = transportOver(({ success }) => success?.({ data: { error }, status: 200 }));
    await expect(call({ method: "GET", path: "/x" })).rejects.toMatchObject({
      code: "too_many_attempts",
      detail: { requestId: "r1", retryAfter: 9 },
    });
  });

  it.each([
    [4, "domain_not_listed"],
    [11, "domain_not_listed"],
    [12, "offline"],
    [13, "timeout"],
    [14, "bad_reply"],
    [19, "unavailable"],
    [99, "offline"],
    [undefined, "offline"],
  ])("fail after DingTalk's error %s as %s", async (error, code) => {
    const { call } = transportOver(({ fail }) => fail?.(error === undefined ? {} : { error }));
    await expect(call({ method: "GET", path: "/x" })).rejects.toMatchObject({ code });
  });

  it.each([["<html>"], [null], [undefined]])("do not take %s for an answer", async (data) => {
    const { call } = transportOver(({ success }) => success?.({ data, status: 200 }));
    await expect(call({ method: "GET", path: "/x" })).rejects.toMatchObject({ code: "bad_reply" });
  });
});

describe("the auth code", () => {
  it("is asked for the enterprise", async () => {
    installClient({ getAuthCode: ({ corpId, success }) => success?.({ authCode: `code of ${corpId}` }) });
    expect(await getAuthCode("dingdemo")).toBe("code of dingdemo");
  });

  it.each([
    [1002, "corp_not_authorised"],
    [3, "auth_code_failed"],
  ])("is refused with %s as %s", async (error, code) => {
    installClient({ getAuthCode: ({ fail }) => fail?.({ error, errorMessage: "企业无此微应用" }) });
    await expect(getAuthCode("dingdemo")).rejects.toMatchObject({ code });
  });
});

describe("the enterprise", () => {
  it.each([
    ["the launch's query", { query: { corpId: "fromquery" } }, "fromclient", "frombuild", "fromquery"],
    ["its other spelling", { query: { corpid: "fromquery" } }, "fromclient", "frombuild", "fromquery"],
    ["the client", { query: {} }, "fromclient", "frombuild", "fromclient"],
    ["the build", {}, undefined, "frombuild", "frombuild"],
    ["nobody", {}, undefined, "", null],
  ])("is named by %s", (_source, launch, corpId, built, expected) => {
    installClient(corpId === undefined ? {} : { corpId });
    Object.assign(globalThis, { __CORP_ID__: built });
    expect(corpIdOf(launch as DingTalk.LaunchOptions)).toBe(expected);
  });
});

describe("storage", () => {
  it("keeps texts, and forgets them", async () => {
    const content = new Map<string, string>();
    installClient({
      getStorage: ({ key, success }) => success?.({ data: content.get(key) ?? null }),
      setStorage: ({ key, data, success }) => {
        content.set(key, data);
        success?.({});
      },
      removeStorage: ({ key, success }) => {
        content.delete(key);
        success?.({});
      },
    });
    await ddStorage.set("k", "v");
    expect(await ddStorage.get("k")).toBe("v");
    await ddStorage.remove("k");
    expect(await ddStorage.get("k")).toBeNull();
  });

  it("loses what the client cannot keep, instead of failing", async () => {
    const fails = ({ fail }: DingTalk.Callbacks<unknown>): void => fail?.({ error: 2 });
    installClient({ getStorage: fails, setStorage: fails, removeStorage: fails });
    await ddStorage.set("k", "v");
    await ddStorage.remove("k");
    expect(await ddStorage.get("k")).toBeNull();
  });
});

it.each([
  [2, 2],
  [3.5, 3],
  [0.75, 1],
  [0, 1],
])("draws at a pixel ratio of %s as at %s", (pixelRatio, expected) => {
  const system = {
    windowWidth: 375,
    windowHeight: 667,
    screenWidth: 375,
    pixelRatio,
    platform: "iOS",
    model: "iPhone14,6",
  };
  installClient({ getSystemInfoSync: () => system });
  expect(clientInfo()).toMatchObject({ pixelRatio: expected, width: 375, deviceName: "iOS iPhone14,6" });
});

it.each([
  ["Windows", true],
  ["windows", true],
  ["macOS", true],
  ["mac", true],
  ["iOS", false],
  ["Android", false],
  ["HarmonyOS", false],
  [undefined, false],
])("knows from the platform %s whether it is a computer: %s", (platform, pc) => {
  installClient({
    getSystemInfoSync: () => ({
      windowWidth: 375,
      windowHeight: 667,
      screenWidth: 375,
      pixelRatio: 1,
      ...(platform === undefined ? {} : { platform }),
    }),
  });
  expect(clientInfo().pc).toBe(pc);
});
