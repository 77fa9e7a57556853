import type { BootMessage, Json, ToView } from "../../protocol";
import { isFields } from "../json";
import type { Stack } from "../page/stack";
import { createAnimation } from "./animation";
import { type Api, type ApiParts, type Apis, hostApi, localApi, readOptions } from "./api";
import { canIUse } from "./can-i-use";
import { createCanvasContext } from "./canvas";
import { httpRequest } from "./http";
import { createIntersectionObserver } from "./intersection-observer";
import type { Mocks } from "./mocks";
import { navigationApis } from "./navigation";
import { type Notices, noticeApis } from "./notices";
import { createSelectorQuery } from "./selector-query";
import { storageApis } from "./storage";
import { tabBarApis } from "./tab-bar";
import { DD_TABLE } from "./table";
import { createWebViewContext } from "./web-view-context";

/** What `dd` is built from. */
export interface DdParts extends ApiParts {
  boot: BootMessage;
  stack: Stack;
  notices: Notices;
  mocks: Mocks;
  send(message: ToView): void;
  logError(message: string): void;
}

/** Where getUpdateManager begins: the oldest library with everything that is here. */
const SDK_VERSION = "1.24.3";

const SUBSCRIPTIONS = [
  "AppShow",
  "AppHide",
  "Error",
  "PageNotFound",
  "ComponentError",
  "ColorSchemeChange",
  "NetworkStatusChange",
];

/**
 * `dd` (and `my`). A name that is not in DD_TABLE reads as undefined, so that feature tests work, and is warned about once;
 * calling it is the TypeError that names it.
 */
export function createDd(parts: DdParts): Apis {
  const implemented = implementations(parts);
  const target: Record<string, unknown> = { ...values(parts.boot) };
  for (const [name, { kind }] of Object.entries(DD_TABLE)) {
    const origin = implemented[name] ?? (kind === "host" ? hostApi(parts, name) : undefined);
    if (origin) target[name] = (...args: unknown[]) => parts.mocks.call(name, kind, origin, args);
  }
  return watchReads(target, parts) as Apis;
}

function values(boot: BootMessage): Record<string, unknown> {
  return {
    corpId: boot.corpId ?? undefined,
    SDKVersion: boot.systemInfo["SDKVersion"] ?? SDK_VERSION,
    ExtSDKVersion: undefined, // only the second generation of the engine has it
  };
}

function implementations(parts: DdParts): Apis {
  const { boot, notices, stack } = parts;
  const systemInfo = (): Json => ({ ...boot.systemInfo });
  const onPage = { ...parts, pageId: () => stack.current()?.pageId ?? null };
  return {
    ...storageApis(parts, boot.storage),
    ...navigationApis(parts, stack, parts.logError),
    ...tabBarApis(parts, stack),
    ...noticeApis(notices, SUBSCRIPTIONS),
    canIUse: (question) => canIUse(question, boot.canvasProfile, boot.systemInfo),
    getLaunchOptionsSync: () => launchOptions(boot),
    getSystemInfoSync: systemInfo,
    getSystemInfo: localApi(parts, "getSystemInfo", systemInfo),
    getColorSchemeSync: () => boot.systemInfo["colorScheme"] ?? "light",
    getRunScene: localApi(parts, "getRunScene", () => ({ envVersion: "debug" })),
    httpRequest: httpRequest(parts),
    dtBridge: dtBridge(parts),
    hideLoading: hideLoading(parts),
    createSelectorQuery: createSelectorQuery(parts),
    createIntersectionObserver: createIntersectionObserver({ ...onPage, notices }),
    createCanvasContext: createCanvasContext({ ...onPage, profile: boot.canvasProfile }),
    createWebViewContext: createWebViewContext(onPage),
    createAnimation,
    getUpdateManager: updateManager(parts),
  };
}

/** What `App.onLaunch` and `dd.getLaunchOptionsSync` are given. */
export function launchOptions({ launch }: BootMessage): Record<string, unknown> {
  return { ...launch, query: { ...launch.query } };
}

/** `dd.hideLoading({ page })` may name the page; an instance cannot cross, and only the page on top shows one. */
function hideLoading(parts: ApiParts): Api {
  const hide = hostApi(parts, "hideLoading");
  return (given) => {
    const { page: _page, ...rest } = isFields(given) ? given : {};
    return hide(rest);
  };
}

/** `dd.dtBridge({ m, args, onSuccess, onFail })`: every JSAPI of dingtalk-jsapi goes through it. */
function dtBridge(parts: ApiParts): Api {
  return (given) => {
    const { raw, args } = readOptions(parts, "dtBridge", given);
    const call = (name: string, value: unknown): void => {
      const callback = raw[name];
      if (typeof callback === "function") parts.updates.batch(() => parts.guard.run(() => void callback(value)));
    };
    const asked = { m: String(args["m"]), args: args["args"] ?? {} };
    parts.calls.ask("dtBridge", asked, (ok, value) => call(ok ? "onSuccess" : "onFail", value));
  };
}

/** The desk always runs the newest build: there is never an update. https://open.dingtalk.com/document/development/updatemanager */
function updateManager(parts: ApiParts): Api {
  const ignore = (): void => undefined;
  return () => ({
    onCheckForUpdate(callback: unknown) {
      if (typeof callback !== "function") return;
      void Promise.resolve().then(() =>
        parts.updates.batch(() => parts.guard.run(() => void callback({ hasUpdate: false }))),
      );
    },
    onUpdateReady: ignore,
    onUpdateFailed: ignore,
    applyUpdate: () => parts.warn("UpdateManager.applyUpdate: there is no update to apply"),
  });
}

/** Names that code asks of any object; reading them is no mistake. */
const ASKED_OF_ANYTHING = ["then", "toJSON", "constructor", "prototype", "length", "default", "__esModule", "nodeType"];

function watchReads(target: Record<string, unknown>, parts: DdParts): unknown {
  const told = new Set<string>(ASKED_OF_ANYTHING);
  return new Proxy(target, {
    get(object, name) {
      if (typeof name !== "string" || name in object) return Reflect.get(object, name) as unknown;
      if (parts.mocks.has(name)) return (...args: unknown[]) => parts.mocks.call(name, "host", () => undefined, args);
      if (!told.has(name)) {
        told.add(name);
        parts.warn(`dd.${name} does not exist here: it reads as undefined, and calling it throws`);
      }
      return undefined;
    },
  });
}
