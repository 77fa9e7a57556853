import { ApiError } from "../../client/api/error";
import type { Jsapi } from "./jsapi";

/** What the pages ask of the DingTalk client around them. */
export interface DingTalkClient {
  /** An auth code for the person at this client: five minutes, one use. Fails with `auth_code_failed`. */
  requestAuthCode(corpId: string): Promise<string>;
  /** Opens an address outside, once: where the client's own setting wants it inside, it lands in the Workbench. */
  openLink(url: string): Promise<void>;
  closePage(): Promise<void>;
  setTitle(title: string): Promise<void>;
}

/** What the client is made of; tests give their own. */
export interface DingTalkParts {
  load: () => Promise<Jsapi>;
  /** Follows an address, for DingTalk's own scheme. */
  follow: (address: string) => void;
  later: (run: () => void, ms: number) => void;
}

const AUTH_CODE_MS = 10_000;
const OPEN_LINK_MS = 3_000;

/** The PC client opens this in the system browser. https://open.dingtalk.com/document/development/message-link-description */
function schemeFor(url: string): string {
  return `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent(url)}&pc_slide=false`;
}

/** DingTalk's script never answers where its client is missing, so nobody waits for it longer than this. */
function within<T>(parts: DingTalkParts, ms: number, answer: Promise<T>): Promise<T | "silent"> {
  const silent = new Promise<"silent">((resolve) => parts.later(() => resolve("silent"), ms));
  return Promise.race([answer, silent]);
}

/** The DingTalk client around this page. Its script is loaded with the first call. */
export function createDingTalkClient(parts: DingTalkParts): DingTalkClient {
  let loading: Promise<Jsapi> | undefined;
  const load = (): Promise<Jsapi> => (loading ??= parts.load());

  const askForCode = async (corpId: string): Promise<string> => {
    const jsapi = await load();
    if (!jsapi.reachable()) throw new Error("No client answers.");
    const code = await within(parts, AUTH_CODE_MS, jsapi.requestAuthCode(corpId));
    if (!code || code === "silent") throw new Error("The client gave no code.");
    return code;
  };

  return {
    requestAuthCode: (corpId) =>
      askForCode(corpId).catch((thrown: unknown) => {
        throw new ApiError("auth_code_failed", `requestAuthCode: ${describe(thrown)}`);
      }),
    openLink: async (url) => {
      const jsapi = await load();
      // A call without an answer may well have opened the link, and a ticket opens once: only a refusal leads on.
      const opens = [jsapi.openLink, jsapi.openLinkOfUtil];
      for (const open of jsapi.reachable() ? opens : []) {
        const done = within(parts, OPEN_LINK_MS, open(url));
        if (
          await done.then(
            () => true,
            () => false,
          )
        )
          return;
      }
      parts.follow(schemeFor(url));
    },
    closePage: async () => {
      await (await load()).close();
    },
    setTitle: async (title) => {
      await (await load()).setTitle(title);
    },
  };
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : JSON.stringify(thrown);
}
