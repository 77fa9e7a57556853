import type { PageSettings } from "./settings";

function define(name: string, value: unknown): void {
  Object.defineProperty(Navigator.prototype, name, { configurable: true, enumerable: true, get: () => value });
}

/** Scripts must hear what the requests say: the client's name, and the desk's language. */
export function nameClient({ userAgent, language }: PageSettings): void {
  define("userAgent", userAgent);
  define("appVersion", userAgent.replace(/^Mozilla\//, ""));
  define("platform", "Win32");
  define("userAgentData", undefined);
  if (language === null) return;
  define("language", language);
  define("languages", Object.freeze([language]));
}
