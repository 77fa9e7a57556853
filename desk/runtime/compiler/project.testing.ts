import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { CompiledApp, TemplateNode } from "../compiled";
import { compileMiniProgram, type CompileResult } from "./compile";

/** A tiny right program: one page, one component. Tests put one thing over it. */
export const SMALL_APP: Readonly<Record<string, string>> = {
  "app.json": '{ "pages": ["pages/a/a"] }',
  "app.js": "App({});",
  "pages/a/a.json": '{ "usingComponents": { "card": "/components/card/card" } }',
  "pages/a/a.axml": "<view>hello</view>",
  "pages/a/a.js": "Page({});",
  "components/card/card.json": '{ "component": true }',
  "components/card/card.axml": "<view><slot /></view>",
  "components/card/card.js": "Component({});",
};

/** Compiles `files` over the tiny program, from a folder that is gone afterwards; null leaves a file out. */
export async function compileFiles(files: Record<string, string | null>, strict = true): Promise<CompileResult> {
  const folder = mkdtempSync(join(tmpdir(), "mini-program-"));
  try {
    for (const [name, text] of Object.entries({ ...SMALL_APP, ...files })) {
      if (text === null) continue;
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return await compileMiniProgram(folder, { strict });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The app of a program that must be right. */
export async function appOf(files: Record<string, string | null>): Promise<CompiledApp> {
  const result = await compileFiles(files);
  if (!result.app) throw new Error(JSON.stringify(result.faults, null, 2));
  return result.app;
}

/** What the page `pages/a/a` renders for that AXML. */
export async function nodesOf(axml: string, files: Record<string, string | null> = {}): Promise<TemplateNode[]> {
  const app = await appOf({ ...files, "pages/a/a.axml": axml });
  return app.page["pages/a/a"]?.template.nodes ?? [];
}
