import type { JsonObject } from "../../protocol";
import { cloneObject, isFields } from "../json";
import type { Api, ApiParts } from "./api";
import type { Notices } from "./notices";

/** What an observer needs besides. */
export interface IntersectionParts extends ApiParts {
  notices: Notices;
  pageId(): string | null;
}

interface Watch {
  observerId: string;
  listener: (value: unknown) => void;
}

/**
 * `dd.createIntersectionObserver`, for the page that is on top now. `observe` asks the client as `observeIntersection` with
 * `{ observerId, selector, relativeTo, thresholds, initialRatio, selectAll }`; what it sees comes as notice `intersection`
 * with `{ observerId, … }`; `disconnect` asks as `endIntersection`. Neither an element that is not there nor a refusal has a
 * documented callback: both are exceptions. https://open.dingtalk.com/document/development/overview-of-intersectionobserver
 */
export function createIntersectionObserver(parts: IntersectionParts): Api {
  const { calls, guard, notices, updates } = parts;
  let count = 0;

  return (given) => {
    const options = isFields(given) ? cloneObject(given, "dd.createIntersectionObserver", "drop") : {};
    const pageId = parts.pageId();
    const relativeTo: { selector: string | null; margins: object }[] = [];
    let watches: Watch[] = [];

    const ask = (name: string, args: JsonObject): void =>
      calls.ask(
        name,
        args,
        (ok, value) => {
          if (!ok) guard.report(new Error(`dd.createIntersectionObserver: ${JSON.stringify(value)}`));
        },
        pageId,
      );
    const refer = (selector: string | null, around: unknown): typeof observer => {
      relativeTo.push({ selector, margins: isFields(around) ? around : {} });
      return observer;
    };
    const observer = {
      relativeTo: (selector: unknown, around: unknown) => refer(String(selector), around),
      relativeToViewport: (around: unknown) => refer(null, around),
      observe(selector: unknown, callback: unknown) {
        if (typeof callback !== "function") throw new TypeError("IntersectionObserver.observe takes a function");
        count += 1;
        const observerId = String(count);
        const listener = (value: unknown): void => {
          if (!isFields(value) || value["observerId"] !== observerId) return;
          const { observerId: _ours, ...seen } = value;
          updates.batch(() => guard.run(() => void callback(seen)));
        };
        watches.push({ observerId, listener });
        notices.listen("intersection", listener);
        const asked = { thresholds: [0], initialRatio: 0, selectAll: false, ...options };
        updates.flush();
        ask(
          "observeIntersection",
          cloneObject({ ...asked, observerId, selector: String(selector), relativeTo }, "observe", "drop"),
        );
      },
      disconnect() {
        for (const { observerId, listener } of watches) {
          notices.unlisten("intersection", listener);
          ask("endIntersection", { observerId });
        }
        watches = [];
      },
    };
    return observer;
  };
}
