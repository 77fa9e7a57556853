import type { Json, JsonObject, ToView } from "../../protocol";

/** Hears what the client made of a call: the argument of `success` (ok) or of `fail`. */
export type Done = (ok: boolean, value: Json) => void;

/** Calls that the client carries out and answers by `result`. */
export interface Calls {
  /** For the page on top, unless `pageId` names another. */
  ask(name: string, args: JsonObject, done: Done, pageId?: string | null): void;
  /** A number for another message that is answered by `result`. */
  expect(done: Done): number;
  settle(callId: number, ok: boolean, value: Json): void;
}

/** `pageId` names the page on top. */
export function createCalls(send: (message: ToView) => void, pageId: () => string | null): Calls {
  const open = new Map<number, Done>();
  let count = 0;

  const calls: Calls = {
    ask(name, args, done, askingPage = pageId()) {
      const callId = calls.expect(done);
      send({ type: "call", callId, name, args, pageId: askingPage });
    },
    expect(done) {
      count += 1;
      open.set(count, done);
      return count;
    },
    settle(callId, ok, value) {
      const done = open.get(callId);
      open.delete(callId);
      done?.(ok, value);
    },
  };
  return calls;
}
