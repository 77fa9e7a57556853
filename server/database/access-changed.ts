import pg from "pg";

/** What changed: a session, everything of a user, or everything of an enterprise. */
export interface AccessChange {
  kind: "session" | "user" | "enterprise";
  id: string;
}

export interface AccessChanges {
  /** False while the notifications cannot be heard: nothing may be cached then. */
  listening(): boolean;
  close(): Promise<void>;
}

const RETRY_MS = 500;

/** Hears what the triggers of the first migration tell, and connects again when the connection is lost. */
export function listenForAccessChanges(
  url: string,
  heard: (change: AccessChange | "all") => void,
): Promise<AccessChanges> {
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
      const [kind, id] = (message.payload ?? "").split(":");
      if (kind === "session" || kind === "user" || kind === "enterprise") heard({ kind, id: id ?? "" });
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
    close: async () => {
      closed = true;
      if (timer) clearTimeout(timer);
      await client?.end();
    },
  }));
}
