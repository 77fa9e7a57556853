import type { Attribute, EventBinding, TemplateNode, Value } from "../../compiled";
import { BUILT_IN_TAGS, DIRECTIVES } from "./builtin";
import { findAttribute, type MarkupElement, type MarkupNode } from "./markup";
import { fault, readAttribute, readOnlyExpression, type Context } from "../context";

/** Compiles one element without its `a:if` and `a:for`, which stand around it already. */
export function buildElement(element: MarkupElement, context: Context): TemplateNode[] {
  checkDirectives(element, context);
  switch (element.tag) {
    case "block":
      return context.unit.build(element.children, context);
    case "slot":
      return [buildSlot(element, context)];
    case "template":
      return buildTemplateUse(element, context);
    case "include":
      return buildInclude(element, context);
    case "import":
      fault(context, element.start, "import_nested", "<import> must stand at the top of the file.");
      return [];
    case "import-sjs":
      fault(context, element.start, "template_nested", `<${element.tag}> must stand at the top of the file.`);
      return [];
    default:
      return buildTag(element, context);
  }
}

function checkDirectives(element: MarkupElement, context: Context): void {
  for (const { name, start } of element.attributes) {
    const prefix = /^([\w-]*):/.exec(name)?.[1];
    if (prefix === undefined || DIRECTIVES.has(name) || prefix === "xmlns") continue;
    fault(context, start, "directive_unknown", `DingTalk has no directive ${name}.`);
  }
}

function buildSlot(element: MarkupElement, context: Context): TemplateNode {
  const name = findAttribute(element, "name");
  const own = new Set(["name", "slot", "key"]);
  const attributes = element.attributes.filter((attribute) => !own.has(attribute.name) && !isDirective(attribute.name));
  return {
    kind: "slot",
    name: name ? readAttribute(name, context) : { kind: "parts", parts: [""] },
    attributes: attributes.map((attribute) => ({ name: attribute.name, value: readAttribute(attribute, context) })),
    fallback: context.unit.build(element.children, context),
  };
}

function buildTemplateUse(element: MarkupElement, context: Context): TemplateNode[] {
  const is = findAttribute(element, "is");
  if (!is?.value) {
    const [code, message] = findAttribute(element, "name")
      ? (["template_nested", "A template must be defined at the top of the file."] as const)
      : (["attribute_missing", "<template> needs the attribute is, or name."] as const);
    fault(context, element.start, code, message);
    return [];
  }
  const names = context.unit.templateNames(context.file);
  const data = findAttribute(element, "data");
  const given = data ? { data: readOnlyExpression(element, data, context, true) } : {};
  const value = readAttribute(is, context);
  if (value.kind === "expression" || value.parts.some((part) => typeof part !== "string")) {
    // A computed name: where names are not keys (in imported files), the view needs the table.
    return [
      {
        kind: "template",
        is: value,
        ...given,
        ...(context.unit.isMain(context.file) ? {} : { names: Object.fromEntries(names) }),
      },
    ];
  }
  const key = names.get(is.value);
  if (key === undefined) {
    fault(context, is.start, "template_unknown", `There is no template ${is.value} in this file or its imports.`);
    return [];
  }
  return [{ kind: "template", is: { kind: "parts", parts: [key] }, ...given }];
}

function buildInclude(element: MarkupElement, context: Context): TemplateNode[] {
  const { unit } = context;
  const path = unit.axml.resolve(context.file, element);
  if (path === null) return [];
  if (context.including.includes(path)) {
    fault(context, element.start, "include_cycle", `${[...context.including, path].join(" includes ")}.`);
    return [];
  }
  const included = unit.axml.get(path);
  return context.unit.build(included.body, unit.contextOf(included, context));
}

function buildTag(element: MarkupElement, context: Context): TemplateNode[] {
  const { tag } = element;
  const path = context.unit.components.get(tag);
  if (typeof path === "string") return [buildComponent(element, path, context)];
  if (path === undefined && !BUILT_IN_TAGS.has(tag) && /^[A-Za-z][\w.-]*$/.test(tag)) {
    const message = `<${tag}> is neither a component of DingTalk nor in usingComponents.`;
    fault(context, element.start, "tag_unknown", message);
  }
  const { attributes, events, key } = readAttributes(element, context, false);
  const inside = tag === "text" ? { ...context, inText: true } : context;
  const children = context.unit.build(element.children, inside);
  return [{ kind: "element", tag, attributes, events, children, ...key, place: placeOf(element, context) }];
}

