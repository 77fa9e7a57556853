import type { Patch, ToView } from "../protocol";

/** Changes of one instance's data on their way to the view. */
export interface Change {
  pageId: string;
  /** Null for the page itself. */
  componentId: string | null;
  patches: Patch[];
  /** Runs once the change is on the screen. */
  done: (() => void) | null;
}

/**
 * Sends changed data to the view: changes made in one batch (a handler, a life-cycle method, `$batchedUpdates`) cross as
 * one message per instance, others at once. https://open.dingtalk.com/document/development/register-a-mini-program-page-1
 */
export interface Updates {
  batch<Result>(code: () => Result): Result;
  push(change: Change): void;
  /** Sends what the running batch holds so far: what is measured or drawn next must see it. */
  flush(): void;
  /** The view shows message `seq`: runs what waited for it, in a batch of its own. */
  applied(seq: number): void;
  /** Nothing of these pages will be shown any more. */
  forget(pageIds: string[]): void;
}

interface Waiting {
  pageId: string;
  componentId: string | null;
  patches: Patch[];
  done: (() => void)[];
}

/** `send` gets one `data` message for each instance of a batch. */
export function createUpdates(send: (message: ToView) => void): Updates {
  let depth = 0;
  let seq = 0;
  let waiting = new Map<string, Waiting>();
  const sent = new Map<number, { pageId: string; done: (() => void)[] }>();

  function flush(): void {
    const ready = waiting;
    waiting = new Map();
    for (const { pageId, componentId, patches, done } of ready.values()) {
      seq += 1;
      sent.set(seq, { pageId, done });
      send({ type: "data", pageId, componentId, patches, seq });
    }
  }

  const updates: Updates = {
    batch(code) {
      depth += 1;
      try {
        return code();
      } finally {
        depth -= 1;
        if (depth === 0) flush();
      }
    },
    push({ pageId, componentId, patches, done }) {
      const key = componentId ?? `page ${pageId}`;
      const entry = waiting.get(key) ?? { pageId, componentId, patches: [], done: [] };
      entry.patches.push(...patches);
      if (done) entry.done.push(done);
      waiting.set(key, entry);
      if (depth === 0) flush();
    },
    flush,
    applied(number) {
      const entry = sent.get(number);
      sent.delete(number);
      if (entry) updates.batch(() => entry.done.forEach((done) => done()));
    },
    forget(pageIds) {
      const gone = new Set(pageIds);
      for (const [key, entry] of waiting) if (gone.has(entry.pageId)) waiting.delete(key);
      for (const [number, entry] of sent) if (gone.has(entry.pageId)) sent.delete(number);
    },
  };
  return updates;
}
