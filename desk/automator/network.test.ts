import { writeFile } from "node:fs/promises";
import {
  createServer,
  type IncomingMessage,
  request as httpRequest,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { WebSocket } from "ws";
import { type MiniProgram, nextException } from "../runtime/mini-host.testing";
import { type SamplePhone, startSamplePhone } from "./sample-phone.testing";

jest.setTimeout(90_000);

let upstream: Server;
let sample: SamplePhone;
let mini: MiniProgram;

beforeAll(async () => {
  upstream = createServer(answerUpstream);
  await new Promise<void>((done) => upstream.listen(0, "127.0.0.1", done));
  sample = await startSamplePhone(process.env["CHROME_PATH"] ?? null, [`127.0.0.1:${portOf(upstream)}`]);
  mini = await sample.open("?platform=android");
});

afterAll(async () => {
  await sample?.close();
  upstream?.closeAllConnections();
  upstream?.close();
});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const upstreamUrl = (path: string): string => `http://127.0.0.1:${portOf(upstream)}${path}`;

/** A page in a web-view that asks a JSAPI and hands what it got to the mini program. */
const WEB_PAGE = `<!doctype html><script>
addEventListener("message", ({ data }) => parent.postMessage({ type: "dingtalk-message", data }, "*"));
parent.postMessage({ type: "dingtalk-jsapi", id: 1, m: "device.connection.getNetworkType", args: {} }, "*");
</script>`;

/** A page as DingTalk documents it: it includes the client's script, speaks first and repeats what it hears. */
const talkingPage = (script: string): string => `<!doctype html><script src="${script}"></script><script>
dd.onMessage = (data) => data.go ? dd.navigateTo({ url: data.go }) : dd.postMessage({ heard: data });
dd.postMessage({ name: "ready" });
</script>`;

/** What the mini program's server answers. */
function answerUpstream(request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? "/", "http://upstream");
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const { headers, method } = request;
    const echo = { method, search, headers, body: Buffer.concat(chunks).toString() };
    const replies: Record<string, () => void> = {
      "/echo": () => response.setHeader("set-cookie", "a=1").end(JSON.stringify(echo)),
      "/text": () => response.end("not json"),
      "/missing": () => response.writeHead(404).end(JSON.stringify({ secret: "of the body" })),
      "/page": () => response.end(WEB_PAGE),
      "/talk": () => response.end(talkingPage("https://appx/web-view.min.js")),
      "/talk-in-any-browser": () => response.end(talkingPage(`${sample.host.url}__host/web-view.js`)),
      "/hang": () => undefined,
      "/drop": () => response.destroy(),
      "/away": () => response.writeHead(302, { location: "http://localhost:9/" }).end(),
      "/back": () => response.writeHead(302, { location: "/echo" }).end(),
    };
    if (/^\/(page|talk)/.test(pathname)) response.setHeader("content-type", "text/html");
    replies[pathname]?.();
  });
}

/** `dd.httpRequest` in the running mini program: what success or fail got. */
async function ddRequest(args: object): Promise<{ ok: boolean; value: Record<string, unknown> }> {
  return (await mini.evaluate(
    `function (args) { return new Promise((done) => dd.httpRequest(Object.assign({}, args, {
      success: (value) => done({ ok: true, value }), fail: (value) => done({ ok: false, value }) }))); }`,
    args,
  )) as { ok: boolean; value: Record<string, unknown> };
}

/** Any request to the phone's server, with headers that a browser would not let a page choose. */
function raw(path: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
  const { port } = new URL(sample.host.url);
  return new Promise<{ status: number; text: string }>((done, fail) => {
    const sent = httpRequest(
      { host: "127.0.0.1", port, path, method: options.method ?? "GET", headers: options.headers ?? {} },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("end", () => done({ status: response.statusCode ?? 0, text }));
      },
    );
    sent.on("error", fail);
    sent.end(options.body);
  });
}

