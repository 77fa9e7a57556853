import type { CompiledTemplate, Place } from "../../compiled";
import { SourceText, type Faults } from "../fault";
import type { ProjectFiles } from "../files";
import { findAttribute, readMarkup, type MarkupAttribute, type MarkupElement, type MarkupNode } from "./markup";
import type { SjsModule, SjsModules } from "../sjs/sjs";

/** One .axml, read once for the whole app: what it defines and names, and what is left to render. */
export interface AxmlFile {
  path: string;
  source: SourceText;
  /** Everything but template definitions, imports and sjs imports. */
  body: MarkupNode[];
  templates: Map<string, MarkupElement>;
  /** Files named by `<import src>`, in order. */
  imports: string[];
  /** sjs modules and members by the names that this file gives them. */
  sjs: Map<string, CompiledTemplate["sjs"][string]>;
}

/** Reads the .axml files of a project, each once. */
export class AxmlFiles {
  private readonly byPath = new Map<string, AxmlFile>();

  constructor(
    private readonly files: ProjectFiles,
    private readonly sjs: SjsModules,
    private readonly faults: Faults,
    private readonly warnings: Faults,
  ) {}

  /** The file at a project path that exists. */
  get(path: string): AxmlFile {
    const known = this.byPath.get(path);
    if (known) return known;
    const source = new SourceText(path, this.files.read(path) ?? "");
    const file: AxmlFile = { path, source, body: [], templates: new Map(), imports: [], sjs: new Map() };
    this.byPath.set(path, file);
    for (const node of readMarkup(source, this.faults)) this.take(file, node);
    return file;
  }

  /** The .axml that `src` of an import or include means; a fault where there is none. */
  resolve(file: AxmlFile, element: MarkupElement): string | null {
    const src = this.staticAttribute(file, element, "src");
    if (!src) return null;
    const path = this.files.resolve(src.value, file.path, ["", ".axml"]);
    if (path === null) {
      this.faults.add(file.source.place(src.start), "import_missing", `There is no file ${src.value}.`);
    }
    return path;
  }

  /** An attribute that must be there and hold no mustache. */
  staticAttribute(file: AxmlFile, element: MarkupElement, name: string): (MarkupAttribute & { value: string }) | null {
    const attribute = findAttribute(element, name);
    if (attribute === undefined || attribute.value === null || attribute.value.trim() === "") {
      const place = file.source.place(attribute?.start ?? element.start);
      this.faults.add(place, "attribute_missing", `<${element.tag}> needs the attribute ${name}.`);
      return null;
    }
    if (attribute.value.includes("{{")) {
      const place = file.source.place(attribute.valueStart);
      this.faults.add(place, "attribute_not_static", `${name} of <${element.tag}> must be plain text.`);
      return null;
    }
    return { ...attribute, value: attribute.value.trim() };
  }

  private take(file: AxmlFile, node: MarkupNode): void {
    if (node.kind === "text") file.body.push(node);
    else if (node.tag === "import") this.takeImport(file, node);
    else if (node.tag === "import-sjs") this.takeSjs(file, node);
    else if (node.tag === "template" && findAttribute(node, "name")) this.takeTemplate(file, node);
    else {
      file.body.push(node);
      this.takeNested(file, node);
    }
  }

  /** An `<import>` further down is no less meant for the file. */
  private takeNested(file: AxmlFile, element: MarkupElement): void {
    for (const child of element.children) {
      if (child.kind !== "element") continue;
      if (child.tag === "import") this.takeImport(file, child);
      else this.takeNested(file, child);
    }
  }

  private takeImport(file: AxmlFile, element: MarkupElement): void {
    const path = this.resolve(file, element);
    if (path !== null) file.imports.push(path);
  }

  private takeTemplate(file: AxmlFile, element: MarkupElement): void {
    const name = this.staticAttribute(file, element, "name");
    if (!name) return;
    if (file.templates.has(name.value)) {
      this.faults.add(file.source.place(name.start), "template_duplicated", `Template ${name.value} is defined twice.`);
    }
    file.templates.set(name.value, element);
    const roots = element.children.filter((child) =>
      child.kind === "text"
        ? child.text.trim() !== ""
        : !findAttribute(child, "a:elif") && !findAttribute(child, "a:else"),
    );
    const second = roots[1];
    if (second) {
      // DingTalk documents one root as the rule, yet its client renders several: said, not refused.
      const message = `Template ${name.value} has more than one root node, which DingTalk's documents forbid.`;
      this.warnings.add(file.source.place(second.start), "template_roots", message);
    }
  }

  private takeSjs(file: AxmlFile, element: MarkupElement): void {
    const name = this.staticAttribute(file, element, "name");
    const from = this.staticAttribute(file, element, "from");
    if (!name || !from) return;
    const path = this.files.resolve(from.value, file.path, [""]);
    const module = path?.endsWith(".sjs") ? this.sjs.use(path) : null;
    if (!module) this.faults.add(file.source.place(from.start), "sjs_missing", `There is no sjs module ${from.value}.`);
    for (const [local, member] of this.sjsNames(file, name)) {
      file.sjs.set(local, this.sjsTarget(module, member, file.source.place(name.valueStart)));
    }
  }

  private sjsTarget(module: SjsModule | null, member: string, place: Place): CompiledTemplate["sjs"][string] {
    if (module === null) return { path: "" };
    if (module.exports.has(member)) return { path: module.path, member };
    if (member !== "default") {
      this.faults.add(place, "sjs_export_missing", `${module.path} exports no ${member}.`);
    }
    return { path: module.path };
  }

  /** `m` is the default export; `{x, y: z}` are named ones: local name and exported name. */
  private sjsNames(file: AxmlFile, name: MarkupAttribute & { value: string }): [string, string][] {
    const braces = /^\{(.*)\}$/s.exec(name.value);
    const pairs = (braces?.[1] ?? `default:${name.value}`)
      .split(",")
      .map((pair) => pair.split(":").map((part) => part.trim()));
    const named: [string, string][] = [];
    for (const [exported = "", local = exported] of pairs) {
      if (exported === "" && local === "") continue;
      if (/^[A-Za-z_$][\w$]*$/.test(local)) named.push([local, exported]);
      else this.faults.add(file.source.place(name.valueStart), "name_invalid", `${local} is not a name.`);
    }
    return named;
  }
}
