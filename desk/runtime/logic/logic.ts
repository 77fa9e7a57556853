import type { BootMessage, ToLogic } from "../protocol";
import type { AppInfo } from "./app-info";
import type { LogicParts } from "./logic-parts";
import type { Factory } from "./modules";
import { createProgram, type Program } from "./program";

/** The logic side of one mini program. */
export interface Logic {
  receive(message: ToLogic): void;
  /** `__define` */
  define(path: string, factory: Factory): void;
  /** `__start`. The program runs once it is started and the boot message is there. */
  start(info: AppInfo): void;
  /** An error that nobody caught: in a timer, in a promise. */
  reportError(thrown: unknown): void;
}

/** Waits for both `start` and the boot message; what comes before is kept in order. */
export function createLogic(parts: LogicParts): Logic {
  const factories: [string, Factory][] = [];
  const early: ToLogic[] = [];
  let info: AppInfo | null = null;
  let boot: BootMessage | null = null;
  let program: Program | null = null;

  function begin(): void {
    if (!info || !boot || program) return;
    program = createProgram(parts, info, boot, factories);
    program.launch();
    for (const message of early.splice(0)) program.receive(message);
  }

  return {
    receive(message) {
      if (message.type === "boot") {
        boot = message;
        begin();
      } else if (program) program.receive(message);
      else early.push(message);
    },
    define: (path, factory) => void factories.push([path, factory]),
    start(given) {
      info = given;
      begin();
    },
    reportError(thrown) {
      if (program) program.reportError(thrown);
      else
        parts.send({
          type: "exception",
          message: String(thrown),
          stack: thrown instanceof Error ? (thrown.stack ?? "") : "",
        });
    },
  };
}
