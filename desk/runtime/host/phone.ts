import type { PageApp, PhoneBoot } from "../boot";
import type { ToLogic } from "../protocol";
import { userAgent } from "../user-agent";
import { createView, type View } from "../view/view";
import { readAddress } from "./address";
import { createPhoneAutomator } from "./automator/automator";
import { barsOf, rpxOf } from "./bar/bars";
import { createCallTable } from "./calls/table";
import type { Client } from "./client";
import { openControl } from "./control";
import { createGestures } from "./gestures";
import { askDingTalk } from "./http";
import { createLeaveGuard } from "./leave";
import { inLanguage } from "./device/locale";
import { startWorker } from "./logic-worker";
import { createListener } from "./messages";
import { networkStatus } from "./device/network";
import { createOverlay } from "./overlay";
import { createScreen } from "./screen";
import { createSplash } from "./splash";
import { createPageStack } from "./stack";
import { createStorage } from "./device/storage";
import { systemInfo } from "./device/system-info";
import { answerWebViews } from "./web-view/answer";
import { createWebViews } from "./web-view/web-view";
import { webViewUrl } from "./web-view/url";
import { wordsFor } from "./words";

/** Joins the logic worker, the views and the client's chrome into one phone, and starts the mini program. */
export function startPhone(boot: PhoneBoot, given: PageApp, sjs: () => Record<string, unknown>): void {
  const address = readAddress(location.search, navigator.language);
  const app = inLanguage(given, address.language);
  const words = wordsFor(address.language);
  const overlay = createOverlay(words);
  const storage = createStorage(localStorage, `${boot.appKey}/${address.who ?? ""}`);
  const splash = createSplash(app.window.defaultTitle ?? boot.title);
  const assetUrl = (path: string): string => `${boot.mount}/__assets/${encodeURI(path.replace(/^\//, ""))}`;
  const homePage = app.pages[0] ?? "";
  const tabs = new Set(app.tabBar?.items.map((item) => item.pagePath));
  const firstPage = address.page ?? homePage;
  const bars = barsOf(address.platform, innerWidth, innerHeight, tabs.has(firstPage));

  const send = (message: ToLogic): void => {
    if (message.type === "pageRendered") splash.hide();
    worker.send(message);
  };
  const exception = (message: string, stack: string): void => {
    splash.hide();
    window.console.error(message, stack);
    control.event("App.exceptionThrown", { message, stack });
  };
  const webViews = createWebViews();
  const gestures = createGestures({ client: () => client, stack: () => stack, send });
  const screen = createScreen({ app, words, assetUrl, navigation: gestures.navigation, tab: gestures.tab });
  document.documentElement.lang = address.language;
  document.documentElement.dataset["platform"] = address.platform;
  document.documentElement.style.setProperty("--rpx", `${rpxOf(address.platform, innerWidth)}px`);
  document.body.append(screen.root, splash.root, overlay.root);

  const view: View = createView({
    app: { ...app, logicScript: "", sjsScript: "" },
    sjs: sjs(),
    root: screen.pages,
    send,
    assetUrl,
    reportException: exception,
    webViewUrl: (source) => webViewUrl(source, boot.product, address),
    webViewAppeared: webViews.appeared,
  });
  const client: Client = {
    boot,
    address,
    words,
    view,
    screen,
    overlay,
    storage,
    domainStorage: createStorage(localStorage, `domain/${address.who ?? ""}`),
    webViews,
    leave: createLeaveGuard(overlay, words),
    exit: gestures.exit,
    send,
    systemInfo: () => systemInfo(address, bars, devicePixelRatio),
    bridge: (name, args) => askDingTalk(boot.mount, name, args, address.who),
    pictureUrl: (source) => (/^([a-z]+:|\/\/)/i.test(source) ? source : assetUrl(source)),
  };
  const calls = createCallTable(client);
  answerWebViews({ webViews, calls, view, send });
  const stack = createPageStack(view, screen);
  const automator = createPhoneAutomator(client, stack, send);
  const control = openControl(`ws://${location.host}${boot.mount}/__host/control`, automator.ask);
  const listener = createListener({ client, calls, stack, automator, control, send, exception });
  const workerUrl = `${boot.mount}/__host/worker.js?v=${encodeURIComponent(boot.version)}`;
  const worker = startWorker(workerUrl, listener, exception);

  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective === "frame-src")
      exception(`web-view: ${blockedURI} is not of the Webview trusted domains of this mini program.`, "");
  });
  addEventListener("resize", () =>
    document.documentElement.style.setProperty("--rpx", `${rpxOf(address.platform, innerWidth)}px`),
  );
  const network = (): void => send({ type: "notice", name: "networkStatusChange", value: networkStatus() });
  addEventListener("online", network);
  addEventListener("offline", network);

  send({
    type: "boot",
    launch: { path: firstPage, query: address.query },
    systemInfo: client.systemInfo(),
    userAgent: userAgent(address.platform, address.language),
    storage: storage.all(),
    corpId: boot.corpId,
    canvasProfile: boot.canvasProfile,
    strict: boot.strict,
  });
}
