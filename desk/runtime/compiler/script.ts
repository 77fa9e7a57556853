import { Script } from "node:vm";
import { parse, tokenizer } from "acorn";
import { transform, type TransformFailure } from "esbuild";
import { LOGIC_NAMES } from "../compiled";
import { SourceText, type Faults } from "./fault";
import type { ProjectFiles } from "./files";

const ENDINGS = ["", ".js", ".json", "/index.js", "package"];
const REQUIRE = /(?<![.\w$])require\(\s*(?:"([^"\n]+)"|'([^'\n]+)')\s*\)/g;
/** A module of ECMAScript, which is always strict; any other file is as strict as it says itself. */
const MODULE = /^\s*(?:import|export)\b/m;
/** Names that DingTalk keeps for itself: https://open.dingtalk.com/document/development/the-javascript-engine-for-mini-programs-1 */
const RESERVED =
  /^[ \t]*import\s+(?:\*\s*as\s+)?(globalThis|global|AlipayJSBridge|fetch|self|window|document|location|XMLHttpRequest)\b/gm;

/** The logic's JavaScript: entries and all that they require, each file once. */
export class Scripts {
  /** Path -> its `__define(…)`; in the order in which files were met. */
  private readonly defined = new Map<string, string>();
  private pending: string[] = [];

  constructor(
    private readonly files: ProjectFiles,
    private readonly faults: Faults,
    /** The program's own files are strict, as what DingTalk's IDE makes of modules. */
    private readonly strict: boolean,
  ) {}

  /** Takes a file that exists, and everything it requires, into the script. */
  add(path: string): void {
    if (this.defined.has(path)) return;
    this.defined.set(path, "");
    this.pending.push(path);
  }

  /** Compiles what was added. */
  async compile(): Promise<void> {
    while (this.pending.length > 0) {
      const wave = this.pending;
      this.pending = [];
      await Promise.all(wave.map((path) => this.define(path)));
    }
  }

  /** Puts a file's code in the place of one that cannot run. */
  replace(path: string, body: string): void {
    this.defined.set(path, wrapped(path, body, true));
  }

  /** What was compiled: see `CompiledApp.logicScript`. */
  script(): string {
    return [...this.defined.values()].join("\n");
  }

  private async define(path: string): Promise<void> {
    const source = new SourceText(path, this.files.read(path) ?? "");
    const body = path.endsWith(".json") ? this.readData(source) : await this.transpile(source);
    const sloppy = !MODULE.test(source.text) && (!this.strict || path.startsWith("/node_modules/"));
    const code = wrapped(path, body, !sloppy);
    if (this.parses(code, source)) this.defined.set(path, code);
  }

  private readData(source: SourceText): string {
    try {
      return `module.exports = ${JSON.stringify(JSON.parse(source.text))};`;
    } catch {
      this.faults.add(source.place(0), "json_syntax", "This is not JSON.");
      return "";
    }
  }

  private async transpile(source: SourceText): Promise<string> {
    const packaged = source.file.startsWith("/node_modules/");
    if (packaged && !this.isOldEnough(source)) return "";
    for (const match of source.text.matchAll(RESERVED)) {
      const message = `${match[1] ?? ""} is reserved by DingTalk and cannot name a module.`;
      this.faults.add(source.place(match.index), "script_reserved_name", message);
    }
    try {
      const result = await transform(source.text, {
        format: "cjs",
        target: "es2017",
        loader: "js",
        charset: "utf8",
        logLevel: "silent",
      });
      return this.withPaths(result.code, source);
    } catch (error) {
      this.reportFailure(error as TransformFailure, source);
      return "";
    }
  }

  /** The IDE does not transpile node_modules, and DingTalk's oldest engine knows ES2017. */
  private isOldEnough(source: SourceText): boolean {
    const options = { ecmaVersion: 2017, allowReturnOutsideFunction: true, allowHashBang: true } as const;
    const sourceType = MODULE.test(source.text) ? "module" : "script";
    try {
      parse(source.text, { ...options, sourceType });
      return true;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const offset = (error as SyntaxError & { pos?: number }).pos ?? 0;
      const message = "Not ES2017, and DingTalk's IDE does not transpile node_modules.";
      this.faults.add(source.place(offset), "script_newer_than_es2017", message);
      return false;
    }
  }

  /** Makes the paths of `require("…")` absolute and follows them. */
  private withPaths(code: string, source: SourceText): string {
    return code.replace(REQUIRE, (whole, double: string | undefined, single: string | undefined) => {
      const specifier = double ?? single ?? "";
      const path = this.files.resolve(specifier, source.file, ENDINGS);
      if (path !== null) {
        this.add(path);
        return `require(${JSON.stringify(path)})`;
      }
      const place = findRequire(source.text, specifier);
      if (place !== null) {
        this.faults.add(source.place(place), "module_missing", `There is no module ${specifier}.`);
      }
      return whole;
    });
  }

  private reportFailure(failure: TransformFailure, source: SourceText): void {
    for (const { text, location } of failure.errors ?? []) {
      const place = { file: source.file, line: location?.line ?? 1, column: (location?.column ?? 0) + 1 };
      this.faults.add(place, "script_syntax", `${text}.`);
    }
    if (failure.errors === undefined) throw failure;
  }

  /** One module that the engine refuses (sloppy-only code) would take all others with it. */
  private parses(code: string, source: SourceText): boolean {
    try {
      new Script(code, { filename: source.file, lineOffset: -1 });
      return true;
    } catch (error) {
      // By name: an engine's own error is of another realm under a test runner.
      const failure = error as Partial<Error>;
      if (failure.name !== "SyntaxError") throw error;
      const line = Number(/:(\d+)\n/.exec(failure.stack ?? "")?.[1] ?? 1);
      this.faults.add(
        { file: source.file, line: Math.max(1, line), column: 1 },
        "script_syntax",
        `${failure.message ?? ""}.`,
      );
      return false;
    }
  }
}

/** A module's `__define(…)`. The inner function lets it declare a name that is a parameter here, and gives it its `this`. */
function wrapped(path: string, body: string, strict: boolean): string {
  const names = ["require", "module", "exports", ...LOGIC_NAMES].join(", ");
  const inner = `(function () {\n${body}\n}).call(exports);`;
  return `__define(${JSON.stringify(path)}, function (${names}) { ${strict ? '"use strict"; ' : ""}${inner} });`;
}

/**
 * Where the source names the module. A bundle may hold `require("./x")` of its own inside a string or a function with a
 * parameter of that name: null then, since nothing is missing. Asked only for what was not found, as it reads slowly.
 */
function findRequire(text: string, specifier: string): number | null {
  if (/function\s*\w*\s*\([^)]*\brequire\b/.test(text)) return null;
  try {
    return findToken(text, specifier);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const ASKS = /(?:\brequire\(|\bfrom|\bimport|\bimport\()$/;

function findToken(text: string, specifier: string): number | null {
  let before = "";
  for (const token of tokenizer(text, { ecmaVersion: "latest", sourceType: "module" })) {
    const named = token.type.label === "string" && "value" in token && token.value === specifier;
    if (named && ASKS.test(before)) return token.start;
    before = before.slice(-20) + (token.type.label === "(" ? "" : " ") + text.slice(token.start, token.end);
  }
  return null;
}
