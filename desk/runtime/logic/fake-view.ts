import type { BootMessage, Json, JsonObject, ToLogic, ToView } from "../protocol";
import type { AppInfo } from "./app-info";
import { createLogic, type Logic } from "./logic";
import { LOGIC_NAMES } from "../compiled";

type Message<Type extends ToView["type"]> = Extract<ToView, { type: Type }>;

/** The names that a test's modules use, as the compiler's wrapper hands them over. */
export interface Given {
  App(given: object): void;
  Page(given: object): void;
  Component(given: object): void;
  getApp(): Record<string, unknown>;
  getCurrentPages(): Record<string, (...args: unknown[]) => unknown>[];
  // A mini program's dd is what the test is about: any member, any arguments.
  dd: Record<string, (argument?: unknown) => unknown>;
  console: Record<string, (...args: unknown[]) => void>;
  navigator: unknown;
  require(name: string): unknown;
  module: { exports: unknown };
}

/** A mini program as plain functions by path. */
export type Program = Record<string, (given: Given) => void>;

/** A view for tests: it keeps what the logic sends, and answers as the real one does when told to. */
export interface FakeView {
  logic: Logic;
  sent: ToView[];
  of<Type extends ToView["type"]>(type: Type): Message<Type>[];
  last<Type extends ToView["type"]>(type: Type): Message<Type>;
  receive(message: ToLogic): void;
  /** Answers the newest call of that name that is not answered yet. */
  answer(name: string, ok: boolean, value: Json): void;
  /** Says that every change sent so far is on the screen. */
  applyAll(): void;
  /** Lets what the logic does "a moment later" happen. */
  settle(): Promise<void>;
  event(handler: string, event?: JsonObject, owner?: string | null): void;
}

/** Starts a program on a fake view. Pages and components are found by their paths in it; `/app` is added where it is missing. */
export function startProgram(
  program: Program,
  changes: { boot?: Partial<BootMessage>; info?: Partial<AppInfo> } = {},
): FakeView {
  const sent: ToView[] = [];
  const answered = new Set<number>();
  const applied = new Set<number>();
  const logic = createLogic({
    send: (message) => void sent.push(JSON.parse(JSON.stringify(message)) as ToView),
    evaluate: (names, expression) =>
      new Function(...names, `return (${expression});`) as (...values: unknown[]) => unknown,
    expose: () => undefined,
  });
  const paths = Object.keys(program);
  for (const path of new Set(["/app", ...paths])) {
    const code = program[path] ?? (({ App }: Given) => App({}));
    logic.define(`${path}.js`, (require, module, _exports, ...values) => {
      const named = Object.fromEntries(LOGIC_NAMES.map((name, index) => [name, values[index]]));
      code({ ...(named as unknown as Given), require, module });
    });
  }
  const of: FakeView["of"] = (type) => sent.filter((message): message is Message<typeof type> => message.type === type);

  const view: FakeView = {
    ...{ logic, sent, of },
    last(type) {
      const found = of(type).at(-1);
      if (!found) throw new Error(`nothing of type ${type} was sent`);
      return found;
    },
    receive: (message) => logic.receive(JSON.parse(JSON.stringify(message)) as ToLogic),
    answer(name, ok, value) {
      const call = of("call").findLast((message) => message.name === name && !answered.has(message.callId));
      if (!call) throw new Error(`no call of ${name} waits`);
      answered.add(call.callId);
      view.receive({ type: "result", callId: call.callId, ok, value });
    },
    applyAll() {
      for (const { seq } of of("data")) {
        if (applied.has(seq)) continue;
        applied.add(seq);
        view.receive({ type: "dataApplied", seq });
      }
    },
    settle: () => new Promise((resolve) => setImmediate(resolve)),
    event(handler, event = {}, owner = null) {
      view.receive({ type: "event", pageId: view.last("pageShow").pageId, owner, handler, event });
    },
  };
  logic.start({
    pages: paths.filter((path) => path.startsWith("/pages/")).map((path) => path.slice(1)),
    components: paths.filter((path) => path.startsWith("/components/")).map((path) => ({ path, component2: true })),
    tabBar: null,
    window: {},
    ...changes.info,
  });
  view.receive({
    type: "boot",
    launch: { path: "", query: {} },
    systemInfo: { platform: "Android", windowWidth: 375, pixelRatio: 2 },
    storage: {},
    corpId: "ding-one",
    canvasProfile: "documented",
    ...changes.boot,
  });
  return view;
}
