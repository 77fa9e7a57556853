import { parse } from "acorn";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

function scriptsUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? scriptsUnder(path) : /\.(js|sjs)$/.test(entry.name) ? [path] : [];
  });
}

/** Throws unless every script under a folder is ES2017: what DingTalk's oldest engine reads. */
export function checkSyntax(folder: string): void {
  for (const file of scriptsUnder(folder)) {
    try {
      parse(readFileSync(file, "utf8"), { ecmaVersion: 2017, sourceType: file.endsWith(".sjs") ? "module" : "script" });
    } catch (error) {
      throw new Error(`${file} is not ES2017: ${String(error)}`, { cause: error });
    }
  }
}
