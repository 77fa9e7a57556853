import type { AccessChange, AccessChanges } from "../database/access-changed";
import type { SessionRow } from "../database/session";

const KEEP_MS = 30_000;
const MAX_ENTRIES = 50_000;
const SESSION_CHANGES: AccessChange["kind"][] = ["session", "user", "enterprise"];

/** Sessions looked up a moment ago. Changes on any node arrive as notifications and are forgotten at once. */
export interface SessionCache {
  find(accessHash: Buffer, load: () => Promise<SessionRow | undefined>): Promise<SessionRow | undefined>;
  /** For this node's own changes: its next request must not race the notification. */
  forget(sessionId: string): void;
}

export function createSessionCache(notifications: AccessChanges, now: () => number): SessionCache {
  const entries = new Map<string, { row: SessionRow; until: number }>();
  // A row read before a change but stored after it would live on: what changed meanwhile is not kept.
  let changes = 0;

  const forget = (change: AccessChange | "all"): void => {
    if (change !== "all" && !SESSION_CHANGES.includes(change.kind)) return;
    changes += 1;
    if (change === "all") return entries.clear();
    for (const [key, { row }] of entries) if (concerns(change, row)) entries.delete(key);
  };
  notifications.subscribe(forget);

  return {
    find: async (accessHash, load) => {
      const key = accessHash.toString("base64url");
      const known = entries.get(key);
      if (known && known.until > now() && notifications.listening()) return known.row;
      entries.delete(key);
      const before = changes;
      const row = await load();
      if (row && changes === before && notifications.listening()) {
        if (entries.size >= MAX_ENTRIES) entries.clear();
        entries.set(key, { row, until: now() + KEEP_MS });
      }
      return row;
    },
    forget: (id) => forget({ kind: "session", id }),
  };
}

function concerns(change: AccessChange, row: SessionRow): boolean {
  if (change.kind === "session") return row.id === change.id || row.parentId === change.id;
  if (change.kind === "user") return row.userId === change.id;
  return change.kind === "enterprise" && row.enterpriseId === change.id;
}
