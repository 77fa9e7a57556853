import type { Json, JsonObject } from "../../protocol";
import type { Client, Handler, Handlers } from "../client";
import { failure } from "../failure";
import { dateArguments } from "./date";

/** Names that the clients' JSAPI bridge knows for calls that are here under their mini program name. */
const SAME: Record<string, string> = {
  "device.notification.toast": "showToast",
  "device.notification.hideToast": "hideToast",
  "device.notification.alert": "alert",
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
  "biz.util.datepicker": "datePicker",
  "biz.util.datetimepicker": "datePicker",
  "biz.clipboardData.setData": "setClipboard",
  "biz.navigation.close": "exit",
};

/** Old JSAPIs name their arguments differently; new ones (`dd.showToast`) come under the same name with the mini program's. */
const ARGUMENTS: Record<string, (args: JsonObject) => JsonObject> = {
  "device.notification.toast": ({ text, content, icon, type, duration }) => ({
    content: content ?? text ?? "",
    type: icon === "error" ? "fail" : (type ?? icon ?? "none"),
    duration: milliseconds(duration),
  }),
  "device.notification.alert": ({ title, content, message, buttonText, buttonName }) => ({
    title: title ?? "",
    content: content ?? message ?? "",
    buttonText: buttonText ?? buttonName ?? "",
  }),
  "device.notification.actionSheet": ({ title, cancelButton, otherButtons }) => ({
    title: title ?? "",
    items: otherButtons ?? [],
    cancelButtonText: cancelButton ?? "",
  }),
  "device.notification.showPreloader": ({ text }) => ({ content: text ?? "" }),
  "biz.util.datepicker": dateArguments,
  "biz.util.datetimepicker": dateArguments,
};

/** Where a JSAPI answers in other words than the mini program's function. */
const ANSWERS: Record<string, (value: JsonObject) => JsonObject> = {
  "device.notification.actionSheet": ({ index }) => ({ buttonIndex: index ?? -1 }),
  "biz.util.scan": ({ code }) => ({ text: code ?? "", code: code ?? "" }),
  "biz.util.datepicker": ({ date }) => ({ value: date ?? "", date: date ?? "" }),
  "biz.util.datetimepicker": ({ date }) => ({ value: date ?? "", date: date ?? "" }),
};

/** Calls that only DingTalk can answer: the desk's bridge does. */
const BRIDGED = /^(config$|runtime\.info$|(runtime\.permission|biz\.contact|biz\.chat|biz\.user)\.)/;

/**
 * `dd.dtBridge({ m, args })`, through which dingtalk-jsapi sends every call inside a mini program. A name that is not
 * here fails with that name.
 */
export function jsapiCalls({ screen, bridge, domainStorage }: Client, calls: Handlers): Handlers {
  async function run(name: string, pageId: string | null, args: JsonObject): Promise<JsonObject> {
    const value = await calls[name]?.(args, pageId);
    return value && typeof value === "object" && !Array.isArray(value) ? value : {};
  }

  const special: Handlers = {
    "device.notification.confirm": async (args, pageId) => {
      const [first, second] = Array.isArray(args["buttonLabels"]) ? args["buttonLabels"] : [];
      const { title, message, content, cancelButtonText, confirmButtonText } = args;
      const reply = await run("confirm", pageId, {
        title: title ?? "",
        content: content ?? message ?? "",
        cancelButtonText: cancelButtonText ?? first ?? "",
        confirmButtonText: confirmButtonText ?? second ?? "",
      });
      return { ...reply, buttonIndex: reply["confirm"] === true ? 1 : 0 };
    },
    "device.notification.prompt": async ({ title, message, defaultText }, pageId) => {
      const given = { title: title ?? "", message: message ?? "", defaultText: defaultText ?? "" };
      const reply = await run("prompt", pageId, given);
      return { buttonIndex: reply["ok"] === true ? 1 : 0, value: reply["inputValue"] ?? "" };
    },
    "biz.navigation.setTitle": ({ title }, pageId) => screen.changeBar(pageId, { title: String(title ?? "") }),
    "util.domainStorage.setItem": ({ key, name, data, value }) =>
      domainStorage.set(String(key ?? name), data ?? value ?? null),
    "util.domainStorage.getItem": ({ key, name }) => {
      const kept = domainStorage.all()[String(key ?? name)] ?? null;
      return { data: kept, value: kept };
    },
    "util.domainStorage.removeItem": ({ key, name }) => domainStorage.remove(String(key ?? name)),
  };

  const dtBridge: Handler = async (given, pageId) => {
    const name = String(given["m"]);
    const args = (given["args"] ?? {}) as JsonObject;
    const own = Object.hasOwn(special, name) ? special[name] : undefined;
    if (own) return own(args, pageId);
    const same = Object.hasOwn(SAME, name) ? SAME[name] : undefined;
    if (same !== undefined) {
      const value = await run(same, pageId, ARGUMENTS[name]?.(args) ?? args);
      return ANSWERS[name]?.(value) ?? value;
    }
    if (BRIDGED.test(name)) return bridge(name, args);
    throw failure(4, `The JSAPI ${name} is not on this phone.`);
  };

  return { dtBridge };
}

/** Old JSAPIs give seconds, new ones milliseconds; a toast of less than a tenth of a second makes no sense. */
function milliseconds(value: Json | undefined): number {
  if (typeof value !== "number") return 0;
  return value < 100 ? value * 1000 : value;
}
