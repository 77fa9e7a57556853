import { WebSocket } from "ws";
import { type PlatformUnderTest, startPlatformUnderTest } from "../platform-under-test";

let platform: PlatformUnderTest;
const app = () => platform.organisation("yunling").app;
const corpId = () => platform.organisation("yunling").corpId;

beforeEach(async () => {
  platform = await startPlatformUnderTest();
  await platform.control.setEvents({ key: app().appKey, mode: "stream" });
});
afterEach(() => platform.close());

interface Frame {
  type: string;
  headers: Record<string, string>;
  data: string;
}

const SUBSCRIPTIONS = [{ type: "EVENT", topic: "*" }];

const open = (changes: object = {}, headers: Record<string, string> = { accept: "application/json" }) =>
  platform.post(
    "/v1.0/gateway/connections/open",
    { clientId: app().appKey, clientSecret: app().appSecret, subscriptions: SUBSCRIPTIONS, ...changes },
    headers,
  );

/** A client's line to the gateway: what it heard, and what it says. */
async function connect(answer: (frame: Frame) => object | null) {
  const { body } = await open();
  const heard: Frame[] = [];
  const socket = new WebSocket(`${String(body["endpoint"])}?ticket=${String(body["ticket"])}`);
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.on("message", (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Frame;
    heard.push(frame);
    const said = answer(frame);
    if (said) socket.send(JSON.stringify({ code: 200, headers: { messageId: frame.headers["messageId"] }, ...said }));
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  return { heard, socket, closed };
}

const taken = () => ({ message: "OK", data: `{"status":"SUCCESS","message":"ok"}` });
const send = () => platform.control.sendEvent({ key: app().appKey, corpId: corpId(), type: "org_change" });

async function states(): Promise<string[]> {
  const isSettled = (state: string): boolean => state === "delivered" || state === "lost";
  for (;;) {
    const { deliveries } = await platform.control.deliveries({});
    if (deliveries.every(({ state }) => isSettled(state)))
      return deliveries.map(({ state, tries }) => `${state} ${tries}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe("the Stream gateway", () => {
  test("opens to the app's key and secret, to a proper subscription, to who asks for JSON", async () => {
    expect((await open()).body).toEqual({ endpoint: expect.stringMatching(/^ws:\/\/127/), ticket: expect.any(String) });
    expect((await open({ clientSecret: "wrong" })).status).toBe(401);
    expect((await open({ clientId: "dingnobody" })).status).toBe(401);
    expect((await open({ subscriptions: [] })).status).toBe(400);
    expect((await open({ subscriptions: [{ type: "NEWS", topic: "*" }] })).status).toBe(400);
    expect((await open({}, { accept: "text/html" })).status).toBe(406);
  });

  test("takes a ticket once, within 90 seconds", async () => {
    const attempt = (url: string) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(url);
        socket.once("open", () => (socket.terminate(), resolve("open")));
        socket.once("error", (error) => resolve(error.message));
      });
    const { body } = await open();
    const url = `${String(body["endpoint"])}?ticket=${String(body["ticket"])}`;
    expect(await attempt(url)).toBe("open");
    expect(await attempt(url)).toContain("401");
    const late = (await open()).body;
    await platform.control.advanceClock({ milliseconds: 90_000 });
    expect(await attempt(`${String(late["endpoint"])}?ticket=${String(late["ticket"])}`)).toContain("401");
    expect(await attempt(`${String(late["endpoint"])}?ticket=guess`)).toContain("401");
  });

  test("carries an event with its envelope in the headers, and hears that it was taken", async () => {
    const { heard } = await connect(taken);
    const { userid } = await platform.control.addMember({ corpId: corpId(), name: "新人" });
    expect(await states()).toEqual(["delivered 1", "delivered 1"]);
    const frame = heard.find(({ headers }) => headers["eventType"] === "user_add_org");
    expect(frame).toMatchObject({
      type: "EVENT",
      headers: { topic: "*", contentType: "application/json", eventCorpId: corpId(), eventId: expect.any(String) },
    });
    expect(JSON.parse(frame?.data ?? "")).toEqual({ timeStamp: expect.any(String), userId: [userid] });
  });

  test("sends again what was answered LATER, with another code, or without a status", async () => {
    const answers = [{ data: `{"status":"LATER"}` }, { code: 500 }, taken()];
    const { heard } = await connect(() => answers.shift() ?? taken());
    await send();
    expect(await states()).toEqual(["delivered 3"]);
    expect(new Set(heard.map(({ headers }) => headers["eventId"])).size).toBe(1);
    answers.push({ data: "{}" }, taken());
    await send();
    expect(await states()).toEqual(["delivered 3", "delivered 2"]);
  });

  test("keeps an event while nobody is connected, and gives it to who comes", async () => {
    await send();
    expect(await states()).toEqual(["lost 3"]);
    await connect(taken);
    await platform.control.retryEvents({});
    expect(await states()).toEqual(["delivered 4"]);
  });

  test("asks with ping for the same data, and sends nothing more after disconnect", async () => {
    const key = app().appKey;
    const first = await connect(({ type, data }) => (type === "SYSTEM" ? { data } : taken()));
    expect(await platform.control.disturbStream({ key, what: "ping" })).toEqual({ connections: 1 });
    await platform.control.disturbStream({ key, what: "disconnect", closeMs: 0 });
    await first.closed;
    expect(first.heard.map(({ headers }) => headers["topic"])).toEqual(["ping", "disconnect"]);
    const second = await connect(taken);
    await send();
    expect(await states()).toEqual(["delivered 1"]);
    expect([first.heard.length, second.heard.length]).toEqual([2, 1]);
    await platform.control.disturbStream({ key, what: "cut" });
    await second.closed;
    expect((await platform.control.connections({})).connections).toEqual([]);
  });

  test("gives each event to one of several connections, and any text to all of them", async () => {
    const lines = [await connect(taken), await connect(taken)];
    await send();
    expect(await states()).toEqual(["delivered 1"]);
    expect(lines.flatMap(({ heard }) => heard)).toHaveLength(1);
    const text = JSON.stringify({ type: "EVENT", headers: {}, data: "not json" });
    expect(await platform.control.sendFrame({ key: app().appKey, text })).toEqual({ connections: 2 });
  });
});
