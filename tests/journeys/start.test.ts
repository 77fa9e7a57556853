import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

let dataDir: string;
let running: ChildProcess | undefined;

jest.setTimeout(180_000);
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), "dingboard-start-"));
  chmodSync(dataDir, 0o755);
});
afterEach(() => running?.kill("SIGKILL"));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

interface Started {
  output: string[];
  /** The address that the ready line names. */
  desk: string;
  /** Ends it as Ctrl-C does; answers the exit code. */
  interrupt(): Promise<number | null>;
}

/** `npm start` without npm: what a person runs, on free ports. */
function start(env: Record<string, string> = {}): Promise<Started> {
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    env: { ...process.env, DATA_DIR: dataDir, DEMO_ROWS: "20000", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running = child;
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const output: string[] = [];
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output.push(...chunk.toString().split("\n").filter(Boolean));
      const ready = output.find((line) => line.startsWith("Dingboard is ready: "));
      if (!ready) return;
      resolve({
        output,
        desk: ready.slice("Dingboard is ready: ".length),
        interrupt: () => {
          child.kill("SIGINT");
          return exit;
        },
      });
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    void exit.then((code) => reject(new Error(`ended with ${code}:\n${output.join("\n")}`)));
  });
}

it("starts everything, says so in one line, and stops cleanly", async () => {
  const started = await start();

  expect(started.output.filter((line) => line.startsWith("Dingboard is ready"))).toHaveLength(1);
  expect(started.desk).toMatch(/^http:\/\/localhost:\d+\/$/);
  expect((await fetch(started.desk)).status).toBe(200);
  expect(await started.interrupt()).toBe(0);
  await expect(fetch(started.desk)).rejects.toThrow();
  expect(existsSync(join(dataDir, "postgres/data/postmaster.pid"))).toBe(false);
});

it("keeps all data at the second start, and loads nothing again", async () => {
  const before = readFileSync(join(dataDir, "demo.json"), "utf8");

  const started = await start();

  expect(started.output.filter((line) => /Generated|Loaded/.test(line))).toEqual([]);
  expect(readFileSync(join(dataDir, "demo.json"), "utf8")).toBe(before);
  expect(await started.interrupt()).toBe(0);
});

it("refuses a taken port that was asked for, naming the variable", async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
  const { port } = holder.address() as AddressInfo;

  await expect(start({ DESK_PORT: String(port) })).rejects.toThrow(`Port ${port} (DESK_PORT) is taken`);
  await new Promise<void>((resolve) => void holder.close(() => resolve()));
});
