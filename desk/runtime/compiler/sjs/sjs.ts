import { transform } from "esbuild";
import { parse, type Program } from "acorn";
import { SourceText, type Faults } from "../fault";
import type { ProjectFiles } from "../files";
import { checkSjs, type SjsCheck } from "./subset";

export interface SjsModule {
  path: string;
  /** Names that it exports; "default" for the default export. */
  exports: ReadonlySet<string>;
}

interface ReadModule extends SjsModule {
  source: SourceText;
  /** Null while it is read, and where it is no JavaScript at all. */
  check: SjsCheck | null;
}

/** The sjs modules that templates name, and those that these import. */
export class SjsModules {
  private readonly modules = new Map<string, ReadModule>();

  constructor(
    private readonly files: ProjectFiles,
    private readonly faults: Faults,
  ) {}

  /** Takes the module at a project path into the app; null where there is no such file. */
  use(path: string): SjsModule | null {
    const known = this.modules.get(path);
    if (known !== undefined) return known;
    const text = this.files.read(path);
    if (text === null) return null;
    // Set first, since modules may import each other.
    const module: ReadModule = { path, exports: new Set(), source: new SourceText(path, text), check: null };
    this.modules.set(path, module);
    const program = this.parse(module.source);
    if (program === null) return module;
    module.check = checkSjs(program, module.source, this.faults);
    module.exports = module.check.exports;
    for (const { specifier, start } of module.check.imports) this.follow(module.source, specifier, start);
    return module;
  }

  /** All modules as one script: see `CompiledApp.sjsScript`. */
  async script(): Promise<string> {
    const wrapped = await Promise.all([...this.modules.values()].map((module) => wrap(module, this.files)));
    return `(function () {\n${RUNTIME}\n${wrapped.join("\n")}\n})();`;
  }

  private parse(source: SourceText): Program | null {
    try {
      return parse(source.text, { ecmaVersion: "latest", sourceType: "module" });
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const offset = (error as SyntaxError & { pos?: number }).pos ?? 0;
      this.faults.add(source.place(offset), "sjs_syntax", error.message.replace(/ \(.*\)$/, "."));
      return null;
    }
  }

  private follow(source: SourceText, specifier: string, start: number): void {
    const path = this.files.resolve(specifier, source.file, [""]);
    if (path?.endsWith(".sjs")) this.use(path);
    else this.faults.add(source.place(start), "sjs_missing", `There is no sjs module ${specifier}.`);
  }
}

/** What SJS has instead of `new Date` and regular expressions, and `constructor`, which is a name there. */
const RUNTIME = `function getDate() {
  var parts = Array.prototype.slice.call(arguments);
  return new (Function.prototype.bind.apply(Date, [null].concat(parts)))();
}
function getRegExp(pattern, flags) { return new RegExp(pattern, flags); }
function $constructor(value) {
  if (value === null || value === undefined) return value.constructor;
  var kind = Object.prototype.toString.call(value).slice(8, -1);
  return value !== Object(value) || kind !== "Object" ? kind : Object.prototype.hasOwnProperty.call(value, "constructor") ? value.constructor : "Object";
}`;

async function wrap(module: ReadModule, files: ProjectFiles): Promise<string> {
  const { source, check } = module;
  if (check === null) return "";
  let text = source.text;
  for (const edit of [...check.edits].sort((a, b) => b.start - a.start || b.end - a.end)) {
    text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  }
  const globals = check.globals.length > 0 ? `var ${check.globals.join(", ")};` : "";
  const { code } = await transform(text + "\n" + globals, { format: "cjs", target: "es2017", loader: "js" });
  const resolved = code.replace(/\brequire\("([^"]+)"\)/g, (whole, specifier: string) => {
    const path = files.resolve(specifier, source.file, [""]);
    return path === null ? whole : `require(${JSON.stringify(path)})`;
  });
  return `__sjs(${JSON.stringify(module.path)}, function (require, module, exports) {\n${resolved}\n});`;
}
