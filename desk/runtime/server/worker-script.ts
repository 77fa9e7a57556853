import type { CompiledApp } from "../compiled";
import { appInfoOf } from "../logic/app-info";

/** The whole script of a logic worker: the runtime, the mini program's modules, and the start. */
export function workerScript(runtime: string, app: CompiledApp): string {
  return `${runtime}\n${app.logicScript}\n__start(${JSON.stringify(appInfoOf(app))});\n`;
}
