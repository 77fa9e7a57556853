import type { Expression, TemplateNode, Value } from "../compiled";
import type { AxmlFile, AxmlFiles } from "./axml/file";
import { expressionReader, type ReadExpression } from "./axml/expression";
import type { FaultCode, Faults } from "./fault";
import type { MarkupAttribute, MarkupElement, MarkupNode } from "./axml/markup";
import { onlyMustache, readValue } from "./axml/mustache";

/** Tag -> component path; null where the manifest's fault was already reported. */
export type ComponentNames = ReadonlyMap<string, string | null>;

/** The template of one page or component while it is made. */
export interface Unit {
  readonly components: ComponentNames;
  readonly axml: AxmlFiles;
  readonly faults: Faults;
  readonly warnings: Faults;
  /** Compiles siblings. */
  build(nodes: readonly MarkupNode[], context: Context): TemplateNode[];
  /** The templates that a file may use: name -> key in `CompiledTemplate.templates`. */
  templateNames(file: AxmlFile): Map<string, string>;
  /** Where the content of a file stands; `around` is the place that includes it. */
  contextOf(file: AxmlFile, around?: Context): Context;
  isMain(file: AxmlFile): boolean;
}

/** Where a piece of AXML stands. */
export interface Context {
  unit: Unit;
  file: AxmlFile;
  /** sjs names of this file -> names in the compiled template. */
  sjs: ReadonlyMap<string, string>;
  /** Loop variables and slot scopes around it. */
  local: ReadonlySet<string>;
  /** Inside `<text>`: white space is content. */
  inText: boolean;
  /** Files being included, outermost first. */
  including: readonly string[];
}

/** The reader for expressions at this place. */
export function readerOf(context: Context, asData = false): ReadExpression {
  const { file, sjs, local, unit } = context;
  const packaged = file.path.startsWith("/node_modules/");
  return expressionReader(file.source, unit, { sjs, local, packaged }, asData);
}

/** An attribute's value; without one it is true, as `<view hidden>`. */
export function readAttribute(attribute: MarkupAttribute, context: Context): Value {
  if (attribute.value === null) return { kind: "expression", expression: { kind: "literal", value: true } };
  return readValue(attribute.value, attribute.valueStart, readerOf(context));
}

/** The value of a directive that must be exactly one mustache. */
export function readOnlyExpression(
  element: MarkupElement,
  attribute: MarkupAttribute,
  context: Context,
  asData = false,
): Expression {
  const { file, unit } = context;
  const only = onlyMustache(attribute.value ?? "", attribute.valueStart, file.source, unit.faults);
  if (only) return readerOf(context, asData)(only.text, only.start);
  const message = `${attribute.name} of <${element.tag}> must be exactly one {{expression}}.`;
  fault(context, attribute.start, "value_not_expression", message);
  return { kind: "undefined" };
}

/** Reports a fault at an offset of the file at hand. */
export function fault(context: Context, offset: number, code: FaultCode, message: string): void {
  context.unit.faults.add(context.file.source.place(offset), code, message);
}
