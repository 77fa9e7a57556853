import { sql } from "kysely";
import pg from "pg";
import type { Db } from "../tables";

/**
 * What changed, and whose id tells it: a session; everything of a user, of an enterprise; a report with its grants; an
 * enterprise's departments and bindings (`organisation`) or its datasets' models (`datasets`); a user's favourites; an
 * `answer` that was computed anew on one node, by node and key; a report's `draft`, or who has it open.
 */
const KINDS = [
  "session",
  "user",
  "enterprise",
  "report",
  "organisation",
  "datasets",
  "favourites",
  "answer",
  "draft",
] as const;

export interface AccessChange {
  kind: (typeof KINDS)[number];
  id: string;
}

type Heard = (change: AccessChange | "all") => void;

export interface AccessChanges {
  /** False while the notifications cannot be heard: nothing may be cached then. */
  listening(): boolean;
  /** Calls for every change from now on, and with `all` where some may have been missed. */
  subscribe(heard: Heard): void;
  close(): Promise<void>;
}

const RETRY_MS = 500;

/** Hears what the migrations' triggers and the nodes tell, and connects again when the connection is lost. */
export function listenForAccessChanges(url: string): Promise<AccessChanges> {
  const subscribers: Heard[] = [];
  const heard: Heard = (change) => {
    for (const subscriber of subscribers) subscriber(change);
  };
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const lost = (): void => {
    client = null;
    heard("all");
    if (!closed) timer = setTimeout(() => void connect().catch(() => undefined), RETRY_MS).unref();
  };

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5_000 });
    let alive = true;
    const end = (): void => {
      if (!alive) return;
      alive = false;
      lost();
    };
    next.on("error", end);
    next.on("end", end);
    next.on("notification", (message) => {
      const [name = "", ...id] = (message.payload ?? "").split(":");
      const kind = KINDS.find((known) => known === name);
      if (kind) heard({ kind, id: id.join(":") });
    });
    try {
      await next.connect();
      await next.query("listen access_changed");
      heard("all");
      client = next;
    } catch (error) {
      end();
      throw error;
    }
  };

  return connect().then(() => ({
    listening: () => client !== null,
    subscribe: (subscriber) => void subscribers.push(subscriber),
    close: async () => {
      closed = true;
      if (timer) clearTimeout(timer);
      await client?.end();
    },
  }));
}

/** Tells all nodes, this one too, what no trigger can see. */
export async function tellAccessChange(db: Db, { kind, id }: AccessChange): Promise<void> {
  await sql`select pg_notify('access_changed', ${`${kind}:${id}`})`.execute(db);
}
