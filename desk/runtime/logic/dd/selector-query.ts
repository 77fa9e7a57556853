import type { Json, JsonObject } from "../../protocol";
import { isFields } from "../json";
import type { Api, ApiParts } from "./api";

interface Step extends JsonObject {
  target: string;
  selector: string;
  measure: string;
}

/**
 * `dd.createSelectorQuery`: measures elements of the page on top. As in DingTalk there is neither `node` nor `fields`.
 * `exec` asks the client as `selectorQuery` with `{ steps: [{ target, selector, measure }] }`.
 * https://open.dingtalk.com/document/development/selectorquery
 */
export function createSelectorQuery(parts: ApiParts): Api {
  return () => {
    const steps: Step[] = [];
    let chosen = { target: "", selector: "" };
    const choose = (target: string) => (selector?: unknown) => {
      chosen = { target, selector: target === "selectViewport" ? "" : String(selector) };
      return query;
    };
    const measure = (what: string) => () => {
      if (chosen.target === "") throw new Error(`${what}: call select, selectAll or selectViewport first`);
      steps.push({ ...chosen, measure: what });
      return query;
    };
    const query = {
      select: choose("select"),
      selectAll: choose("selectAll"),
      selectViewport: choose("selectViewport"),
      boundingClientRect: measure("boundingClientRect"),
      scrollOffset: measure("scrollOffset"),
      exec(callback?: unknown) {
        const args = { steps: steps.splice(0) };
        parts.updates.flush();
        parts.calls.ask("selectorQuery", args, (ok, value) => answer(parts, callback, ok, value));
        return query;
      },
    };
    return query;
  };
}

function answer(parts: ApiParts, callback: unknown, ok: boolean, value: Json): void {
  if (!ok) {
    const message = isFields(value) ? String(value["errorMessage"]) : JSON.stringify(value);
    parts.guard.report(new Error(`dd.createSelectorQuery().exec: ${message}`));
    return;
  }
  if (typeof callback === "function") parts.updates.batch(() => parts.guard.run(() => void callback(value)));
}
