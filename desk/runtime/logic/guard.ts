import type { ToView } from "../protocol";

/** Hears an error of the mini program: what `App.onError`, `dd.onError` and the automator get. */
export type ErrorListener = (error: Error, place: ErrorPlace | null) => void;

/** Which component's method failed. */
export interface ErrorPlace {
  method: string;
  component: unknown;
}

/** Runs the mini program's code so that its errors are told and never end the worker. */
export interface Guard {
  /** The result, or undefined after an error. */
  run<Result>(code: () => Result, place?: ErrorPlace): Result | undefined;
  report(thrown: unknown, place?: ErrorPlace): void;
  listen(listener: ErrorListener): void;
}

/** What was thrown, as an Error. */
export function errorOf(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  const text = typeof thrown === "object" ? JSON.stringify(thrown) : String(thrown);
  return new Error(text);
}

/** A guard that tells errors as `exception`. */
export function createGuard(send: (message: ToView) => void): Guard {
  const listeners: ErrorListener[] = [];
  const tell = (error: Error): void =>
    send({ type: "exception", message: `${error.name}: ${error.message}`, stack: error.stack ?? "" });

  const guard: Guard = {
    run(code, place) {
      try {
        return code();
      } catch (thrown) {
        guard.report(thrown, place);
        return undefined;
      }
    },
    report(thrown, place) {
      const error = errorOf(thrown);
      tell(error);
      for (const listener of listeners) {
        try {
          listener(error, place ?? null);
        } catch (second) {
          tell(errorOf(second)); // told, but not to the listeners: an onError that throws would call itself for ever
        }
      }
    },
    listen: (listener) => void listeners.push(listener),
  };
  return guard;
}
