import { build, transform } from "esbuild";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { checkSyntax } from "./check-mini-program";
import { scriptConfig } from "./config";

export interface MiniProgramBuild {
  /** The server's address as phones reach it. */
  publicUrl: string;
  /** The enterprise to assume where neither the launch nor the client names one. */
  corpId?: string;
  outDir: string;
  log?: (line: string) => void;
}

const SOURCE = "mini-program";
/** Android's DingTalk runs V8 6.9 and does not transpile what we ship: no newer syntax may be left. */
const TARGET = "es2017";
const LARGEST_PACKAGE = 1024 * 1024;
const COPIED = /\.(axml|acss|json|sjs|png|jpg|svg)$/;

/** What the IDE reads beside app.json. https://open.dingtalk.com/document/download/configuration-description */
const IDE_FILES: Record<string, unknown> = {
  "mini.project.json": { component2: true },
  "ding.config.json": { type: "mp", typescript: false, base: "./", outDir: "./" },
};

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

function write(outDir: string, path: string, text: string): void {
  const target = join(outDir, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

/** app.ts, and every page and component: a script with a template of its name beside it. */
function entryPoints(): string[] {
  const scripts = filesUnder(SOURCE).filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"));
  return scripts.filter((file) => file === `${SOURCE}/app.ts` || existsSync(file.replace(/\.ts$/, ".axml")));
}

/** What pages share lands in files of its own; each file is then turned into the CommonJS that the IDE takes. */
async function bundle({ publicUrl, corpId }: MiniProgramBuild, outDir: string): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: entryPoints(),
    outbase: SOURCE,
    outdir: outDir,
    bundle: true,
    splitting: true,
    format: "esm",
    target: TARGET,
    minify: true,
    write: false,
    chunkNames: "shared/[hash]",
    charset: "utf8",
    legalComments: "none",
    inject: [`${SOURCE}/dingtalk/stand-ins.ts`],
    define: {
      __PUBLIC_URL__: JSON.stringify(publicUrl),
      __CORP_ID__: JSON.stringify(corpId ?? ""),
      "process.env.NODE_ENV": '"production"',
      globalThis: "dingboardGlobal",
      wx: "dingboardClient",
    },
    logLevel: "warning",
  });
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, { format: "cjs", target: TARGET, minify: true, charset: "utf8" });
    write(outDir, relative(resolve(outDir), path), code);
  }
}

function copyTemplates(outDir: string): void {
  for (const file of filesUnder(SOURCE).filter((path) => COPIED.test(path) && !path.endsWith("tsconfig.json"))) {
    const target = join(outDir, relative(SOURCE, file));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
  }
  copyFileSync("app.json", join(outDir, "app.json"));
  for (const [name, content] of Object.entries(IDE_FILES)) write(outDir, name, `${JSON.stringify(content, null, 2)}\n`);
}

const kibibytes = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KiB`;

/** Bytes of all files, uncompressed: the stricter reading of DingTalk's limits. */
export function packageSize(folder: string): number {
  return filesUnder(folder).reduce((sum, file) => sum + statSync(file).size, 0);
}

function reportSizes(folder: string, log: (line: string) => void): void {
  const sizes = filesUnder(folder).map((file) => ({ file: relative(folder, file), bytes: statSync(file).size }));
  const scripts = sizes.filter(({ file }) => file.endsWith(".js")).sort((a, b) => b.bytes - a.bytes);
  for (const { file, bytes } of scripts.slice(0, 5)) log(`  ${kibibytes(bytes).padStart(8)}  ${file}`);
  const zipped = filesUnder(folder).reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
  const total = packageSize(folder);
  log(`  ${kibibytes(total).padStart(8)}  in ${sizes.length} files; ${kibibytes(zipped)} compressed`);
  if (total > LARGEST_PACKAGE) throw new Error(`The mini program is larger than ${kibibytes(LARGEST_PACKAGE)}.`);
}

/**
 * Builds the mini program, ready for DingTalk's IDE. Throws where the package grew too large or holds newer syntax than
 * phones run; what was built before then stays.
 */
export async function buildMiniProgram(options: MiniProgramBuild): Promise<void> {
  const outDir = resolve(options.outDir);
  const fresh = `${outDir}.new`;
  rmSync(fresh, { recursive: true, force: true });
  await bundle(options, fresh);
  copyTemplates(fresh);
  checkSyntax(fresh);
  reportSizes(fresh, options.log ?? (() => undefined));
  rmSync(outDir, { recursive: true, force: true });
  renameSync(fresh, outDir);
}

/** `npm run build:mini-program`: for a real DingTalk, with PUBLIC_URL set to the server's address. */
async function main(): Promise<void> {
  const { publicUrl, corpId, ports } = scriptConfig();
  const address = publicUrl ?? `http://localhost:${ports.server ?? 3000}`;
  console.log(`Building dist/mini-program for ${address}`);
  await buildMiniProgram({
    publicUrl: address,
    ...(corpId ? { corpId } : {}),
    outDir: "dist/mini-program",
    log: console.log,
  });
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
