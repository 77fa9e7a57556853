import type { Socket } from "node:net";
import type { Limits } from "./source";
import { SourceFault } from "./source-fault";

/** How a running statement can be stopped. */
export interface Handle {
  /** Asks the engine to end it. */
  cancel(): Promise<void>;
  /** Breaks the connection: for an engine that does not listen, or sends without end. */
  hangUp(): void;
  /** Bytes that the connection has brought so far. */
  received(): number;
}

/** The handle of a session that has a line of its own, which is not used again once it is cut. */
export function handleOf(socket: Socket, cancel: () => Promise<void>, cut: () => void): Handle {
  return {
    cancel,
    hangUp: () => {
      cut();
      socket.destroy();
    },
    received: () => socket.bytesRead,
  };
}

/** The engine has its own, slightly shorter time-out: ours is for one that does not keep it. */
const SLACK_MS = 500;
/** How long an engine may take to end a statement that it was asked to end. */
const GRACE_MS = 2_000;
const LOOK_EVERY_MS = 20;
/** On the wire an answer is larger than its values. */
const WIRE_FACTOR = 4;
const WIRE_EXTRA = 1024 * 1024;
/** A row is in memory whole, whoever reads it: one that is longer on the wire is not waited for. */
const LONGEST_ROW = 32 * 1024 * 1024;

/**
 * Runs a statement and sees to its end: when its time is over, when nobody waits for it any more, when more comes in than
 * may, or a row that is too long; the work says whenever it has a row. Throws a SourceFault, or the signal's reason; the statement has then ended at the engine, or the line is cut.
 */
export async function supervised<Result>(
  limits: Limits,
  handle: Handle,
  work: (hasRow: () => void) => Promise<Result>,
): Promise<Result> {
  const { signal } = limits;
  signal?.throwIfAborted();
  let stopped: "timeout" | "aborted" | "too_large" | null = null;
  let hangUp: NodeJS.Timeout | undefined;
  let gone: (reason: unknown) => void = () => undefined;
  const lost = new Promise<never>((_, reject) => (gone = reject));
  /** Whoever reads from the line is not relied on to notice that it is cut. */
  const cut = (): void => {
    handle.hangUp();
    gone(new SourceFault("lost"));
  };
  const stop = (why: NonNullable<typeof stopped>): void => {
    if (stopped) return;
    stopped = why;
    if (why === "too_large") return cut();
    hangUp = setTimeout(cut, GRACE_MS);
    handle.cancel().catch(cut);
  };
  const onAbort = (): void => stop("aborted");
  signal?.addEventListener("abort", onAbort, { once: true });
  const deadline = setTimeout(() => stop("timeout"), limits.timeoutMs + SLACK_MS);
  const before = handle.received();
  let rowBegan = before;
  let hasRow = false;
  const look = setInterval(() => {
    const received = handle.received();
    if (received - before > limits.maxBytes * WIRE_FACTOR + WIRE_EXTRA) stop("too_large");
    if (hasRow) rowBegan = received;
    if (received - rowBegan > LONGEST_ROW) stop("too_large");
    hasRow = false;
  }, LOOK_EVERY_MS);
  try {
    const result = await Promise.race([work(() => void (hasRow = true)), lost]);
    signal?.throwIfAborted();
    return result;
  } catch (error) {
    signal?.throwIfAborted();
    throw stopped === "timeout" || stopped === "too_large" ? new SourceFault(stopped, error) : error;
  } finally {
    clearTimeout(deadline);
    clearTimeout(hangUp);
    clearInterval(look);
    signal?.removeEventListener("abort", onAbort);
  }
}
