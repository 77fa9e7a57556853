import type { JsonObject } from "../../protocol";
import type { Client } from "../client";
import type { PageStack } from "../stack";
import type { Methods } from "./method";

/** `Tool.native`: what a person does to the client's own bars and dialogs. */
export function nativeMethods({ overlay, screen, send }: Client, stack: PageStack): Methods {
  const press = (kind: "confirm" | "cancel") => (): void => {
    if (!overlay.press(kind)) throw new Error("No dialog is open.");
  };
  const acts: Record<string, (data: JsonObject) => void> = {
    confirmModal: press("confirm"),
    cancelModal: press("cancel"),
    shareConfirm: press("confirm"),
    shareCancel: press("cancel"),
    navigateLeft() {
      const pageId = stack.top();
      if (pageId !== null) send({ type: "pageEvent", pageId, name: "back", argument: null });
    },
    switchTab(data) {
      send({ type: "tab", path: String(data["url"] ?? screen.path()).replace(/^\//, "") });
    },
  };
  return {
    "Tool.native": (params) => {
      const name = String(params["method"]);
      const act = Object.hasOwn(acts, name) ? acts[name] : undefined;
      if (!act) throw new Error(`The native act ${name} is not supported.`);
      act((params["data"] ?? {}) as JsonObject);
      return {};
    },
  };
}
