import type { JsonObject } from "../../runtime/protocol";
import { navigation } from "./navigation";
import type { FromPage, PageSettings, ToPage } from "./settings";

/** DingTalk's own page around the app's, as far as dingtalk-jsapi knows it: answers count from this origin only. */
const HOST_ORIGIN = "https://im.dingtalk.com";
const VERSION = "7.8.10";

/** How dingtalk-jsapi (frame-talk-client-pc) asks. */
interface FrameRequest {
  type: "request";
  msgId: number;
  containerId: string;
  methodName: string;
  body: JsonObject;
}

declare global {
  interface Window {
    dingtalk?: { platform: { invokeAPI(name: string, args: JsonObject): Promise<unknown> } };
  }
}

/**
 * The bridge that the unmodified dingtalk-jsapi finds on PC: `window.name` tells it the client, its version and whom to
 * ask; it asks by `postMessage` to DingTalk's origin, which is taken here and carried to the window around the page.
 * https://www.npmjs.com/package/dingtalk-jsapi (lib/env.js, lib/packages/frame-talk-client-pc)
 */
export function openBridge({ surface, language }: PageSettings): void {
  const containerId = `desk-${surface}`;
  window.name = JSON.stringify({
    hostOrigin: HOST_ORIGIN,
    hostVersion: VERSION,
    containerId,
    language: (language ?? navigator.language).replace("-", "_"),
    corsIframe: true,
  });
  const call = createCaller();
  window.dingtalk = { platform: { invokeAPI: call } };

  navigation?.addEventListener("navigate", (event) => {
    const { url } = event.destination;
    if (!url.startsWith("dingtalk:")) return;
    event.preventDefault(); // the client takes its own scheme, not the browser under the desk
    void call("biz.util.openLink", { url }).catch(() => undefined);
  });

  const post = window.postMessage.bind(window) as (...given: unknown[]) => void;
  const taken = (message: unknown, target?: unknown, ...more: unknown[]): void => {
    if (target === HOST_ORIGIN && isRequest(message, containerId)) void answerRequest(message, call);
    else post(message, target, ...more);
  };
  window.postMessage = taken as typeof window.postMessage;
}

function isRequest(message: unknown, containerId: string): message is FrameRequest {
  const given = message as Partial<FrameRequest> | null;
  return given?.type === "request" && given.containerId === containerId;
}

type Call = (name: string, args: JsonObject) => Promise<unknown>;

/** Asks the window around the page; it alone may answer. */
function createCaller(): Call {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let count = 0;
  window.addEventListener("message", ({ source, data }: MessageEvent<ToPage | null>) => {
    if (source !== window.parent || data?.type !== "dingtalk-jsapi-answer") return;
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.ok) asked?.resolve(data.value);
    else asked?.reject(data.value);
  });
  return (m, args) =>
    new Promise((resolve, reject) => {
      if (window.parent === window)
        return reject({ errorCode: "3", errorMessage: `${m}: this page is not inside DingTalk's window.` });
      const id = ++count;
      waiting.set(id, { resolve, reject });
      const message: FromPage = { type: "dingtalk-jsapi", id, m, args };
      window.parent.postMessage(message, "*");
    });
}

async function answerRequest({ msgId, methodName, body }: FrameRequest, call: Call): Promise<void> {
  // The wait for client events: none happen here, so it stays open as in a client where nothing happens.
  if (methodName.startsWith("SYS_")) return;
  const reply = await call(methodName, body).then(
    (value) => ({ success: true, body: value }),
    (error: unknown) => ({ success: false, body: error }),
  );
  const data = { type: "response", msgId, ...reply };
  window.dispatchEvent(new MessageEvent("message", { data, origin: HOST_ORIGIN, source: window }));
}