describe("dd.httpRequest", () => {
  test("gets status, headers and data, with DingTalk's user agent and without cookies", async () => {
    await ddRequest({ url: upstreamUrl("/echo") });
    const reply = await ddRequest({
      url: upstreamUrl("/echo"),
      data: { q: "a b" },
      headers: { "x-own": "1", cookie: "b=2" },
    });

    const { data, status } = reply.value as {
      data: { headers: Record<string, string>; search: string };
      status: number;
    };
    expect(status).toBe(200);
    expect(data.search).toBe("?q=a+b");
    expect(data.headers["x-own"]).toBe("1");
    expect(data.headers["user-agent"]).toMatch(/AliApp\(DingTalk\/.*com\.alibaba\.android\.rimet/);
    expect(data.headers["cookie"]).toBeUndefined();
  });

  test("posts a JSON string as it is and an object as a form", async () => {
    const headers = { "Content-Type": "application/json" };
    const json = await ddRequest({ url: upstreamUrl("/echo"), method: "POST", headers, data: '{"a":1}' });
    const form = await ddRequest({ url: upstreamUrl("/echo"), method: "POST", data: { a: 1, b: "x y" } });

    expect(json.value["data"]).toMatchObject({ body: '{"a":1}', headers: { "content-type": "application/json" } });
    expect(form.value["data"]).toMatchObject({
      body: "a=1&b=x+y",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
  });

  test("fails with 11 for a domain that is not listed, also by redirect, and follows a redirect that is", async () => {
    expect(await ddRequest({ url: "http://localhost:9/" })).toMatchObject({ ok: false, value: { error: 11 } });
    expect(await ddRequest({ url: upstreamUrl("/away") })).toMatchObject({ ok: false, value: { error: 11 } });
    expect(await ddRequest({ url: upstreamUrl("/back") })).toMatchObject({ ok: true, value: { status: 200 } });
  });

  test("fails with 19 and nothing else for a status outside 2xx", async () => {
    expect(await ddRequest({ url: upstreamUrl("/missing") })).toEqual({ ok: false, value: { error: 19 } });
  });

  test("fails with 13 after its timeout, 12 when the connection breaks, 14 when the answer is no JSON", async () => {
    expect(await ddRequest({ url: upstreamUrl("/hang"), timeout: 50 })).toMatchObject({ value: { error: 13 } });
    expect(await ddRequest({ url: upstreamUrl("/drop") })).toMatchObject({ value: { error: 12 } });
    expect(await ddRequest({ url: upstreamUrl("/text") })).toMatchObject({ value: { error: 14 } });
    expect(await ddRequest({ url: upstreamUrl("/text"), dataType: "text" })).toMatchObject({
      value: { data: "not json" },
    });
    expect(await ddRequest({ url: upstreamUrl("/text"), dataType: "base64" })).toMatchObject({
      value: { data: Buffer.from("not json").toString("base64") },
    });
  });

  test("has no method but GET and POST, even when the worker is passed by", async () => {
    const origin = new URL(sample.host.url).origin;
    const body = JSON.stringify({ url: upstreamUrl("/echo"), method: "PUT" });

    const { text } = await raw("/phone/__host/relay", { method: "POST", headers: { origin }, body });

    expect(JSON.parse(text)).toMatchObject({
      ok: false,
      value: { errorMessage: expect.stringContaining("PUT") as string },
    });
  });
});

describe("a web-view", () => {
  async function show(src: string, enhanced = false) {
    const url = `/pages/web/web?enhanced=${enhanced ? 1 : 0}&src=${encodeURIComponent(encodeURIComponent(src))}`;
    await mini.callWxMethod("reLaunch", { url });
    const page = await mini.currentPage();
    if (!page) throw new Error("no page");
    return page;
  }

  /** The first `count` messages that the mini program got. */
  async function heardBy(page: Awaited<ReturnType<typeof show>>, count: number): Promise<unknown[]> {
    for (;;) {
      const heard = (await page.data("heard")) as unknown[];
      if (heard.length >= count) return heard;
    }
  }

  async function heardFrom(src: string, enhanced: boolean): Promise<Record<string, unknown>> {
    const [first] = await heardBy(await show(src, enhanced), 1);
    return first as Record<string, unknown>;
  }

  test.each([
    ["DingTalk's script", "/talk"],
    ["the phone's own, which any browser finds", "/talk-in-any-browser"],
  ])("carries messages both ways between the mini program and a page with %s", async (_script, path) => {
    const page = await show(upstreamUrl(path));
    expect(await heardBy(page, 1)).toEqual([{ name: "ready" }]);

    await page.callMethod("tell", { sendToWebView: "1" });

    expect(await heardBy(page, 2)).toEqual([{ name: "ready" }, { heard: { sendToWebView: "1" } }]);
  });

  test("opens another page of the mini program when its page asks for it", async () => {
    const page = await show(upstreamUrl("/talk"));
    await heardBy(page, 1);
    await page.callMethod("tell", { go: "/pages/inner/inner?n=9" });
    await sample.page.waitForSelector("#inner");
    expect((await mini.pageStack()).map(({ path }) => path)).toEqual(["pages/web/web", "pages/inner/inner"]);
  });

  test("hears nothing before its page has spoken, and the mini program is told", async () => {
    const told = nextException(mini);
    const page = await show(upstreamUrl("/text"));
    await page.callMethod("tell", { sendToWebView: "1" });
    expect(await told).toContain('<web-view id=\\"inside\\"> must send the first message');
  });

  test("lets an enhanced page call JSAPIs and tell the mini program", async () => {
    expect(await heardFrom(upstreamUrl("/page"), true)).toMatchObject({
      id: 1,
      ok: true,
      value: { networkType: "WIFI" },
    });
  });

  test("refuses JSAPIs to a page that is not enhanced, saying why", async () => {
    const { ok, value } = await heardFrom(upstreamUrl("/page"), false);
    expect(ok).toBe(false);
    expect(JSON.stringify(value)).toContain("enhanced");
  });

  test("does not show a page of a domain that is not listed, and names it", async () => {
    const told = nextException(mini);
    await mini.callWxMethod("reLaunch", { url: `/pages/web/web?src=${encodeURIComponent("http://localhost:9/")}` });
    expect(await told).toContain("http://localhost:9");
  });
});

describe("the phone's server", () => {
  const relayBody = (): string => JSON.stringify({ url: upstreamUrl("/echo") });

  test("refuses foreign Host and Origin, and a write without Origin", async () => {
    const origin = new URL(sample.host.url).origin;
    const write = (headers: Record<string, string>) =>
      raw("/phone/__host/relay", { method: "POST", headers, body: relayBody() }).then(({ status }) => status);

    expect((await raw("/phone/", { headers: { host: "evil.example" } })).status).toBe(403);
    expect((await raw("/phone/", { headers: { origin: "http://evil.example" } })).status).toBe(403);
    expect(await write({})).toBe(403);
    expect(await write({ origin: "http://evil.example" })).toBe(403);
    expect(await write({ origin: "http://localhost:1" })).toBe(403);
    expect(await write({ origin })).toBe(200);
  });

  test("admits only its own page to the control socket", async () => {
    const { port, origin } = new URL(sample.host.url);
    const open = (headers: Record<string, string>): Promise<number> =>
      new Promise((done) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/phone/__host/control`, { headers });
        socket.on("unexpected-response", (_request, response) => {
          done(response.statusCode ?? 0);
          socket.terminate();
        });
        socket.on("open", () => {
          done(101);
          socket.close();
        });
        socket.on("error", () => undefined);
      });

    expect(await open({})).toBe(403);
    expect(await open({ origin: "http://evil.example" })).toBe(403);
    expect(await open({ origin })).toBe(101);
  });

  test("serves listed pictures only, and nothing outside the folder", async () => {
    expect((await raw("/phone/__assets/icons/a.png")).status).toBe(200);
    for (const path of ["secret.txt", "app.js", "../package.json", "..%2f..%2fetc%2fpasswd", "%2e%2e/secret.txt", ""])
      expect((await raw(`/phone/__assets/${path}`)).status).toBe(404);
  });

  test("shows compile faults with file, line and column, and the program again when they are mended", async () => {
    const page = join(sample.folder, "pages/more/more.axml");
    await writeFile(page, "<view>\n  <text>open\n</view>");
    const broken = await raw("/phone/");
    expect(broken.status).toBe(500);
    expect(broken.text).toMatch(/pages\/more\/more\.axml:2:\d+/);
    expect(sample.lines.join("\n")).toMatch(/Fault .*more\.axml:2:\d+/);

    await writeFile(page, `<text id="word">{{word}}</text>`);
    expect((await raw("/phone/")).status).toBe(200);
  });
});
