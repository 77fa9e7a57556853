import type { CompiledTemplate, CompileFault, TemplateNode } from "../compiled";
import type { ProjectFiles } from "./files";
import type { Scripts } from "./script";

const ENDINGS = [".axml", ".json", ".acss", ".js"];

/** Pages and components with faults: they show them in their place, so that all others run. */
export class Broken {
  constructor(
    private readonly files: ProjectFiles,
    private readonly scripts: Scripts,
    private readonly faults: readonly CompileFault[],
  ) {}

  /** The faults in these files and in those that they name. */
  faultsOf(paths: readonly string[]): CompileFault[] {
    const reached = this.files.reach(paths);
    return this.faults.filter(({ file }) => reached.has(file));
  }

  /** Gives a part with faults a template that tells them, and code that registers an empty one. */
  show(part: { template: CompiledTemplate } | undefined, path: string, kind: "Page" | "Component"): void {
    const found = this.faultsOf(ENDINGS.map((ending) => path + ending));
    if (!part || found.length === 0) return;
    part.template = { nodes: found.map(boxOf), templates: {}, sjs: {} };
    this.scripts.replace(`${path}.js`, `${kind}({});`);
  }
}

function boxOf({ file, line, column, message }: CompileFault): TemplateNode {
  return {
    kind: "element",
    tag: "view",
    attributes: [{ name: "class", value: { kind: "parts", parts: ["a-fault"] } }],
    events: [],
    children: [{ kind: "text", value: { kind: "parts", parts: [`${file}:${line}:${column} ${message}`] } }],
    place: { file, line, column },
  };
}
