import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbedded } from "../../../server/database/embedded/supervisor";
import { Secret } from "../../../server/secret";
import { MIGHTY, READER, WRITER, type TestEngine } from "./engine";
import { startWire, type Wire } from "./wire";

/** A PostgreSQL of its own, as a company has one: users with passwords, reached over TCP. */
export async function startPostgresql(): Promise<TestEngine & { wire: Wire }> {
  const dataDir = mkdtempSync(join(tmpdir(), "dingboard-source-"));
  chmodSync(dataDir, 0o755); // as root, the database runs as somebody else
  const embedded = await startEmbedded({
    dataDir,
    rootDir: process.cwd(),
    log: (line) => console.error(line),
    settings: { fsync: "off" },
  });
  const owner = new pg.Client({ connectionString: embedded.url });
  await owner.connect();
  const run = async (sql: string): Promise<void> => void (await owner.query(sql));
  const [{ hba_file: hba, unix_socket_directories: folder, port }] = (
    await owner.query<{ hba_file: string; unix_socket_directories: string; port: string }>(
      `SELECT current_setting('hba_file') AS hba_file, current_setting('port') AS port,
       current_setting('unix_socket_directories') AS unix_socket_directories`,
    )
  ).rows as [{ hba_file: string; unix_socket_directories: string; port: string }];
  writeFileSync(hba, "local all dingboard trust\nlocal all all scram-sha-256\n");
  await run(`SELECT pg_reload_conf()`);
  await run(`CREATE SCHEMA sales`);
  for (const { user, password, rights } of [
    { ...READER, rights: "SELECT" },
    { ...WRITER, rights: "ALL" },
  ]) {
    await run(`CREATE ROLE ${user} LOGIN PASSWORD ${pg.escapeLiteral(password)}`);
    await run(`GRANT USAGE ON SCHEMA sales TO ${user}`);
    await run(`ALTER DEFAULT PRIVILEGES IN SCHEMA sales GRANT ${rights} ON TABLES TO ${user}`);
  }
  await run(`CREATE ROLE ${MIGHTY.user} SUPERUSER LOGIN PASSWORD '${MIGHTY.password}'`);
  const wire = await startWire({ path: join(folder, `.s.PGSQL.${port}`) });
  return {
    name: "postgresql",
    wire,
    run,
    rows: async (sql) => (await owner.query<unknown[]>({ text: sql, rowMode: "array" })).rows,
    connection: (changes = {}) => ({
      kind: "postgresql",
      host: "127.0.0.1",
      port: wire.port,
      database: "postgres",
      user: READER.user,
      password: new Secret(READER.password),
      tls: "off",
      ca: null,
      ...changes,
    }),
    stop: async () => {
      await wire.close();
      await owner.end();
      await embedded.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
