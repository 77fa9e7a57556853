import { isFields } from "../json";
import { type Api, failureValue } from "./api";
import type { ApiKind } from "./table";

/** What an automator test put in the place of a `dd` function. */
export type Mock =
  /** An object with a field `error` goes to `fail`, anything else to `success`; a synchronous function returns it. */
  | { kind: "result"; value: unknown }
  /** Called with `this.origin` and the call's arguments, then `args`. What it returns or resolves is the result; a rejection goes to `fail`. */
  | { kind: "function"; code: (this: { origin: Api }, ...args: unknown[]) => unknown; args: unknown[] };

/** Mocks by name. A mocked name that `dd` does not have becomes available. */
export interface Mocks {
  set(name: string, mock: Mock): void;
  restore(name: string): void;
  has(name: string): boolean;
  /** Calls the mock, or `origin` where there is none. */
  call(name: string, kind: ApiKind, origin: Api, args: unknown[]): unknown;
}

/** No mocks at first. */
export function createMocks(): Mocks {
  const mocks = new Map<string, Mock>();
  return {
    set: (name, mock) => void mocks.set(name, mock),
    restore: (name) => void mocks.delete(name),
    has: (name) => mocks.has(name),
    call(name, kind, origin, args) {
      const mock = mocks.get(name);
      if (!mock) return origin(...args);
      const result = (): unknown =>
        mock.kind === "result" ? mock.value : mock.code.call({ origin }, ...args, ...mock.args);
      if (kind === "host" || kind === "local") return answer(args[0], result);
      return result();
    },
  };
}

/** Gives the result to the callbacks that the caller passed; dtBridge names them onSuccess and onFail. */
function answer(given: unknown, result: () => unknown): void {
  const callbacks = isFields(given) ? given : {};
  const call = (names: string[], value: unknown): void => {
    for (const name of names) {
      const callback = callbacks[name];
      if (typeof callback === "function") callback(value);
    }
  };
  void Promise.resolve()
    .then(result)
    .then(
      (value) => call(isFailure(value) ? ["fail", "onFail", "complete"] : ["success", "onSuccess", "complete"], value),
      (thrown) =>
        call(["fail", "onFail", "complete"], isFields(thrown) && "error" in thrown ? thrown : failureValue(thrown)),
    );
}

const isFailure = (value: unknown): boolean => isFields(value) && "error" in value;
