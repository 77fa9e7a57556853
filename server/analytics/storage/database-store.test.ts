import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseStore } from "./database-store";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "dingboard-store-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** A store whose builds end when they are let go, and a clock that stands still. */
function storeOf() {
  const clock = { now: Date.parse("2026-11-22T04:00:00Z") };
  let gate = Promise.resolve();
  const store = new DatabaseStore({
    filesDir: join(dir, "files"),
    databaseDir: join(dir, "engine"),
    patienceMs: 1,
    now: () => clock.now,
    retired: () => undefined,
    log: { info: () => undefined, warn: () => undefined },
    build: async (file) => {
      await gate;
      await writeFile(file, "");
      return [null];
    },
  });
  /** Answers what lets the builds go that begin from now on. */
  const hold = (): (() => void) => {
    let letGo: () => void = () => undefined;
    gate = new Promise((resolve) => (letGo = resolve));
    return () => letGo();
  };
  return { store, clock, hold };
}

async function write(text: string): Promise<void> {
  await mkdir(join(dir, "files", "one"), { recursive: true });
  await writeFile(join(dir, "files", "one", "sales.csv"), text);
}

it("says of rows whose files changed meanwhile from when they are, and of others that they are as they are now", async () => {
  const { store, clock, hold } = storeOf();
  const readAt = clock.now;
  await write("a\n1\n");
  const first = await store.fileFor("one", "sales.csv");
  clock.now += 60_000;
  expect([first.asOf, (await store.fileFor("one", "sales.csv")).asOf]).toEqual([null, null]);
  await write("a\n1\n2\n");
  const letGo = hold();
  expect(await store.fileFor("one", "sales.csv")).toEqual({ ...first, asOf: readAt });
  letGo();
  await store.idle();
  const next = await store.fileFor("one", "sales.csv");
  expect([next.asOf, next.file === first.file]).toEqual([null, false]);
});

it("answers nobody from a file that was replaced here, however long it takes", async () => {
  const { store, hold } = storeOf();
  await write("a\n1\n");
  const first = await store.fileFor("one", "sales.csv");
  await write("a\n1\n2\n");
  const letGo = hold();
  await store.changed("one", "other.csv");
  await store.changed("one", "sales.csv");
  const asked = store.fileFor("one", "sales.csv");
  const early = await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, 20))]);
  expect(early).toBeUndefined();
  letGo();
  expect((await asked).file).not.toBe(first.file);
});
