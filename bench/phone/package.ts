import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildMiniProgram, packageSize } from "../../scripts/build-mini-program";
import type { Cleanup } from "../cleanup";
import type { Figure } from "../figure";

/** Our own bound; DingTalk takes 2 MB. */
const LARGEST_PACKAGE = 1024 * 1024;
/** What ECharts writes before its own messages: in no other file. */
const ECHARTS_MARK = "[ECharts]";

/** Builds the mini program, answers its folder. A build that was refused for its size is measured all the same. */
async function build(folder: string): Promise<string> {
  const outDir = join(folder, "mini-program");
  try {
    await buildMiniProgram({ publicUrl: "http://localhost:3000", outDir });
    return outDir;
  } catch (error) {
    const refused = `${outDir}.new`;
    if (existsSync(refused) && packageSize(refused) > LARGEST_PACKAGE) return refused;
    throw error;
  }
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

/** How large the mini program is that DingTalk downloads, as files lie in it (DingTalk compresses them). */
export async function benchPackage(cleanup: Cleanup): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "dingboard-bench-"));
  cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
  const built = await build(folder);
  const files = filesOf(built);
  const size = packageSize(built);
  const compressed = files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
  const charts = files.filter((file) => file.endsWith(".js") && readFileSync(file, "utf8").includes(ECHARTS_MARK));
  if (charts.length === 0) throw new Error("No script of the mini program holds ECharts.");
  const echarts = charts.reduce((sum, file) => sum + statSync(file).size, 0);
  return [
    {
      name: "package: the mini program's main package",
      value: size,
      unit: "bytes",
      bound: LARGEST_PACKAGE,
      ok: size <= LARGEST_PACKAGE,
    },
    { name: "package: the same, each file compressed", value: compressed, unit: "bytes", bound: null, ok: true },
    { name: "package: the script that holds ECharts", value: echarts, unit: "bytes", bound: null, ok: true },
    {
      name: "package: scripts that hold ECharts",
      value: charts.length,
      unit: "files",
      bound: 1,
      ok: charts.length === 1,
    },
  ];
}
