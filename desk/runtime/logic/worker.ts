import type { ToLogic, ToView } from "../protocol";
import type { AppInfo } from "./app-info";
import { createLogic } from "./logic";
import type { Factory } from "./modules";
import { seal } from "./seal";
import { guardTimers } from "./timers";

/** What of the worker's own globals the logic uses, before they go. */
interface WorkerScope {
  postMessage(text: string): void;
  addEventListener(
    type: string,
    listener: (event: {
      data: string;
      error?: unknown;
      reason?: unknown;
      message?: string;
      preventDefault(): void;
    }) => void,
  ): void;
  [name: string]: unknown;
}

/**
 * The dedicated worker: joins the logic to the page by JSON strings, then takes away everything that DingTalk lacks. The
 * mini program's script follows in the same file and uses `__define` and `__start`.
 */
function startWorker(scope: WorkerScope): void {
  const post = scope.postMessage.bind(scope);
  const listen = scope.addEventListener.bind(scope);
  const { defineProperty } = Object;
  const evaluate = seal(scope);
  const logic = createLogic({
    send: (message: ToView) => post(JSON.stringify(message)),
    evaluate,
    expose: (name, code) => void defineProperty(scope, name, { value: code, configurable: true, writable: true }),
  });
  guardTimers(scope, (thrown) => logic.reportError(thrown));

  listen("message", (event) => logic.receive(JSON.parse(event.data) as ToLogic));
  listen("error", (event) => {
    event.preventDefault();
    logic.reportError(event.error ?? event.message);
  });
  listen("unhandledrejection", (event) => {
    event.preventDefault();
    logic.reportError(event.reason);
  });
  scope["__define"] = (path: string, factory: Factory) => logic.define(path, factory);
  scope["__start"] = (info: AppInfo) => {
    logic.start(info);
    delete scope["__define"];
    delete scope["__start"];
  };
}

startWorker(globalThis as unknown as WorkerScope);
