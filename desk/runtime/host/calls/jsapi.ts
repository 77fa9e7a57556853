import type { Json, JsonObject } from "../../protocol";
import type { Client, Handler, Handlers } from "../client";
import { failure } from "../failure";

/** Names that the clients' JSAPI bridge knows for calls that are here under their mini program name. */
const SAME: Record<string, string> = {
  "device.notification.toast": "showToast",
  "device.notification.alert": "alert",
  "device.notification.confirm": "confirm",
  "device.notification.prompt": "prompt",
  "device.notification.actionSheet": "showActionSheet",
  "device.notification.showPreloader": "showLoading",
  "device.notification.hidePreloader": "hideLoading",
  "device.notification.vibrate": "vibrate",
  "device.connection.getNetworkType": "getNetworkType",
  "device.base.getPhoneInfo": "getSystemInfo",
  "biz.util.openLink": "openLink",
  "biz.util.previewImage": "previewImage",
  "biz.util.share": "share",
  "biz.util.scan": "scan",
  "biz.clipboardData.setData": "setClipboard",
  "biz.navigation.setTitle": "setNavigationBar",
  "util.domainStorage.setItem": "setStorage",
  "util.domainStorage.getItem": "getStorage",
  "util.domainStorage.removeItem": "removeStorage",
};

/** Where the JSAPI's arguments are named differently from the mini program's. */
const ARGUMENTS: Record<string, (args: JsonObject) => JsonObject> = {
  "device.notification.toast": ({ text, icon, duration }) => ({
    content: text ?? "",
    type: icon === "error" ? "fail" : (icon ?? "none"),
    duration: seconds(duration),
  }),
  "device.notification.alert": ({ title, message, buttonName }) => ({
    title: title ?? "",
    content: message ?? "",
    buttonText: buttonName ?? "",
  }),
  "device.notification.actionSheet": ({ title, cancelButton, otherButtons }) => ({
    title: title ?? "",
    items: otherButtons ?? [],
    cancelButtonText: cancelButton ?? "",
  }),
  "device.notification.showPreloader": ({ text }) => ({ content: text ?? "" }),
  "util.domainStorage.setItem": ({ name, value }) => ({ key: name ?? "", data: value ?? null }),
  "util.domainStorage.getItem": ({ name }) => ({ key: name ?? "" }),
  "util.domainStorage.removeItem": ({ name }) => ({ key: name ?? "" }),
};

/** Where the JSAPI answers in other words. */
const ANSWERS: Record<string, (value: JsonObject) => Json> = {
  "device.notification.actionSheet": ({ index }) => ({ buttonIndex: index ?? -1 }),
  "util.domainStorage.getItem": ({ data }) => ({ value: data ?? null }),
};

/** Calls that only DingTalk can answer: the desk's bridge does. */
const BRIDGED = /^(runtime\.permission|biz\.contact|biz\.chat|biz\.user)\./;

/**
 * `dd.dtBridge({ m, args })`, through which dingtalk-jsapi sends every call inside a mini program. A name that is not
 * here fails with that name.
 */
export function jsapiCalls({ screen, bridge }: Client, calls: Handlers): Handlers {
  const special: Handlers = {
    "device.notification.confirm": async (args, pageId) => {
      const [first, second] = Array.isArray(args["buttonLabels"]) ? args["buttonLabels"] : [];
      const { title, message } = args;
      const reply = await run("confirm", pageId, {
        title: title ?? "",
        content: message ?? "",
        cancelButtonText: first ?? "",
        confirmButtonText: second ?? "",
      });
      return { buttonIndex: reply["confirm"] === true ? 1 : 0 };
    },
    "device.notification.prompt": async (args, pageId) => {
      const { title, message, defaultText } = args;
      const given = { title: title ?? "", message: message ?? "", defaultText: defaultText ?? "" };
      const reply = await run("prompt", pageId, given);
      return { buttonIndex: reply["ok"] === true ? 1 : 0, value: reply["inputValue"] ?? "" };
    },
    "biz.navigation.setTitle": (args, pageId) => {
      screen.changeBar(pageId, { title: String(args["title"] ?? "") });
    },
  };

  async function run(name: string, pageId: string | null, args: JsonObject): Promise<JsonObject> {
    const value = await calls[name]?.(args, pageId);
    return value && typeof value === "object" && !Array.isArray(value) ? value : {};
  }

  const dtBridge: Handler = async (given, pageId) => {
    const name = String(given["m"]);
    const args = (given["args"] ?? {}) as JsonObject;
    const own = special[name];
    if (own) return own(args, pageId);
    const same = SAME[name];
    if (same !== undefined) {
      const value = await run(same, pageId, ARGUMENTS[name]?.(args) ?? args);
      return ANSWERS[name]?.(value) ?? value;
    }
    if (BRIDGED.test(name)) return bridge(name, args);
    throw failure(4, `The JSAPI ${name} is not on this phone.`);
  };

  return { dtBridge };
}

/** JSAPI durations are in seconds, the mini program's in milliseconds. */
function seconds(value: Json | undefined): number {
  return typeof value === "number" ? value * 1000 : 0;
}
