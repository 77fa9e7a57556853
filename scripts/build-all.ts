import { join } from "node:path";
import { bundleForNode } from "./build-node";
import { buildMiniProgram } from "./build-mini-program";
import { buildWeb } from "./build-web";
import { buildOnce, digestOf } from "./stamp";

export interface BuildOptions {
  rootDir: string;
  /** Null where nobody asks for one: tests build their own. */
  miniProgram: {
    /** The server's address as clients reach it; it is baked in. */
    publicUrl: string;
    /** The enterprise that a mini program launched without one belongs to. */
    corpId?: string;
    /** The demo has one of its own, so that building for production or another copy does not change it under it. */
    outDir: string;
  } | null;
  /** The desk is for development and tests: the production build leaves it out. */
  desk: boolean;
  log: (line: string) => void;
}

/** Builds what has changed since the last build: into `dist/`, and the mini program where it is wanted. */
export async function buildAll(options: BuildOptions): Promise<void> {
  const { rootDir, miniProgram } = options;
  const lock = ["package-lock.json"];
  const step = async (
    name: string,
    digest: string,
    run: () => Promise<void>,
    stamp = join(rootDir, "dist/.built", name),
  ): Promise<void> => {
    const started = performance.now();
    if (await buildOnce(stamp, digest, run)) {
      options.log(`Built ${name} in ${((performance.now() - started) / 1_000).toFixed(1)} s.`);
    }
  };

  await step("server", digestOf(["server", "core"], [...lock, "scripts/build-node.ts"], null), () =>
    bundleForNode(
      rootDir,
      { main: "server/main.ts", admin: "server/admin.ts", engine: "server/analytics/engine.ts" },
      "dist/server",
    ),
  );
  await step(
    "web",
    digestOf(["web", "client", "core"], [...lock, "scripts/build-web.ts", "scripts/reader-limit.ts"], null),
    () => buildWeb(rootDir, options.log),
  );
  if (miniProgram) {
    await step(
      "mini-program",
      digestOf(
        ["mini-program", "client", "core"],
        [...lock, "app.json", "scripts/build-mini-program.ts", "scripts/check-mini-program.ts"],
        miniProgram,
      ),
      () => buildMiniProgram(miniProgram),
      `${miniProgram.outDir}.built`,
    );
  }
  if (!options.desk) return;
  await step("desk", digestOf(["desk", "core"], lock, null), () =>
    bundleForNode(rootDir, { main: "desk/main.ts" }, "dist/desk"),
  );
}
