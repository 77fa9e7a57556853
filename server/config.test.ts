import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { readConfig } from "./config";

const APP_SECRET_KEY = randomBytes(48).toString("base64");

it("needs nothing but the secret key", () => {
  const config = readConfig({ APP_SECRET_KEY });

  expect(config).toMatchObject({
    port: 3000,
    host: "127.0.0.1",
    publicUrl: "http://localhost:3000",
    enterpriseLimit: 5,
    queryTimeoutMs: 30_000,
    trustProxy: false,
    dingtalk: { apiUrl: "https://api.dingtalk.com", oapiUrl: "https://oapi.dingtalk.com" },
  });
  expect(config.databaseUrl).toBeUndefined();
});

it.each([
  ["missing", undefined],
  ["empty", ""],
  ["short", "too-short"],
  ["one repeated character", "a".repeat(64)],
  ["an example's text", "changeme-changeme-changeme-1234567890"],
])("refuses a secret key that is %s, without showing it", (_what, key) => {
  const read = () => readConfig(key === undefined ? {} : { APP_SECRET_KEY: key });

  expect(read).toThrow(/APP_SECRET_KEY/);
  if (key) expect(read).not.toThrow(key);
});

it("names each faulty variable", () => {
  const env = { APP_SECRET_KEY, PORT: "abc", PUBLIC_URL: "dingboard", DATABASE_URL: "mysql://db", EDITION: "0" };

  const read = () => readConfig(env);

  for (const name of ["PORT", "PUBLIC_URL", "DATABASE_URL", "EDITION"]) expect(read).toThrow(new RegExp(name));
});

it("takes addresses without their last slash, and lists by comma", () => {
  const config = readConfig({
    APP_SECRET_KEY,
    PUBLIC_URL: "https://bi.example.com/",
    DINGTALK_API_URL: "http://127.0.0.1:4000/",
    FRAME_ANCESTORS: "http://localhost:3100, https://portal.example.com",
  });

  expect(config.publicUrl).toBe("https://bi.example.com");
  expect(config.dingtalk.apiUrl).toBe("http://127.0.0.1:4000");
  expect(config.frameAncestors).toEqual(["http://localhost:3100", "https://portal.example.com"]);
});

it("cannot be printed with its secrets", () => {
  const config = readConfig({ APP_SECRET_KEY, DATABASE_URL: "postgres://user:hunter2@db/app" });

  for (const text of [inspect(config, { depth: 9 }), JSON.stringify(config), String(config.appSecretKey)]) {
    expect(text).not.toContain(APP_SECRET_KEY);
    expect(text).not.toContain("hunter2");
    expect(text).toContain("[secret]");
  }
});

it("takes a suite with the keys of its events, or without them for Stream, but not with half of them", () => {
  const env = { APP_SECRET_KEY, DINGTALK_SUITE_KEY: "suitex", DINGTALK_SUITE_SECRET: "of the suite" };
  const [token, aesKey] = ["eventToken", "a".repeat(43)];
  const pushed = { ...env, DINGTALK_SUITE_TOKEN: token, DINGTALK_SUITE_AES_KEY: aesKey };

  expect(readConfig(env).suite).toMatchObject({ key: "suitex", push: null, appId: null, miniAppId: null });
  expect(readConfig(pushed).suite?.push?.token.reveal()).toBe(token);
  expect(() => readConfig({ ...env, DINGTALK_SUITE_TOKEN: token })).toThrow(/DINGTALK_SUITE_AES_KEY/);
  expect(() => readConfig({ APP_SECRET_KEY, DINGTALK_SUITE_KEY: "suitex" })).toThrow(/DINGTALK_SUITE_SECRET/);
  expect(() => readConfig({ ...env, DINGTALK_SUITE_APP_ID: "no number" })).toThrow(/DINGTALK_SUITE_APP_ID/);
});
