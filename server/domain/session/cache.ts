import type { AccessChanges } from "../../database/access/access-changed";
import type { SessionRow } from "../../database/session/session";
import { Remembered, type Cause } from "../access/remembered";

/** Sessions looked up a moment ago. Changes on any node arrive as notifications and are forgotten at once. */
export interface SessionCache {
  find(accessHash: Buffer, load: () => Promise<SessionRow | undefined>): Promise<SessionRow | undefined>;
  /** The session, where it was looked up a moment ago. */
  peek(accessHash: Buffer): SessionRow | undefined;
  /** For this node's own changes: its next request must not race the notification. */
  forget(sessionId: string): void;
}

export function createSessionCache(notifications: AccessChanges, now: () => number): SessionCache {
  const rows = new Remembered<SessionRow>(notifications, now);
  const keyOf = (accessHash: Buffer): string => accessHash.toString("base64url");
  return {
    peek: (accessHash) => rows.peek(keyOf(accessHash)),
    find: (accessHash, load) =>
      rows.find(keyOf(accessHash), async () => {
        const row = await load();
        return row && { value: row, causes: causesOf(row) };
      }),
    forget: (id) => rows.forget(`session:${id}`),
  };
}

/** A session that another one began goes with that one. */
function causesOf({ id, parentId, userId, enterpriseId }: SessionRow): Cause[] {
  const causes: Cause[] = [`session:${id}`, `user:${userId}`];
  if (parentId !== null) causes.push(`session:${parentId}`);
  if (enterpriseId !== null) causes.push(`enterprise:${enterpriseId}`);
  return causes;
}
