import { Fragment, h } from "preact";
import type { ComponentChild, ComponentChildren } from "preact";
import type { Attribute, EventBinding, TemplateNode } from "../compiled";
import type { FunctionProp, JsonObject } from "../protocol";
import { MiniComponent } from "./component";
import { drawElement } from "./elements/draw";
import { faultBox } from "./elements/fault-box";
import { evaluate, textOf, valueOf } from "./expression";
import type { Scope } from "./expression";
import type { Binding, ElementInfo, Frame, SlotContent } from "./node";
import { datasetOf, isFunctionProp } from "./node";

type Node<Kind extends TemplateNode["kind"]> = Extract<TemplateNode, { kind: Kind }>;

/** The scope of a template file: its sjs modules before the data. */
export function templateScope(frame: Frame, names: Readonly<Record<string, unknown>>, outer: Scope | null): Scope {
  const data: Scope = { names, outer };
  const modules: Record<string, unknown> = {};
  for (const [name, wanted] of Object.entries(frame.template.sjs)) {
    const exports = frame.page.options.sjs[wanted.path];
    modules[name] =
      wanted.member === undefined ? exports : (exports as Record<string, unknown> | undefined)?.[wanted.member];
  }
  return Object.keys(modules).length === 0 ? data : { names: modules, outer: data };
}

/** Nodes of a template as preact sees them; a node that fails shows a red box and leaves its neighbours alone. */
export function drawNodes(nodes: readonly TemplateNode[], scope: Scope, frame: Frame): ComponentChildren[] {
  return nodes.map((node) => {
    try {
      return drawNode(node, scope, frame);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const place = "place" in node ? ` (${node.place.file}:${node.place.line})` : "";
      frame.page.fault(`${message}${place}`, error);
      return faultBox(message);
    }
  });
}

function drawNode(node: TemplateNode, scope: Scope, frame: Frame): ComponentChildren {
  switch (node.kind) {
    case "text":
      return textOf(valueOf(node.value, scope));
    case "element":
      return drawPlainElement(node, scope, frame);
    case "component":
      return drawComponent(node, scope, frame);
    case "if":
      return drawBranch(node, scope, frame);
    case "for":
      return drawList(node, scope, frame);
    case "template":
      return drawTemplate(node, scope, frame);
    case "slot":
      return drawSlot(node, scope, frame);
  }
}

function attributesOf(attributes: readonly Attribute[], scope: Scope): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ name, value }) => [name, valueOf(value, scope)]));
}

/** A handler is a method's name, or a function prop handed on to an element (its owner then is elsewhere). */
function bindingOf(event: EventBinding, scope: Scope, frame: Frame): Binding {
  const handler = valueOf(event.handler, scope);
  if (isFunctionProp(handler)) return { handler: handler.$handler, owner: handler.$owner, stops: event.stops };
  return { handler: textOf(handler), owner: frame.owner, stops: event.stops };
}

function drawPlainElement(node: Node<"element">, scope: Scope, frame: Frame): ComponentChild {
  const attributes = attributesOf(node.attributes, scope);
  const info: ElementInfo = {
    tag: node.tag,
    attributes,
    events: Object.fromEntries(node.events.map((event) => [event.type, bindingOf(event, scope, frame)])),
    dataset: datasetOf(attributes),
    frame,
  };
  return drawElement(info, drawNodes(node.children, scope, frame), keyOf(node, scope));
}

function keyOf(node: TemplateNode, scope: Scope): string | undefined {
  return "key" in node && node.key && node.kind !== "for" ? textOf(valueOf(node.key, scope)) : undefined;
}

function drawBranch(node: Node<"if">, scope: Scope, frame: Frame): ComponentChild | null {
  const chosen = node.branches.find((branch) => !branch.test || evaluate(branch.test, scope));
  return chosen ? h(Fragment, null, drawNodes(chosen.nodes, scope, frame)) : null;
}

/** Documented are arrays; numbers and objects are what the view layer of mini programs takes besides. */
function entriesOf(list: unknown): [string | number, unknown][] {
  if (Array.isArray(list)) return list.map((item, index) => [index, item as unknown]);
  if (typeof list === "number") return Array.from({ length: Math.max(0, Math.floor(list)) }, (_, at) => [at, at]);
  return typeof list === "object" && list !== null ? Object.entries(list) : [];
}

