import { createSjsModules } from "../host/sjs-modules";
import type { CompiledApp } from "../compiled";
import type { JsonObject, Patch, ToLogic } from "../protocol";
import type { View } from "./view";
import { createView } from "./view";

/** What the logic of a test answers to each `componentMount`, by the component's path. */
export type ComponentData = Record<string, { data?: JsonObject; props?: JsonObject }>;

/** One view in a browser, with a stand-in for the logic: it keeps what it hears and makes component instances at once. */
export interface BrowserStage {
  view: View;
  heard: ToLogic[];
  exceptions: string[];
  setData(patches: Patch[], componentId?: string): Promise<void>;
  settled(): Promise<void>;
}

declare global {
  interface Window {
    stage: BrowserStage;
    startStage(app: CompiledApp, data: JsonObject, components: ComponentData): Promise<void>;
  }
}

let sequence = 0;

function sjsOf(app: CompiledApp): Record<string, unknown> {
  const modules = createSjsModules();
  window.__sjs = modules.define;
  const script = document.createElement("script");
  script.textContent = app.sjsScript;
  document.head.append(script);
  script.remove();
  return modules.load();
}

/** Resolves once `test` holds; the tests' own time limit ends what never does. */
function until(test: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => (test() ? resolve() : void requestAnimationFrame(look));
    look();
  });
}

window.startStage = async (app, data, components) => {
  if ("stage" in window) window.stage.view.dispose();
  const heard: ToLogic[] = [];
  const exceptions: string[] = [];
  const root = document.getElementById("root") as HTMLElement;
  const view = createView({
    app,
    sjs: sjsOf(app),
    root,
    assetUrl: (path) => `/assets${path.startsWith("/") ? path : `/${path}`}`,
    reportException: (message) => void exceptions.push(message),
    send(message) {
      heard.push(JSON.parse(JSON.stringify(message)) as ToLogic);
      if (message.type !== "componentMount") return;
      const made = components[message.path];
      if (!made) return;
      const ready = {
        type: "componentReady",
        componentId: message.componentId,
        data: made.data ?? {},
        props: { ...made.props, ...message.props },
      } as const;
      queueMicrotask(() => view.componentReady(ready));
    },
  });
  const settled = async (): Promise<void> => {
    const seq = ++sequence;
    view.applyData({ type: "data", pageId: "p1", componentId: null, patches: [], seq });
    await until(() => heard.some((message) => message.type === "dataApplied" && message.seq === seq));
  };
  window.stage = {
    view,
    heard,
    exceptions,
    settled,
    async setData(patches, componentId) {
      view.applyData({ type: "data", pageId: "p1", componentId: componentId ?? null, patches, seq: ++sequence });
      await settled();
    },
  };
  view.openPage({ type: "pageOpen", pageId: "p1", path: app.pages[0] ?? "", query: {}, data, tab: false });
  view.showPage("p1");
  await until(() => heard.some(({ type }) => type === "pageRendered"));
};
