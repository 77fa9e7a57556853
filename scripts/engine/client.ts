import { ANSWERS } from "./answers";

type Options = Record<string, unknown> & { success?: (result: unknown) => void; fail?: (failure: unknown) => void };
export type Call = [name: string, ...args: unknown[]];

const DRAWING =
  "setTextAlign setTextBaseline setFillStyle setStrokeStyle setShadow setLineWidth setLineCap setLineJoin setMiterLimit rect fillRect strokeRect clearRect fill stroke beginPath closePath moveTo lineTo arc bezierCurveTo clip quadraticCurveTo scale rotate translate setFontSize fillText setGlobalAlpha save restore draw";

/** What was drawn, by canvas. */
export const drawn: Record<string, Call[]> = {};

function canvas(id: string): object {
  const calls: Call[] = (drawn[id] = []);
  const gradient = { addColorStop: () => undefined };
  const context: Record<string, unknown> = {
    createLinearGradient: () => gradient,
    createCircularGradient: () => gradient,
  };
  for (const name of DRAWING.split(" ")) context[name] = (...args: unknown[]) => void calls.push([name, ...args]);
  return strict(`canvas ${id}`, context);
}

/** An object that fails by name where it is asked for what it does not have. */
function strict(what: string, object: Record<string, unknown>): object {
  return new Proxy(object, {
    get: (target, name) => {
      if (name in target || typeof name !== "string") return target[name as string];
      throw new Error(`DingTalk has no ${name} on ${what}.`);
    },
  });
}

const storage: Record<string, unknown> = {};
const nothing = (): void => undefined;

/** DingTalk's client as the check needs it. */
export const client = strict("dd", {
  corpId: "dingdemo",
  getSystemInfoSync: () => ({
    windowWidth: 375,
    windowHeight: 667,
    pixelRatio: 3,
    language: "zh-Hans",
    platform: "Android",
  }),
  getAuthCode: ({ success }: Options) => success?.({ authCode: "code" }),
  httpRequest: ({ url, success, fail }: Options & { url: string }) => {
    const path = url.replace(/^https?:\/\/[^/]+/, "").replace(/\?.*/, "");
    if (path in ANSWERS) success?.({ status: 200, data: JSON.parse(JSON.stringify(ANSWERS[path])) as unknown });
    else fail?.({ error: 12, errorMessage: path });
  },
  getStorage: ({ key, success }: Options) => success?.({ data: storage[key as string] ?? null }),
  setStorage: ({ key, data, success }: Options) => {
    storage[key as string] = data;
    success?.({});
  },
  removeStorage: ({ key, success }: Options) => {
    delete storage[key as string];
    success?.({});
  },
  createCanvasContext: canvas,
  setNavigationBar: nothing,
  stopPullDownRefresh: nothing,
});
