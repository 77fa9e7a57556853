import type { BootMessage, Json, JsonObject, ToLogic } from "../protocol";
import type { AppInfo } from "./app-info";
import { createAutomator, type Automator } from "./automator";
import { createComponents, type Components } from "./component/components";
import { createCalls, type Calls } from "./dd/calls";
import { createDd, launchOptions } from "./dd/dd";
import { createMocks } from "./dd/mocks";
import { createNotices, type Notices } from "./dd/notices";
import { createGuard, type Guard } from "./guard";
import { callIfThere, type Instance } from "./instance";
import { isFields } from "./json";
import { createConsole, type MiniConsole } from "./log";
import type { LogicParts } from "./logic-parts";
import { createModules, type Factory, type Modules } from "./modules";
import { createRegistry, type Registry } from "./registry";
import { createStack, type Stack } from "./page/stack";
import { createUpdates, type Updates } from "./updates";

/** A running mini program. */
export interface Program {
  launch(): void;
  receive(message: ToLogic): void;
  reportError(thrown: unknown): void;
}

interface Core {
  guard: Guard;
  updates: Updates;
  calls: Calls;
  notices: Notices;
  console: MiniConsole;
  modules: Modules;
  registry: Registry;
  stack: Stack;
  components: Components;
  automator: Automator;
}

/** Joins the parts. Nothing of the mini program runs before `launch`. */
export function createProgram(
  parts: LogicParts,
  info: AppInfo,
  boot: BootMessage,
  factories: readonly [string, Factory][],
): Program {
  const core = createCore(parts, info, boot);
  for (const [path, factory] of factories) core.modules.define(path, factory);
  const { guard, stack } = core;
  return {
    launch() {
      runModules(core, info);
      launch(core, boot);
      parts.send({ type: "booted" });
    },
    receive: (message) => void guard.run(() => receive(core, stack, message)),
    reportError: (thrown) => guard.report(thrown),
  };
}

function createCore(parts: LogicParts, info: AppInfo, boot: BootMessage): Core {
  const { send } = parts;
  const guard = createGuard(send);
  const updates = createUpdates(send);
  const notices = createNotices({ guard, updates });
  const mocks = createMocks();
  const miniConsole = createConsole(send, (level, args) => automator.heardLog(level, args));
  const warn = (message: string): void => miniConsole.warn(message);

  const cause = (path: string): string => causeIn(modules, path);
  const registry: Registry = createRegistry(() => modules.running());
  const stack: Stack = createStack({
    ...{ send, guard, updates, info },
    definition: registry.page,
    cause,
    closed: (pageIds) => components.closePages(pageIds),
  });
  const component2 = new Set(info.components.filter((component) => component.component2).map(({ path }) => path));
  const components: Components = createComponents({
    ...{ send, guard, updates },
    definition: registry.component,
    cause,
    component2: (path) => component2.has(path),
    page: (pageId) => stack.find(pageId)?.instance ?? null,
    callOwner: (pageId, owner, handler, args) => callOwner({ stack, components }, pageId, owner, handler, args),
  });
  const calls = createCalls(send, () => stack.current()?.pageId ?? null);
  const logError = (message: string): void => miniConsole.error(message);
  const { strict } = boot;
  const dd = createDd({ guard, updates, calls, warn, strict, boot, stack, notices, mocks, send, logError });
  const getCurrentPages = (): Instance[] => stack.pages().map((page) => page.instance);
  const { App, Page, Component, getApp } = registry;
  const { userAgent: swuserAgent } = boot;
  const navigator = swuserAgent === undefined ? undefined : Object.freeze({ swuserAgent });
  const given = { App, Page, Component, getApp, getCurrentPages, dd, my: dd, console: miniConsole, navigator };
  const entries = new Set([
    "/app",
    ...info.pages.map((path) => `/${path}`),
    ...info.components.map(({ path }) => path),
  ]);
  const modules: Modules = createModules(given, (path) => entries.has(path));
  const automator: Automator = createAutomator({ ...parts, ...{ stack, components, dd, mocks, guard }, scope: given });
  return { guard, updates, calls, notices, console: miniConsole, modules, registry, stack, components, automator };
}

function callOwner(
  { stack, components }: Pick<Core, "stack" | "components">,
  pageId: string,
  owner: string | null,
  handler: string,
  args: unknown[],
): unknown {
  const found = owner === null ? stack.find(pageId) : components.find(owner);
  const method = found?.instance[handler];
  const name = found ? found.path : `${owner === null ? "page" : "component"} ${owner ?? pageId}`;
  if (typeof method !== "function") throw new Error(`${name} has no handler "${handler}"`);
  return method.apply(found?.instance, args) as unknown;
}

function causeIn(modules: Modules, path: string): string {
  const found = modules.causeOf(`${path}.js`);
  return found === null ? "" : `: ${found}`;
}

