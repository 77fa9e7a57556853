/**
 * What the JavaScript engine of a mini program gives besides the language: timers and a console. No DOM, no Node.
 * https://open.dingtalk.com/document/development/the-javascript-engine-for-mini-programs-1
 */
declare function setTimeout(run: () => void, ms?: number): number;
declare function clearTimeout(timer: number | undefined): void;
declare const console: {
  log(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
};
