import type { BridgeReply } from "../../runtime/bridge";
import type { JsonObject } from "../../runtime/protocol";

/** What a page may have the client's window do. */
export interface WindowActs {
  openLink(url: string): boolean;
  openPanel(url: string, title: string): void;
  openTab(url: string): void;
  setTitle(title: string): void;
  close(): void;
  /** The page lies in a tab, not in the side panel. */
  isTab: boolean;
}

type Answer = (args: JsonObject, acts: WindowActs) => JsonObject;

const text = (value: JsonObject[string] | undefined): string => (typeof value === "string" ? value : "");

const fault = (errorCode: string, errorMessage: string): JsonObject => ({ errorCode, errorMessage });

const ANSWERS: Record<string, Answer> = {
  "biz.util.openLink"({ url }, acts) {
    if (!acts.openLink(text(url))) throw fault("3", `openLink has nothing to open: "${text(url)}"`);
    return {};
  },
  "biz.util.openSlidePanel"({ url, title }, acts) {
    acts.openPanel(text(url), text(title));
    return {};
  },
  "biz.util.invokeWorkbench"(args, acts) {
    acts.openTab(text(args["app_url"]));
    return {};
  },
  "biz.navigation.setTitle"({ title }, acts) {
    acts.setTitle(text(title));
    return {};
  },
  "biz.navigation.close"(_args, acts) {
    acts.close();
    return {};
  },
  "biz.navigation.quit"(_args, acts) {
    acts.close();
    return {};
  },
  "biz.tabwindow.isTab": (_args, { isTab }) => ({ isTab }),
  "biz.clipboardData.setData"(args) {
    void navigator.clipboard?.writeText(text(args["text"])).catch(() => undefined);
    return {};
  },
};

/** Calls that a web page may make after a successful `dd.config` that names them. https://open.dingtalk.com/document/development/jsapi-authentication */
const NEEDS_CONFIG: readonly string[] = ["biz.util.invokeWorkbench"];

/** Answers one page's JSAPI calls, in its window or by DingTalk itself; remembers what its `dd.config` allowed. */
export function createJsapi(who: string) {
  let allowed: readonly string[] = [];

  return async (name: string, args: JsonObject, acts: WindowActs): Promise<JsonObject | string | null> => {
    if (NEEDS_CONFIG.includes(name) && !allowed.includes(name))
      throw fault("7", `${name}: dd.config has not allowed it on this page.`);
    const own = Object.hasOwn(ANSWERS, name) ? ANSWERS[name] : undefined;
    if (own) return own(args, acts);
    const reply = await askDingTalk(name, args, who);
    if (!reply.ok) throw reply.value;
    if (name === "config") allowed = Array.isArray(args["jsApiList"]) ? args["jsApiList"].map(String) : [];
    return reply.value as JsonObject;
  };
}

async function askDingTalk(name: string, args: JsonObject, who: string): Promise<BridgeReply> {
  const response = await fetch("/desk/jsapi", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name, args, who }),
  });
  if (!response.ok) throw fault("1", `The desk refused ${name}: ${response.status}`);
  return (await response.json()) as BridgeReply;
}
