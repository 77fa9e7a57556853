import type { CompiledApp } from "../compiled";
import { appInfoOf } from "../logic/app-info";

/**
 * The whole script of a logic worker: the runtime, the mini program's modules, and the start. The runtime's "use strict"
 * is for itself: at the top of the script it would make strict what the mini program wrote sloppily.
 */
export function workerScript(runtime: string, app: CompiledApp): string {
  const own = runtime.replace(/^"use strict";\n\(\(\) => \{/, '(() => { "use strict";');
  return `${own}\n${app.logicScript}\n__start(${JSON.stringify(appInfoOf(app))});\n`;
}
