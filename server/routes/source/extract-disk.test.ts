import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builders } from "../../../tests/factories/build";
import { connectSource } from "../../../tests/factories/data-source";
import { startPostgresql } from "../../../tests/factories/engines/postgresql";
import { extractDesk, isDone } from "../../../tests/factories/extracts";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(90_000); // engines start, and machines may be busy

/** A disk of two megabytes in that place; false where this user may make none. */
const mount = (folder: string): boolean =>
  spawnSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", folder]).status === 0;
const unmount = (folder: string): void => void spawnSync("umount", ["-l", folder]);

function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "dingboard-disk-"));
  const mounted = mount(folder);
  if (mounted) unmount(folder);
  else process.stderr.write("Skipped: a full disk needs a user who may mount one.\n");
  rmdirSync(folder);
  return mounted;
}

(canMount() ? describe : describe.skip)("an extract on a disk that fills up", () => {
  let world: World;
  let engine: Awaited<ReturnType<typeof startPostgresql>>;
  let folder: string | null = null;

  beforeAll(async () => {
    [world, engine] = await Promise.all([startWorld(), startPostgresql()]);
    await engine.run("CREATE TABLE sales.orders AS SELECT 'east' AS region, 42.5 AS amount");
    const numbers = (count: number) => `SELECT md5(n::text) AS note FROM generate_series(1, ${count}) AS n`;
    await engine.run(`CREATE TABLE sales.long AS ${numbers(100_000)}`);
    // Its rows alone find room.
    await engine.run(`CREATE TABLE sales.fitting AS ${numbers(41_000)}`);
    await engine.run("GRANT SELECT ON ALL TABLES IN SCHEMA sales TO reader");
  });
  afterAll(async () => {
    if (folder !== null) unmount(folder);
    await world.stop();
    await engine.stop();
  });

  it("keeps what it has, says that the disk is full, and takes away what it had written", async () => {
    const build = builders(world);
    const user = await build.buildUser({ role: "editor" });
    const token = await build.tokenOf(user);
    const desk = extractDesk(world.server.url, { token });
    const dataSourceId = await connectSource(world.server.url, { token }, engine.connection());
    folder = join(world.config.dataDir, "files", user.enterprise.id, "extracts");
    mkdirSync(folder, { recursive: true });
    expect(mount(folder)).toBe(true);
    const settings = (name: string) => ({
      dataSourceId,
      table: { schema: "sales", name },
      schedule: { kind: "manual" },
    });
    const { body } = await desk.ask("POST", "", { name: "orders", ...settings("orders") });
    const made = await desk.when(body.id, isDone);
    const file = join(folder, "orders.parquet");
    const before = readFileSync(file);

    for (const table of ["long", "fitting"]) {
      const after = await desk.runAgain(made.id, settings(table));
      expect(after).toMatchObject({ data: made.data, runs: expect.anything() });
      expect(after.runs[0]).toMatchObject({ state: "failed", fault: "no_space" });
      expect(readdirSync(folder)).toEqual(["orders.parquet"]);
      expect(readFileSync(file)).toEqual(before);
    }
    expect((await desk.runAgain(made.id, settings("orders"))).runs[0]?.state).toBe("done");
  });
});
