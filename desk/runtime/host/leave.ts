import type { JsonObject } from "../protocol";
import { confirm } from "./dialogs";
import type { Overlay } from "./overlay";
import type { Words } from "./words";

/** Pages that asked to be asked before they are left. */
export interface LeaveGuard {
  enable(pageId: string, args: JsonObject): void;
  disable(pageId: string): void;
  /** Goes on at once, or after the person agreed. */
  leave(pageId: string | null, how: "back" | "close", goOn: () => void): void;
}

/** `dd.enableLeaveConfirm`. https://open.dingtalk.com/document/development/jsapi-enable-leave-confirm */
export function createLeaveGuard(overlay: Overlay, words: Words): LeaveGuard {
  const guarded = new Map<string, JsonObject>();
  return {
    enable: (pageId, args) => void guarded.set(pageId, args),
    disable: (pageId) => void guarded.delete(pageId),
    leave(pageId, how, goOn) {
      const args = pageId === null ? undefined : guarded.get(pageId);
      if (!args || !Array.isArray(args["effect"]) || !args["effect"].includes(how)) return goOn();
      void confirm(overlay, words, (args["info"] ?? {}) as JsonObject).then(({ confirm: agreed }) => {
        if (agreed) goOn();
      });
    },
  };
}