function buildComponent(element: MarkupElement, path: string, context: Context): TemplateNode {
  const { attributes, events, key } = readAttributes(element, context, true);
  const ref = findAttribute(element, "ref");
  return {
    kind: "component",
    tag: element.tag,
    path,
    attributes,
    events,
    ...(ref ? { ref: readAttribute(ref, context) } : {}),
    ...key,
    slots: buildSlots(element, context),
    place: placeOf(element, context),
  };
}

type Slots = Extract<TemplateNode, { kind: "component" }>["slots"];

/** A component's content by the slot that each direct child names. */
function buildSlots(element: MarkupElement, context: Context): Slots {
  const groups = new Map<string, MarkupNode[]>();
  for (const child of element.children) {
    if (child.kind === "text" && child.text.trim() === "") continue;
    const name = child.kind === "element" ? slotName(child, context) : "";
    groups.set(name, [...(groups.get(name) ?? []), child]);
    if (child.kind === "element" && child.tag === "block") refuseNestedSlots(child, context);
  }
  const slots: Slots = {};
  for (const [name, nodes] of groups) {
    const scope = slotScope(nodes, context);
    const inside = scope === null ? context : { ...context, local: new Set([...context.local, scope]) };
    slots[name] = {
      nodes: context.unit.build(nodes, { ...inside, inText: false }),
      ...(scope === null ? {} : { scope }),
    };
  }
  return slots;
}

function slotName(child: MarkupElement, context: Context): string {
  const attribute = findAttribute(child, "slot");
  if (!attribute?.value) return "";
  if (!attribute.value.includes("{{")) return attribute.value.trim();
  fault(context, attribute.valueStart, "attribute_not_static", "The name of a slot must be plain text.");
  return "";
}

/** `<block a:if><view slot="x"/></block>` would land in the default slot: said instead of rendered wrong. */
function refuseNestedSlots(block: MarkupElement, context: Context): void {
  for (const child of block.children) {
    if (child.kind !== "element") continue;
    const slot = findAttribute(child, "slot");
    if (slot) {
      const message = "slot must stand on a direct child of the component: put it on the block.";
      fault(context, slot.start, "slot_misplaced", message);
    }
    if (child.tag === "block") refuseNestedSlots(child, context);
  }
}

function slotScope(nodes: readonly MarkupNode[], context: Context): string | null {
  let scope: string | null = null;
  for (const node of nodes) {
    const attribute = node.kind === "element" ? findAttribute(node, "slot-scope") : undefined;
    if (!attribute) continue;
    const name = attribute.value ?? "";
    if (!/^[A-Za-z_$][\w$]*$/.test(name)) {
      fault(context, attribute.start, "name_invalid", "slot-scope must be the name of a variable.");
    } else if (scope !== null && scope !== name) {
      fault(context, attribute.start, "slot_scope_mismatch", `This slot's scope is called ${scope} already.`);
    } else scope = name;
  }
  return scope;
}

interface ReadAttributes {
  attributes: Attribute[];
  events: EventBinding[];
  key: { key?: Value };
}

function readAttributes(element: MarkupElement, context: Context, component: boolean): ReadAttributes {
  const read: ReadAttributes = { attributes: [], events: [], key: {} };
  for (const attribute of element.attributes) {
    const { name } = attribute;
    if (isDirective(name) || isHandled(name, component)) continue;
    const event = /^(on|catch)([A-Z].*)$/.exec(name);
    if (name === "key") read.key = { key: readAttribute(attribute, context) };
    else if (event) {
      if (attribute.value === null) {
        fault(context, attribute.start, "event_handler_empty", `${name} needs the name of a method.`);
      }
      const type = component ? name : lowerFirst(event[2] ?? "");
      read.events.push({ type, handler: readAttribute(attribute, context), stops: event[1] === "catch" });
    } else read.attributes.push({ name, value: readAttribute(attribute, context) });
  }
  return read;
}

const isHandled = (name: string, component: boolean): boolean =>
  name === "slot" || name === "slot-scope" || (component && name === "ref");

const isDirective = (name: string): boolean => name.includes(":");

const lowerFirst = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);

const placeOf = (element: MarkupElement, context: Context): ReturnType<Context["file"]["source"]["place"]> =>
  context.file.source.place(element.start);
