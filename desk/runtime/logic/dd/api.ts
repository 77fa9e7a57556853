import type { JsonObject } from "../../protocol";
import { errorOf, type Guard } from "../guard";
import { cloneObject, isFields, type Fields } from "../json";
import type { Updates } from "../updates";
import type { Calls } from "./calls";

/** One function of `dd`. */
export type Api = (...args: unknown[]) => unknown;
/** Functions of `dd` by name. */
export type Apis = Record<string, Api>;

/** What `fail` gets: DingTalk's `{error, errorMessage}`. */
export class ApiFailure extends Error {
  constructor(
    readonly error: number,
    message: string,
  ) {
    super(message);
  }
}

/** The number for a wrong argument. DingTalk documents none; this is what its basic library uses elsewhere. */
export const WRONG_ARGUMENT = 2;

/** What the functions of `dd` are made of. */
export interface ApiParts {
  guard: Guard;
  updates: Updates;
  calls: Calls;
  /** Goes to the mini program's console as a warning. */
  warn(message: string): void;
  /** A wrong argument throws, instead of a warning and `fail`. */
  strict?: boolean | undefined;
}

/** The argument of a `dd` function, callbacks apart. Nothing of it gives a promise: DingTalk documents none. */
export interface Options {
  /** As given. */
  raw: Fields;
  /** What JSON carries of it. */
  args: JsonObject;
  /** Calls success or fail, then complete. */
  settle(ok: boolean, value: unknown): void;
}

const CALLBACKS = ["success", "fail", "complete"];

/** Takes the argument of `dd[name]` apart. Throws a TypeError when it is no object or JSON cannot carry it. */
export function readOptions(parts: ApiParts, name: string, given: unknown): Options {
  const raw = rawOf(parts, name, given);
  const plain: Fields = { ...raw };
  for (const callback of CALLBACKS) delete plain[callback];
  const call = (callback: string, value: unknown): boolean => {
    const code = raw[callback];
    if (typeof code !== "function") return false;
    parts.guard.run(() => void code.call(undefined, value));
    return true;
  };
  return {
    raw,
    args: cloneObject(plain, `dd.${name}`, "drop"),
    settle(ok, value) {
      parts.updates.batch(() => {
        const heard = call(ok ? "success" : "fail", value);
        const heardToo = call("complete", value);
        if (!ok && !heard && !heardToo) parts.warn(`dd.${name} failed and nobody listens: ${JSON.stringify(value)}`);
      });
    },
  };
}

/** On a device a wrong argument does not end the caller: the rest of its `onLoad` runs. */
function rawOf(parts: ApiParts, name: string, given: unknown): Fields {
  if (given === undefined || given === null) return {};
  if (isFields(given)) return given;
  if (parts.strict) throw new TypeError(`dd.${name} takes an object`);
  parts.warn(`dd.${name} takes an object, not ${typeof given}: taken as none`);
  return {};
}

/** Answers the callbacks a moment later with what `body` returns, or with the ApiFailure it throws. */
export function answerLater(options: Options, body: () => unknown): void {
  void Promise.resolve().then(() => {
    let value: unknown;
    try {
      value = body();
    } catch (thrown) {
      options.settle(false, failureValue(thrown));
      return;
    }
    options.settle(true, value);
  });
}

/** What `fail` gets for something thrown. */
export function failureValue(thrown: unknown): { error: number; errorMessage: string } {
  const { message, error } = errorOf(thrown) as Error & { error?: unknown };
  return { error: typeof error === "number" ? error : 3, errorMessage: message }; // 3: "system exception", DingTalk's word for the rest
}

/** A function that the client carries out. `check` throws an ApiFailure to refuse, and may replace the arguments. */
export function hostApi(parts: ApiParts, name: string, check?: (args: JsonObject) => JsonObject): Api {
  return (given) => {
    const options = readOptions(parts, name, given);
    let args: JsonObject;
    try {
      args = check ? check(options.args) : options.args;
    } catch (thrown) {
      answerLater(options, () => {
        throw thrown;
      });
      return;
    }
    parts.calls.ask(name, args, options.settle);
  };
}

/** A function that the worker answers itself, with callbacks. */
export function localApi(parts: ApiParts, name: string, body: (args: JsonObject) => unknown): Api {
  return (given) => {
    const options = readOptions(parts, name, given);
    answerLater(options, () => body(options.args));
  };
}
