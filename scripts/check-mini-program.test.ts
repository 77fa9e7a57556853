import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildMiniProgram, packageSize } from "./build-mini-program";
import { checkSyntax, runUnderOldEngine } from "./check-mini-program";

let folder: string;

jest.setTimeout(240_000); // the old engine is installed from npm at first use
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "dingboard-package-"));
  await buildMiniProgram({ publicUrl: "https://bi.example.com", outDir: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("holds nothing newer than ES2017, which DingTalk on Android would not parse", () => {
  expect(() => checkSyntax(folder)).not.toThrow();
});

it("finds newer syntax where there is some", () => {
  const newer = join(folder, "newer.js");
  writeFileSync(newer, "const a = b?.c;\n");

  expect(() => checkSyntax(folder)).toThrow("newer.js");
  rmSync(newer);
});

it("is at most 1 MB", () => {
  expect(packageSize(folder)).toBeLessThanOrEqual(1024 * 1024);
});

// npm has that engine for this platform only
const onOldEngine = process.platform === "linux" && process.arch === "x64" ? it : it.skip;

onOldEngine("signs in, lists reports and lays charts out under V8 6.8 without the browser's and Node's globals", () => {
  expect(runUnderOldEngine(folder, join(process.cwd(), ".data/engine"))).toContain("V8 6.8");
});
