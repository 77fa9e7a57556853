import pg from "pg";
import { startEmbedded } from "../../server/database/embedded/supervisor";

/** What the writer tells its parent: that it began, and each row that the database acknowledged. */
export type WriterMessage = { kind: "started"; mode: string } | { kind: "acknowledged"; id: number };

/** Commits one row after the other until it is killed. Arguments: data folder, first id. */
async function main(): Promise<void> {
  const [dataDir = "", firstId = "0"] = process.argv.slice(2);
  const tell = (message: WriterMessage): boolean => process.send?.(message) ?? false;
  const embedded = await startEmbedded({ dataDir, rootDir: process.cwd(), log: () => undefined });
  const client = new pg.Client({ connectionString: embedded.url });
  client.on("error", () => undefined);
  await client.connect();
  await client.query("create table if not exists written (id bigint primary key)");
  tell({ kind: "started", mode: embedded.mode });
  for (let id = Number(firstId); ; id += 1) {
    await client.query("insert into written values ($1)", [id]);
    tell({ kind: "acknowledged", id });
  }
}

main().catch(() => process.exit(3)); // the connection was killed under it, as the bench means to
