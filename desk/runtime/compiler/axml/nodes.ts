import type { TemplateNode, Value } from "../../compiled";
import { fault, readAttribute, readerOf, readOnlyExpression, type Context } from "../context";
import { buildElement } from "./element";
import { findAttribute, type MarkupAttribute, type MarkupElement, type MarkupNode, type MarkupText } from "./markup";
import { readValue } from "./mustache";

type IfNode = Extract<TemplateNode, { kind: "if" }>;

/** Compiles siblings: joins `a:if`, `a:elif` and `a:else` to one node each. */
export function buildNodes(nodes: readonly MarkupNode[], context: Context): TemplateNode[] {
  const built: TemplateNode[] = [];
  let chain: IfNode | null = null;
  for (const node of nodes) {
    if (node.kind === "text") {
      if (node.text.trim() !== "") chain = null;
      const text = buildText(node, context);
      if (text) built.push(text);
      continue;
    }
    const branch = branchOf(node, context);
    if (branch === null) {
      chain = null;
      built.push(...buildLoop(node, context));
    } else if (branch.starts) {
      // A loop around a condition: `a:for` goes first, so no `a:else` can follow.
      const loop: boolean = findAttribute(node, "a:for") !== undefined;
      chain = loop ? null : { kind: "if", branches: [buildBranch(node, branch.attribute, context)] };
      built.push(...(chain ? [chain] : buildLoop(node, context)));
    } else if (chain === null) {
      const message = `${branch.attribute.name} must follow a sibling with a:if or a:elif directly.`;
      fault(context, branch.attribute.start, "else_orphan", message);
    } else {
      chain.branches.push(buildBranch(node, branch.attribute, context));
      if (branch.attribute.name === "a:else") chain = null;
    }
  }
  return built;
}

function buildBranch(element: MarkupElement, attribute: MarkupAttribute, context: Context): IfNode["branches"][number] {
  const test = attribute.name === "a:else" ? null : readOnlyExpression(element, attribute, context);
  return { test, nodes: attribute.name === "a:if" ? buildElement(element, context) : buildLoop(element, context) };
}

/** The condition that an element carries; `starts` where it begins a chain. */
function branchOf(element: MarkupElement, context: Context): { attribute: MarkupAttribute; starts: boolean } | null {
  const found = element.attributes.filter(({ name }) => name === "a:if" || name === "a:elif" || name === "a:else");
  const [attribute, second] = found;
  if (!attribute) return null;
  if (second) {
    fault(context, second.start, "directive_conflict", `${attribute.name} and ${second.name} cannot share a tag.`);
  }
  return { attribute, starts: attribute.name === "a:if" };
}

function buildLoop(element: MarkupElement, context: Context): TemplateNode[] {
  const loop = findAttribute(element, "a:for");
  if (!loop) return buildElement(element, context);
  const item = loopName(element, "a:for-item", "item", context);
  const index = loopName(element, "a:for-index", "index", context);
  const list = readOnlyExpression(element, loop, context);
  const inside = { ...context, local: new Set([...context.local, item, index]) };
  const condition = findAttribute(element, "a:if");
  const nodes: TemplateNode[] = condition
    ? [{ kind: "if", branches: [buildBranch(element, condition, inside)] }]
    : buildElement(element, inside);
  const key = loopKey(element, inside);
  return [{ kind: "for", list, item, index, ...(key ? { key } : {}), nodes }];
}

/** `a:key` as written; an expression in `key` serves as well. */
function loopKey(element: MarkupElement, context: Context): Value | null {
  const own = findAttribute(element, "a:key") ?? findAttribute(element, "a:for-key");
  const attribute = own ?? findAttribute(element, "key");
  if (!attribute?.value) return null;
  if (!own && !attribute.value.includes("{{")) return null;
  return readAttribute(attribute, context);
}

function loopName(element: MarkupElement, name: string, normal: string, context: Context): string {
  const attribute = findAttribute(element, name);
  if (!attribute) return normal;
  if (attribute.value !== null && /^[A-Za-z_$][\w$]*$/.test(attribute.value)) return attribute.value;
  fault(context, attribute.valueStart, "name_invalid", `${name} must be the name of a variable.`);
  return normal;
}

function buildText(node: MarkupText, context: Context): TemplateNode | null {
  if (!context.inText && node.text.trim() === "") return null;
  const value = readValue(node.text, node.start, readerOf(context));
  if (context.inText || value.kind === "expression") return { kind: "text", value };
  const parts = value.parts.map((part) => (typeof part === "string" ? part.replace(/[ \t\r\n\f]+/g, " ") : part));
  return { kind: "text", value: { kind: "parts", parts } };
}
