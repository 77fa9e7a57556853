import type { CompiledTemplate, TemplateNode } from "../../compiled";
import type { AxmlFile, AxmlFiles } from "./file";
import type { ComponentNames, Context, Unit } from "../context";
import type { Faults } from "../fault";
import { buildNodes } from "./nodes";

/** Makes the template of one page or component out of its .axml and what that imports. */
export function compileTemplate(
  path: string,
  components: ComponentNames,
  axml: AxmlFiles,
  faults: Faults,
  warnings: Faults,
): CompiledTemplate {
  return new TemplateUnit(axml.get(path), components, axml, faults, warnings).compile();
}

class TemplateUnit implements Unit {
  readonly build = buildNodes;
  private readonly compiled: CompiledTemplate = { nodes: [], templates: {}, sjs: {} };

  constructor(
    private readonly main: AxmlFile,
    readonly components: ComponentNames,
    readonly axml: AxmlFiles,
    readonly faults: Faults,
    readonly warnings: Faults,
  ) {}

  compile(): CompiledTemplate {
    this.templateNames(this.main);
    this.compiled.nodes = buildNodes(this.main.body, this.contextOf(this.main));
    return this.compiled;
  }

  /**
   * The templates that a file may use, its own and those of the files it imports (not of their imports), each compiled:
   * name -> key in `templates`. Only the main file's names are keys themselves, so that two imported files may each
   * have a template of one name.
   */
  templateNames(file: AxmlFile): Map<string, string> {
    const names = new Map<string, string>();
    for (const owner of [...file.imports.map((path) => this.axml.get(path)), file]) {
      for (const name of owner.templates.keys()) {
        names.set(name, file === this.main ? name : `${name}@${owner.path}`);
      }
    }
    for (const owner of [file, ...file.imports.map((path) => this.axml.get(path)).reverse()]) {
      for (const name of owner.templates.keys()) this.compileDefinition(owner, name, names.get(name) ?? name);
    }
    return names;
  }

  /** Where expressions of an included file stand: it sees what the including file names, and its own sjs modules. */
  contextOf(file: AxmlFile, around?: Context): Context {
    const sjs = new Map(around?.sjs);
    for (const [local, target] of file.sjs) {
      // "@" cannot occur in an expression, so an imported file's modules never hide the page's data.
      const name = file === this.main ? local : `${local}@${file.path}`;
      sjs.set(local, name);
      this.compiled.sjs[name] = target;
    }
    return {
      unit: this,
      file,
      sjs,
      local: around?.local ?? new Set(),
      inText: around?.inText ?? false,
      including: [...(around?.including ?? []), file.path],
    };
  }

  isMain(file: AxmlFile): boolean {
    return file === this.main;
  }

  private compileDefinition(owner: AxmlFile, name: string, key: string): void {
    const element = owner.templates.get(name);
    if (this.compiled.templates[key] !== undefined || !element) return;
    // Stands before its content is made: a template may use itself.
    const nodes: TemplateNode[] = [];
    this.compiled.templates[key] = nodes;
    nodes.push(...buildNodes(element.children, this.contextOf(owner)));
  }
}
