import type { ToLogic, ToView } from "../protocol";
import type { CallTable } from "./calls/table";
import type { Client } from "./client";
import type { Control } from "./control";
import { failureValue } from "./failure";
import type { PageStack } from "./stack";
import type { PhoneAutomator } from "./automator/automator";

type Listeners = { [Type in ToView["type"]]: (message: Extract<ToView, { type: Type }>) => void };

export interface MessageParts {
  client: Client;
  calls: CallTable;
  stack: PageStack;
  automator: PhoneAutomator;
  control: Control;
  send: (message: ToLogic) => void;
  exception: (message: string, stack: string) => void;
}

/** What the host does with each message of the logic. */
export function createListener(parts: MessageParts): (message: ToView) => void {
  const { client, calls, stack, automator, control, send, exception } = parts;
  const { view } = client;

  const answer = (callId: number, work: Promise<unknown>): void => {
    work.then(
      (value) => send({ type: "result", callId, ok: true, value: (value ?? {}) as never }),
      (error: unknown) => send({ type: "result", callId, ok: false, value: failureValue(error) }),
    );
  };

  const listeners: Listeners = {
    booted: () => undefined,
    pageOpen: stack.open,
    pageClose: stack.close,
    pageShow: stack.show,
    data: (message) => view.applyData(message),
    componentReady: (message) => view.componentReady(message),
    call: ({ callId, name, args, pageId }) => answer(callId, calls(name, args, pageId ?? stack.top())),
    canvasDraw: (message) => answer(message.callId, view.drawCanvas(message)),
    log({ level, args }) {
      consoleOf(level)(...args);
      control.event("App.logAdded", { type: level, args });
    },
    exception: (message) => exception(message.message, message.stack),
    automatorResult: ({ id, result }) => automator.answered(id, result),
    automatorError: ({ id, message }) => automator.failed(id, message),
    automatorEvent({ method, params }) {
      // Logs and exceptions were told above, and of the view's too.
      if (method === "App.bindingCalled") control.event(method, params);
    },
  };

  return (message) => (listeners[message.type] as (given: ToView) => void)(message);
}

/** The page's own console, for a person who has its developer tools open. */
function consoleOf(level: "log" | "info" | "warn" | "error" | "debug"): (...args: unknown[]) => void {
  const { console: target } = window;
  return (...args) => target[level](...args);
}
