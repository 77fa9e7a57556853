type Timer = (code: unknown, delay?: unknown, ...args: unknown[]) => unknown;

/**
 * Timers as DingTalk has them: only functions, no text; an error in one is told and ends nothing.
 * https://open.dingtalk.com/document/development/the-javascript-engine-for-mini-programs-1
 */
export function guardTimers(scope: Record<string, unknown>, report: (thrown: unknown) => void): void {
  for (const name of ["setTimeout", "setInterval"]) {
    const native = (scope[name] as Timer).bind(scope) as Timer;
    scope[name] = (code: unknown, delay?: unknown, ...args: unknown[]) => {
      if (typeof code !== "function") throw new TypeError(`${name} takes a function`);
      const run = (): void => {
        try {
          code(...args);
        } catch (thrown) {
          report(thrown);
        }
      };
      return native(run, delay);
    };
  }
}