/** As DingTalk does, all code runs at the start: the app's, then the components', then the pages'. */
function runModules({ modules, guard, registry }: Core, info: AppInfo): void {
  const paths = ["/app", ...info.components.map(({ path }) => path), ...info.pages.map((path) => `/${path}`)];
  for (const path of paths) guard.run(() => modules.load(`${path}.js`));
  if (!registry.getApp()) guard.report(new Error(`app.js did not call App()${causeIn(modules, "/app")}`));
}

function callApp(core: Core, name: string, ...args: unknown[]): void {
  const app = core.registry.getApp();
  if (app) callIfThere(app, name, args, core);
}

/** https://open.dingtalk.com/document/development/app-js-registration-mini-program-1 */
function launch(core: Core, boot: BootMessage): void {
  core.guard.listen((error, place) => {
    const app = core.registry.getApp();
    const onError = app?.["onError"];
    if (typeof onError === "function") onError.call(app, String(error));
    core.notices.tell("error", String(error));
    if (place) core.notices.tell("componentError", error, place.method, place.component);
  });
  const options = launchOptions(boot);
  callApp(core, "onLaunch", options);
  callApp(core, "onShow", options);
  core.notices.tell("appShow", options);
  const path = boot.launch.path.replace(/^\//, "");
  core.guard.run(() => open(core, path, boot.launch.query));
}

function open(core: Core, path: string, query: Record<string, string>): void {
  const { stack, registry, notices } = core;
  if (stack.launch({ path: path === "" ? stack.home : path, query })) return;
  const missing = { path, query, isEntryPage: true };
  const app = registry.getApp();
  const handled = typeof app?.["onPageNotFound"] === "function" || notices.count("pageNotFound") > 0;
  if (!handled) throw new Error(`There is no page "${path}" in app.json`);
  callApp(core, "onPageNotFound", missing);
  notices.tell("pageNotFound", missing);
}

type Handlers = { [Type in ToLogic["type"]]?: (message: Extract<ToLogic, { type: Type }>) => void };

function receive(core: Core, stack: Stack, message: ToLogic): void {
  const { components, updates, calls, notices, automator } = core;
  const handlers: Handlers = {
    pageRendered: ({ pageId }) => stack.rendered(pageId),
    dataApplied: ({ seq }) => updates.applied(seq),
    event: ({ pageId, owner, handler, event }) => tellEvent(core, pageId, owner, handler, event),
    componentMount: (mount) => components.mount(mount),
    componentRendered: ({ componentId }) => components.rendered(componentId),
    componentUpdate: ({ componentId, props }) => components.update(componentId, props),
    componentUnmount: ({ componentId }) => components.unmount(componentId),
    pageEvent: ({ pageId, name, argument }) => pageEvent(core, pageId, name, argument),
    appEvent: ({ name, argument }) => (name === "onShow" ? appShown(core, argument) : appHidden(core)),
    tab: ({ path }) => stack.switchTab(`/${path.replace(/^\//, "")}`),
    navigate: ({ method, url }) => (method === "navigateBack" ? stack.navigateBack(1) : stack[method](url)),
    result: ({ callId, ok, value }) => calls.settle(callId, ok, value),
    notice: ({ name, value }) => notices.tell(name, value),
    automator: ({ id, method, params }) => automator.receive(id, method, params),
  };
  const handle = handlers[message.type] as ((message: ToLogic) => void) | undefined;
  handle?.(message);
}

function tellEvent(core: Core, pageId: string, owner: string | null, handler: string, event: JsonObject): void {
  const page = core.stack.find(pageId);
  if (!page) return; // the page went away while the event was under way
  const component = owner === null ? null : core.components.find(owner);
  if (owner !== null && !component) return;
  const place = component ? { method: handler, component: component.instance } : undefined;
  core.updates.batch(() => core.guard.run(() => callOwner(core, pageId, owner, handler, [event]), place));
}

function pageEvent(core: Core, pageId: string, name: string, argument: Json): void {
  const { stack, calls, updates } = core;
  const page = stack.find(pageId);
  if (!page) return;
  if (name === "back") {
    if (stack.current() === page) stack.navigateBack(1);
    return;
  }
  const result = callIfThere(page.instance, name, [argument], { updates, guard: core.guard });
  if (name !== "onShareAppMessage") return;
  // What the page wants to share, or else itself: the client shows it. https://open.dingtalk.com/document/development/jsapi-on-share-app-message
  const shared = isFields(result) ? (JSON.parse(JSON.stringify(result)) as JsonObject) : {};
  calls.ask("shareAppMessage", { path: page.path, ...shared }, () => undefined);
}

/** Opened again while it ran: with a page in the link that page opens, in the place of all others. */
function appShown(core: Core, argument: Json): void {
  const options = isFields(argument) ? argument : {};
  callApp(core, "onShow", options);
  core.notices.tell("appShow", options);
  const path = typeof options["path"] === "string" ? options["path"].replace(/^\//, "") : "";
  if (path !== "") core.stack.reLaunchTo({ path, query: (options["query"] ?? {}) as Record<string, string> });
  else core.stack.shownAgain();
}

function appHidden(core: Core): void {
  core.stack.hidden();
  callApp(core, "onHide");
  core.notices.tell("appHide");
}
