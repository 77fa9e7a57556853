import { fork } from "node:child_process";
import { basename, join } from "node:path";
import { bundleForNode } from "../scripts/build-node";
import { Cleanup } from "./cleanup";
import type { Figure } from "./figure";

/** What a process of its own measures; `entry`: a script, or TypeScript, which then is loaded through tsx. */
export async function measureInChild(entry: string, cleanup: Cleanup): Promise<Figure[]> {
  let figures: Figure[] | null = null;
  const execArgv = entry.endsWith(".ts") ? ["--import", "tsx"] : [];
  const child = fork(join(process.cwd(), entry), { execArgv });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  cleanup.add(() => {
    child.kill("SIGTERM");
    return ended;
  });
  child.once("message", (message) => (figures = message as Figure[]));
  await ended;
  if (!figures) throw new Error(`${entry} did not end.`);
  return figures;
}

/**
 * The same of TypeScript, bundled as the server is for production: what loads TypeScript as it runs names each function
 * anew, which costs our side alone.
 */
export async function measureBuilt(entry: string, cleanup: Cleanup): Promise<Figure[]> {
  const [folder, name] = [join("dist", "bench"), basename(entry, ".ts")];
  await bundleForNode(process.cwd(), { [name]: entry }, folder);
  return measureInChild(join(folder, `${name}.js`), cleanup);
}

/** The other side: measures, ends what was started, and sends the figures to the parent. */
export function runAsChild(measure: (cleanup: Cleanup) => Promise<Figure[]>): void {
  const cleanup = new Cleanup();
  const interrupt = (): void => void cleanup.interrupt().finally(() => process.exit(130));
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt).once("disconnect", interrupt);
  measure(cleanup)
    .finally(() => cleanup.run())
    // A server that ended may have left something listening.
    .then((figures) => process.send?.(figures, () => process.exit(0)))
    .catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
}
