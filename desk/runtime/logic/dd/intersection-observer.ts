import { cloneObject, isFields } from "../json";
import type { Api, ApiParts } from "./api";
import type { Notices } from "./notices";

/**
 * `dd.createIntersectionObserver`. `observe` asks the client as `observeIntersection` with `{ observerId, selector, relativeTo,
 * thresholds, initialRatio, selectAll }`; what it sees comes as notice `intersection` with `{ observerId, … }`;
 * `disconnect` asks as `endIntersection`. https://open.dingtalk.com/document/development/overview-of-intersectionobserver
 */
export function createIntersectionObserver(parts: ApiParts, notices: Notices): Api {
  let count = 0;
  return (given) => {
    const options = isFields(given) ? cloneObject(given, "dd.createIntersectionObserver", "drop") : {};
    count += 1;
    const observerId = String(count);
    const relativeTo: { selector: string | null; margins: object }[] = [];
    const fail = (ok: boolean, value: unknown): void => {
      if (!ok) parts.guard.report(new Error(`dd.createIntersectionObserver: ${JSON.stringify(value)}`));
    };
    const margins = (value: unknown): object => (isFields(value) ? value : {});
    let listener: ((value: unknown) => void) | null = null;
    const observer = {
      relativeTo(selector: unknown, around: unknown) {
        relativeTo.push({ selector: String(selector), margins: margins(around) });
        return observer;
      },
      relativeToViewport(around: unknown) {
        relativeTo.push({ selector: null, margins: margins(around) });
        return observer;
      },
      observe(selector: unknown, callback: unknown) {
        listener = (value) => {
          if (!isFields(value) || value["observerId"] !== observerId || typeof callback !== "function") return;
          parts.updates.batch(() => parts.guard.run(() => void callback(value)));
        };
        notices.listen("intersection", listener);
        const args = { thresholds: [0], initialRatio: 0, selectAll: false, ...options };
        const asked = cloneObject({ ...args, observerId, selector: String(selector), relativeTo }, "observe", "drop");
        parts.calls.ask("observeIntersection", asked, fail);
      },
      disconnect() {
        if (listener) notices.unlisten("intersection", listener);
        listener = null;
        parts.calls.ask("endIntersection", { observerId }, fail);
      },
    };
    return observer;
  };
}
