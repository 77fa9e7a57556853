import type { Json, ToView } from "../protocol";
import type { Fields } from "./json";

type Level = Extract<ToView, { type: "log" }>["level"];

const MAX_DEPTH = 6;

/** The `console` of a mini program: what it is told goes to the host. */
export interface MiniConsole {
  log(...args: unknown[]): void;
  info(...args: unknown[]): void;
  warn(...args: unknown[]): void;
  error(...args: unknown[]): void;
  debug(...args: unknown[]): void;
}

/** `heard` is told each line besides. */
export function createConsole(
  send: (message: ToView) => void,
  heard: (level: Level, args: Json[]) => void,
): MiniConsole {
  const at =
    (level: Level) =>
    (...given: unknown[]): void => {
      const args = given.map((value) => printable(value, 0));
      send({ type: "log", level, args });
      heard(level, args);
    };
  return { log: at("log"), info: at("info"), warn: at("warn"), error: at("error"), debug: at("debug") };
}

/** Any value as JSON that a person can read; nothing makes it throw. */
export function printable(value: unknown, depth: number): Json {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "function":
      return `[Function ${value.name || "anonymous"}]`;
    case "object":
      return value === null ? null : printableObject(value, depth);
    default:
      return String(value);
  }
}

function printableObject(value: object, depth: number): Json {
  if (value instanceof Error) return value.stack ?? `${value.name}: ${value.message}`;
  if (depth >= MAX_DEPTH) return "[…]"; // also where an object refers to itself
  if (Array.isArray(value)) return value.map((item) => printable(item, depth + 1));
  const result: Record<string, Json> = {};
  for (const key of Object.keys(value)) result[key] = printable((value as Fields)[key], depth + 1);
  return result;
}
