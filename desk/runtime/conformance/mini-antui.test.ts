import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileMiniProgram } from "../compiler/compile";
import { miniAntuiPages, writeMiniAntuiApp, type ConformancePage } from "./mini-antui";

const packageFolder = join(process.cwd(), "node_modules/mini-antui");

/** What its authors wrote that no documented mini program may, and devices take: grid calls `list.some(item => …)` in its template. */
const REFUSED = { grid: "/node_modules/mini-antui/es/grid/index.axml:5 expression_function" };

async function compilePages(pages?: ConformancePage[]): ReturnType<typeof compileMiniProgram> {
  const folder = mkdtempSync(join(tmpdir(), "mini-antui-"));
  try {
    writeMiniAntuiApp(folder, packageFolder, pages);
    return await compileMiniProgram(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Folders below es whose index.json declares a component. */
function declaredComponents(folder = ""): string[] {
  const here = join(packageFolder, "es", folder);
  return readdirSync(here).flatMap((name) => {
    if (statSync(join(here, name)).isDirectory()) return declaredComponents(join(folder, name));
    const declares = name === "index.json" && readFileSync(join(here, name), "utf8").includes('"component": true');
    return declares ? [folder] : [];
  });
}

it("uses every component that mini-antui declares", () => {
  expect(
    miniAntuiPages()
      .map(({ component }) => component)
      .sort(),
  ).toEqual(declaredComponents().sort());
});

it("compiles by the letter of the documents all 37 unmodified components but one", async () => {
  const refused: Record<string, string> = {};
  for (const page of miniAntuiPages()) {
    const result = await compilePages([page]);
    if (!result.app) {
      refused[page.component] = result.faults.map(({ file, line, code }) => `${file}:${line} ${code}`).join(" ");
    }
  }
  expect(miniAntuiPages()).toHaveLength(37);
  expect(refused).toEqual(REFUSED);
});

it("compiles the 36 to one app", async () => {
  const result = await compilePages(miniAntuiPages().filter(({ component }) => !(component in REFUSED)));
  expect(result.app?.pages).toHaveLength(36);
});
