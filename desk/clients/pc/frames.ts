import type { FromPage, ToPage } from "../../pc/page/settings";
import { createJsapi, type WindowActs } from "./jsapi";
import { surfaceOrigin } from "./way";

/** What the frames' pages do to the PC. */
export interface FrameActs {
  who: string;
  /** What a page in that frame may do. */
  windowOf(id: string): WindowActs;
  moved(id: string, place: { url: string; title: string; canGoBack: boolean; canGoForward: boolean }): void;
  miniProgramOpensLink(url: string): void;
  miniProgramClosed(id: string): void;
}

/** The frames on the PC, by id, and the ears for what their pages say. */
export interface Frames {
  put(id: string, frame: HTMLIFrameElement | null): void;
  /** Has the page in that frame go a step, as the window's buttons do. */
  step(id: string, step: "back" | "forward" | "reload"): void;
  stop(): void;
}

type FromMiniProgram = { type: "dingtalk-open-link"; url: string } | { type: "dingtalk-mini-program-closed" };

/** Listens until stopped. A message counts only from a frame that is here and from the origin that belongs in it. */
export function listenToFrames(acts: FrameActs): Frames {
  const frames = new Map<string, HTMLIFrameElement>();
  const jsapis = new Map<string, ReturnType<typeof createJsapi>>();
  const originOf = (id: string): string => surfaceOrigin(id.startsWith("browser") ? "browser" : "workbench");

  function answer(id: string, frame: HTMLIFrameElement, message: Extract<FromPage, { type: "dingtalk-jsapi" }>): void {
    const jsapi = jsapis.get(id) ?? createJsapi(acts.who);
    jsapis.set(id, jsapi);
    const reply = (ok: boolean, value: unknown): void => {
      const answered: ToPage = { type: "dingtalk-jsapi-answer", id: message.id, ok, value };
      frame.contentWindow?.postMessage(answered, originOf(id));
    };
    jsapi(String(message.m), message.args ?? {}, acts.windowOf(id)).then(
      (value) => reply(true, value),
      (error: unknown) => reply(false, error),
    );
  }

  function hearMiniProgram(id: string, message: FromMiniProgram): void {
    if (message.type === "dingtalk-open-link") acts.miniProgramOpensLink(String(message.url));
    if (message.type === "dingtalk-mini-program-closed") acts.miniProgramClosed(id);
  }

  function hearPage(id: string, frame: HTMLIFrameElement, message: FromPage): void {
    if (message.type === "dingtalk-jsapi" && !id.startsWith("browser")) answer(id, frame, message);
    if (message.type === "desk-document") jsapis.delete(id);
    if (message.type !== "desk-place") return;
    const { url, title, canGoBack, canGoForward } = message;
    acts.moved(id, { url, title, canGoBack, canGoForward });
  }

  const hear = ({ source, origin, data }: MessageEvent<FromPage | FromMiniProgram | null>): void => {
    const found = [...frames].find(([, frame]) => frame.contentWindow === source);
    if (!found || !data || typeof data !== "object") return;
    const [id, frame] = found;
    if (origin === location.origin) hearMiniProgram(id, data as FromMiniProgram);
    else if (origin === originOf(id)) hearPage(id, frame, data as FromPage);
  };
  addEventListener("message", hear);

  return {
    put(id, frame) {
      if (frame) frames.set(id, frame);
      else {
        frames.delete(id);
        jsapis.delete(id);
      }
    },
    step(id, step) {
      const message: ToPage = { type: "desk-step", step };
      frames.get(id)?.contentWindow?.postMessage(message, originOf(id));
    },
    stop: () => removeEventListener("message", hear),
  };
}