/** `a:key="*this"`, `a:key="id"` or an expression; without it the `key` of the repeated element. */
function itemKey(node: Node<"for">, item: unknown, scope: Scope): string | undefined {
  const [only] = node.nodes;
  if (!node.key) return node.nodes.length === 1 && only ? keyOf(only, scope) : undefined;
  if (node.key.kind === "expression" || node.key.parts.some((part) => typeof part !== "string")) {
    return textOf(valueOf(node.key, scope));
  }
  const name = node.key.parts.join("");
  if (name === "*this") return textOf(item);
  return textOf(typeof item === "object" && item !== null ? (item as Record<string, unknown>)[name] : undefined);
}

function drawList(node: Node<"for">, scope: Scope, frame: Frame): ComponentChild {
  const seen = new Set<string>();
  const items = entriesOf(evaluate(node.list, scope)).map(([index, item], position) => {
    const inner: Scope = { names: { [node.item]: item, [node.index]: index }, outer: scope };
    let key = itemKey(node, item, inner) || `#${position}`;
    // Two items with one key would fight for one element.
    if (seen.has(key)) key = `${key}#${position}`;
    seen.add(key);
    return h(Fragment, { key }, drawNodes(node.nodes, inner, frame));
  });
  return h(Fragment, null, items);
}

function drawTemplate(node: Node<"template">, scope: Scope, frame: Frame): ComponentChild {
  const name = textOf(valueOf(node.is, scope));
  const nodes = frame.template.templates[node.names ? (node.names[name] ?? "") : name];
  if (!nodes) throw new Error(`There is no template "${name}".`);
  const data = node.data ? evaluate(node.data, scope) : {};
  const names = typeof data === "object" && data !== null ? (data as Record<string, unknown>) : {};
  return h(Fragment, { key: name }, drawNodes(nodes, templateScope(frame, names, null), frame));
}

function drawSlot(node: Node<"slot">, scope: Scope, frame: Frame): ComponentChild {
  const name = textOf(valueOf(node.name, scope));
  const content = frame.slots[name === "default" ? "" : name];
  if (!content) return h(Fragment, null, drawNodes(node.fallback, scope, frame));
  const given = content.scopeName
    ? { names: { [content.scopeName]: attributesOf(node.attributes, scope) }, outer: content.scope }
    : content.scope;
  return h(Fragment, null, drawNodes(content.nodes, given, content.frame));
}

/** `onChange="save"`: the mark that the component calls the owner's method by. */
function functionProp(event: EventBinding, scope: Scope, frame: Frame): FunctionProp | undefined {
  const { handler, owner } = bindingOf(event, scope, frame);
  return handler ? { $handler: handler, $owner: owner } : undefined;
}

function propName(event: EventBinding): string {
  if (/^(on|catch)[A-Z]/.test(event.type)) return event.type;
  return `${event.stops ? "catch" : "on"}${event.type.charAt(0).toUpperCase()}${event.type.slice(1)}`;
}

/**
 * `canvas-id` is the prop `canvasId`, and goes along as written for programs that declare such a name. `data-…` stays: that
 * is how components of mini-antui read their dataset.
 */
function propsOf(attributes: Record<string, unknown>): Record<string, unknown> {
  const values = { ...attributes };
  for (const [name, value] of Object.entries(attributes)) {
    if (!name.includes("-") || name.startsWith("data-")) continue;
    values[name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())] = value;
  }
  return values;
}

function drawComponent(node: Node<"component">, scope: Scope, frame: Frame): ComponentChild {
  if (!frame.page.options.app.components[node.path]) throw new Error(`There is no component ${node.path}.`);
  const values = propsOf(attributesOf(node.attributes, scope));
  for (const event of node.events) values[propName(event)] = functionProp(event, scope, frame);
  const slots: Record<string, SlotContent> = {};
  for (const [name, slot] of Object.entries(node.slots)) {
    slots[name] = { nodes: slot.nodes, scope, frame, ...(slot.scope === undefined ? {} : { scopeName: slot.scope }) };
  }
  const ref = node.ref ? textOf(valueOf(node.ref, scope)) : null;
  // A key binds the instance to the tag's path as well: another component in the same place is another instance.
  const key = keyOf(node, scope);
  return h(MiniComponent, {
    tag: node.tag,
    path: node.path,
    values: values as JsonObject,
    slots,
    outer: frame,
    instanceRef: ref,
    draw: drawNodes,
    scopeOf: templateScope,
    key: key === undefined ? node.path : `${node.path}:${key}`,
  });
}
