import { createHash } from "node:crypto";
import type { z } from "zod";
import type { EnterpriseId, ReportId } from "../../../core/contract/id";
import type { DraftState, Presence } from "../../../core/contract/report/draft";
import type { AccessChanges } from "../../database/access/access-changed";
import { drafts } from "../../database/report/draft";
import { presences } from "../../database/report/presence";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import type { Session } from "../access/signed-in";
import type { ReportDocuments } from "./document";
import { requireEditable } from "./editable";

type State = z.input<typeof DraftState>;

/** How long a stream goes on, and a poll waits: proxies end what is silent for a minute. */
const STREAM_MS = 50_000;
const POLL_MS = 25_000;
/** Those who went away without a word are noticed by looking. */
const LOOK_MS = 5_000;

/** What of the changes may end a person's right to listen, whatever report it is. */
const ANYBODY = ["session", "user", "enterprise", "organisation"];

/** Tells editors of saves, publishing and each other, whichever node they happened on. */
export function createDraftWatch(parts: { db: Db; documents: ReportDocuments; changes: AccessChanges }) {
  const { db, documents } = parts;
  const waiting = new Map<() => void, ReportId>();
  let isClosed = false;
  parts.changes.subscribe((change) => {
    for (const [wake, reportId] of [...waiting]) {
      if (change === "all" || change.id === reportId || ANYBODY.includes(change.kind)) wake();
    }
  });

  /** Until something may have changed, or nobody waits any more. */
  const sleep = (reportId: ReportId, ms: number, gone: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        waiting.delete(wake);
        gone.removeEventListener("abort", wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      waiting.set(wake, reportId);
      gone.addEventListener("abort", wake);
      if (gone.aborted || isClosed) wake();
    });

  /** Throws as `requireEditable` does: rights may end while one listens. */
  const read = async (session: Session, reportId: ReportId): Promise<State> => {
    const { actor } = await requireEditable(documents, session, reportId);
    return stateOf(db, actor.enterpriseId, reportId);
  };

  async function* states(
    session: Session,
    { reportId, after, ms }: { reportId: ReportId; after?: string | undefined; ms: number },
    gone: AbortSignal,
  ): AsyncGenerator<State | null> {
    const until = performance.now() + ms;
    let tag = after;
    while (!gone.aborted) {
      // Listens before it looks: what happens between the two is not missed.
      const slept = sleep(reportId, Math.min(LOOK_MS, Math.max(until - performance.now(), 0)), gone);
      const state = await read(session, reportId);
      yield state.tag === tag ? null : state;
      tag = state.tag;
      if (isClosed || performance.now() >= until) return;
      await slept;
    }
  }

  return {
    /** The state now and whenever it is another one, null where it was looked at in vain; ends after a while. */
    stream: (session: Session, reportId: ReportId, gone: AbortSignal): AsyncGenerator<State | null> =>
      states(session, { reportId, ms: STREAM_MS }, gone),

    /** The state as soon as its tag is another one than `after`. */
    next: async (
      session: Session,
      { reportId, after }: { reportId: ReportId; after?: string | undefined },
      gone: AbortSignal,
    ): Promise<State> => {
      for await (const state of states(session, { reportId, after, ms: POLL_MS }, gone)) if (state) return state;
      if (gone.aborted) throw new AppError("timeout", "The client is gone.");
      return read(session, reportId);
    },

    /** Says that somebody has the report open. */
    tell: async (
      session: Session,
      { reportId, client, element, leaves }: Omit<Presence, "user"> & { reportId: ReportId; leaves: boolean },
    ): Promise<Record<never, never>> => {
      const { actor } = await requireEditable(documents, session, reportId);
      const own = presences(db, actor.enterpriseId);
      await own.removeGone(reportId);
      await (leaves
        ? own.remove(reportId, actor.userId, client)
        : own.save(reportId, actor.userId, { client, element }));
      return {};
    },

    /** Ends all that listens: the server stops. */
    close: (): void => {
      isClosed = true;
      for (const wake of [...waiting.keys()]) wake();
    },
  };
}

async function stateOf(db: Db, enterpriseId: EnterpriseId, reportId: ReportId): Promise<State> {
  const [head, people] = await Promise.all([
    drafts(db, enterpriseId).findHead(reportId),
    presences(db, enterpriseId).list(reportId),
  ]);
  if (!head) throw new AppError("report_not_found", "There is no such report.");
  const state = { ...head, savedAt: head.savedAt?.toISOString() ?? null, people };
  return { ...state, tag: createHash("sha256").update(JSON.stringify(state)).digest("base64url").slice(0, 22) };
}
