import { resolve } from "node:path";
import { compileMiniProgram } from "./compile";

/** `npx tsx desk/runtime/compiler/main.ts DIR`: says what is wrong with a built mini program, or what it consists of. */
async function main(folder: string | undefined): Promise<number> {
  if (folder === undefined) {
    console.error("Usage: main.ts DIR (the folder with app.json)");
    return 2;
  }
  const started = performance.now();
  const result = await compileMiniProgram(resolve(folder));
  if (!result.app) {
    for (const { file, line, column, code, message } of result.faults) {
      console.log(`${file}:${line}:${column} ${code}: ${message}`);
    }
    console.log(`${result.faults.length} faults`);
    return 1;
  }
  for (const { file, line, column, code, message } of result.warnings) {
    console.log(`${file}:${line}:${column} warning ${code}: ${message}`);
  }
  const { app } = result;
  const kilobytes = Math.round(app.logicScript.length / 1024);
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  const parts = `${app.pages.length} pages, ${Object.keys(app.components).length} components, ${app.assets.length} assets`;
  console.log(`${parts}, ${kilobytes} KB of logic, compiled in ${seconds} s`);
  return 0;
}

void main(process.argv[2]).then((code) => {
  process.exitCode = code;
});
