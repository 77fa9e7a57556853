import type pg from "pg";

/**
 * Runs while no other node or call holds the lock of that name; false, without running, where somebody does. A process
 * that dies lets go with its connection.
 */
export async function withLock(pool: pg.Pool, name: string, run: () => Promise<void>): Promise<boolean> {
  const client = await pool.connect();
  let broken = false;
  const breaks = (): void => void (broken = true);
  client.once("error", breaks);
  try {
    const { rows } = await client.query<{ held: boolean }>(
      "select pg_try_advisory_lock(hashtextextended($1, 0)) as held",
      [name],
    );
    if (!rows[0]?.held) return false;
    try {
      await run();
      return true;
    } finally {
      await client.query("select pg_advisory_unlock(hashtextextended($1, 0))", [name]).catch(() => (broken = true));
    }
  } finally {
    // The pool hands the connection out again.
    client.off("error", breaks);
    client.release(broken);
  }
}
