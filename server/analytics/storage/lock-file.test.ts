import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeLock } from "./lock-file";

let dir: string;
beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), "dingboard-lock-"))));
afterEach(() => rm(dir, { recursive: true, force: true }));

it("lets one in at a time", async () => {
  const file = join(dir, "lock");
  let inside = 0;
  const visit = async (): Promise<number> => {
    const release = await takeLock(file);
    inside += 1;
    const seen = inside;
    await readFile(file);
    inside -= 1;
    await release();
    return seen;
  };
  expect(await Promise.all(Array.from({ length: 8 }, visit))).toEqual(Array.from({ length: 8 }, () => 1));
  expect(await readdir(dir)).toEqual([]);
});

it.each([
  ["a process that is gone", "999999999 5 x"],
  ["an earlier process of the same number", `${process.pid} 1 x`],
  ["nobody", "rubbish"],
])("takes over the lock of %s", async (_owner, text) => {
  const file = join(dir, "lock");
  await writeFile(file, text);
  const release = await takeLock(file);
  expect(await readFile(file, "utf8")).toContain(`${process.pid} `);
  await release();
  expect(await readdir(dir)).toEqual([]);
});

it("waits for a live owner until it is told to stop waiting", async () => {
  const file = join(dir, "lock");
  const release = await takeLock(file);
  const leaving = new AbortController();
  const second = takeLock(file, leaving.signal);
  leaving.abort();
  await expect(second).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
  await release();
  expect(await readdir(dir)).toEqual([]);
});
