import { createDingTalkClient } from "./client";
import { environmentOf } from "./environment";
import type { Jsapi } from "./jsapi";

const WINDOWS =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.125 Safari/537.36 dingtalk-win/1.0.0 nw(0.14.7) DingTalk(7.8.10-Release.250724002) Mojo/1.0.0 Native AppType(release) Channel/201200 Architecture/x86_64";
const IOS =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 26_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/23E246 AliApp(DingTalk/7.8.1) com.laiwang.DingTalk/46766536 Channel/201200 language/zh-Hans-CN UT4Aplus/0.0.6 WK";
const ANDROID =
  "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/69.0.3497.100 UWS/3.22.1.161 Mobile Safari/537.36 AliApp(DingTalk/6.0.30) com.alibaba.android.rimet/15213560 Channel/700159 language/zh-CN";
const MAC =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 13_2_1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/96.0.4664.110 Safari/537.36 DingTalk(7.6.0-macOS-macOS-MAS-38513772) nw Channel/201200 Architecture/x86_64";
const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1";

it.each([
  ["DingTalk on Windows", WINDOWS, { insideDingTalk: true, pc: true, webView: false }],
  ["DingTalk on macOS", MAC, { insideDingTalk: true, pc: true, webView: false }],
  ["a web-view on Windows", `${WINDOWS} dd-web/1.0`, { insideDingTalk: true, pc: true, webView: true }],
  ["DingTalk on iOS", IOS, { insideDingTalk: true, pc: false, webView: false }],
  ["DingTalk on Android", ANDROID, { insideDingTalk: true, pc: false, webView: false }],
  ["a browser on a computer", CHROME, { insideDingTalk: false, pc: true, webView: false }],
  ["a browser on a phone", IPHONE, { insideDingTalk: false, pc: false, webView: false }],
])("knows %s by its user agent", (_place, agent, expected) => {
  expect(environmentOf(agent)).toEqual(expected);
});

const URL = "https://bi.example.com/hand-off#t&1";
const SCHEME = "dingtalk://dingtalkclient/page/link?url=https%3A%2F%2Fbi.example.com%2Fhand-off%23t%261&pc_slide=false";

/** A client whose script answers as told; time passes only when the test says so. */
function client(answers: Partial<Jsapi>) {
  const called: string[] = [];
  const followed: string[] = [];
  const waiting: (() => void)[] = [];
  const refuse = (name: string) => (): Promise<never> => {
    called.push(name);
    return Promise.reject(new Error("refused"));
  };
  const jsapi: Jsapi = {
    reachable: () => true,
    requestAuthCode: refuse("requestAuthCode"),
    openLink: refuse("openLink"),
    openLinkOfUtil: refuse("openLinkOfUtil"),
    close: refuse("close"),
    setTitle: refuse("setTitle"),
    ...answers,
  };
  let loads = 0;
  const made = createDingTalkClient({
    load: () => {
      loads += 1;
      return Promise.resolve(jsapi);
    },
    follow: (address) => void followed.push(address),
    later: (run) => void waiting.push(run),
  });
  const pass = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    for (const run of waiting.splice(0)) run();
  };
  return { client: made, called, followed, pass, loads: () => loads };
}

describe("opening the browser", () => {
  it("asks DingTalk once", async () => {
    const { client: dingtalk, called, followed } = client({ openLink: () => Promise.resolve({}) });

    await dingtalk.openLink(URL);

    expect([called, followed]).toEqual([[], []]);
  });

  it("falls back to the older call, then to DingTalk's own scheme", async () => {
    const { client: dingtalk, called, followed } = client({});

    await dingtalk.openLink(URL);

    expect(called).toEqual(["openLink", "openLinkOfUtil"]);
    expect(followed).toEqual([SCHEME]);
  });

  it("does not try a second way after a call that was not answered: it may well have opened, and a ticket opens once", async () => {
    const { client: dingtalk, called, followed, pass } = client({ openLink: () => new Promise(() => undefined) });
    const done = dingtalk.openLink(URL);

    await pass();
    await done;

    expect([called, followed]).toEqual([[], []]);
  });

  it("uses the scheme where no client answers at all", async () => {
    const { client: dingtalk, called, followed } = client({ reachable: () => false });

    await dingtalk.openLink(URL);

    expect(called).toEqual([]);
    expect(followed).toEqual([SCHEME]);
  });
});

describe("the auth code", () => {
  it("is DingTalk's, and the script is loaded once", async () => {
    const { client: dingtalk, loads } = client({ requestAuthCode: (corpId) => Promise.resolve(`code of ${corpId}`) });

    expect(await dingtalk.requestAuthCode("dingdemo")).toBe("code of dingdemo");
    await dingtalk.requestAuthCode("dingdemo");

    expect(loads()).toBe(1);
  });

  it.each([
    ["DingTalk refuses", {}],
    ["there is no client", { reachable: () => false }],
    ["the client gives an empty one", { requestAuthCode: () => Promise.resolve("") }],
  ])("fails as such where %s", async (_case, answers) => {
    await expect(client(answers).client.requestAuthCode("dingdemo")).rejects.toMatchObject({
      code: "auth_code_failed",
    });
  });

  it("is not waited for without end", async () => {
    const { client: dingtalk, pass } = client({ requestAuthCode: () => new Promise(() => undefined) });
    const failed = expect(dingtalk.requestAuthCode("dingdemo")).rejects.toMatchObject({ code: "auth_code_failed" });

    await pass();

    await failed;
  });
});
