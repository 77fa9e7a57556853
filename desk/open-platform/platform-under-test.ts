import { createHash } from "node:crypto";
import { type DemoApp, type DemoOrganisation, loadDemo } from "../demo/enterprise";
import { type ControlClient, createControlClient } from "./control/client";
import { createClock } from "./clock";
import type { JsonFields } from "./gateway/exchange";
import type { Patience } from "./events/delivery";
import type { Random } from "./random";
import { type StandIn, startOpenPlatform } from "./start";

/** 22 November 2026, 10:00 in China: nowhere near the end of a month. */
const START = Date.parse("2026-11-22T02:00:00Z");

/** Short waits between tries of an event, so that tests see the last one; a slow machine may take long to answer. */
const PATIENCE: Patience = { replyMs: 20_000, ackMs: 20_000, retryMs: [30, 30] };

/** An answer as a caller sees it. */
export interface Seen {
  status: number;
  body: JsonFields;
}

/** A stand-in on free ports, whose clock only moves when told to. */
export interface PlatformUnderTest {
  standIn: StandIn;
  control: ControlClient;
  token: string;
  /** An organisation of the demo by its key. */
  organisation(key: string): DemoOrganisation & { app: DemoApp };
  call(method: string, path: string, headers?: Record<string, string>, body?: string): Promise<Seen>;
  post(path: string, body: object, headers?: Record<string, string>): Promise<Seen>;
  /** A fresh access token of that organisation's app. */
  appToken(key: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts one for a test, from the demo's own description. */
export async function startPlatformUnderTest(): Promise<PlatformUnderTest> {
  const seed = loadDemo("desk/demo/enterprise.json");
  const token = "a-control-token-for-tests";
  const standIn = await startOpenPlatform({
    seed,
    port: 0,
    controlPort: 0,
    token,
    clock: createClock(() => START),
    random: counting(),
    patience: PATIENCE,
  });

  const call: PlatformUnderTest["call"] = async (method, path, headers = {}, body) => {
    const response = await fetch(`${standIn.api.url}${path}`, { method, headers, ...(body !== undefined && { body }) });
    return { status: response.status, body: (await response.json()) as JsonFields };
  };
  const post: PlatformUnderTest["post"] = (path, body, headers = {}) =>
    call("POST", path, { "content-type": "application/json", ...headers }, JSON.stringify(body));
  const organisation: PlatformUnderTest["organisation"] = (key) => {
    const found = seed.organisations.find((one) => one.key === key);
    if (!found?.app) throw new Error(`The demo has no organisation ${key} with an app.`);
    return { ...found, app: found.app };
  };
  return {
    standIn,
    control: createControlClient(standIn.control.port, token),
    token,
    organisation,
    call,
    post,
    async appToken(key) {
      const { appKey, appSecret } = organisation(key).app;
      const { body } = await post("/v1.0/oauth2/accessToken", { appKey, appSecret });
      return String(body["accessToken"]);
    },
    close: () => standIn.close(),
  };
}

/** Bytes that look random and are the same in every run. */
function counting(): Random {
  let count = 0;
  return (bytes) => createHash("sha512").update(String(count++)).digest().subarray(0, bytes);
}
