import type { Frame } from "./node";
import { infoOf } from "./node";
import type { PageView } from "./page";
import type { ComponentPlace } from "./view-elements";

function ownersOf(frame: Frame | null): string[] {
  const owners: string[] = [];
  for (let at = frame; at; at = at.outer) if (at.owner !== null) owners.push(at.owner);
  return owners;
}

/** The uppermost elements that each component's template (or a component in its place) drew. */
function topElements(root: Element): Map<string, Element[]> {
  const tops = new Map<string, Element[]>();
  const walk = (element: Element, inside: ReadonlySet<string>): void => {
    const info = infoOf(element);
    const entered = info ? ownersOf(info.frame).filter((owner) => !inside.has(owner)) : [];
    for (const owner of entered) tops.set(owner, [...(tops.get(owner) ?? []), element]);
    const below = entered.length > 0 ? new Set([...inside, ...entered]) : inside;
    for (const child of element.children) walk(child, below);
  };
  for (const child of root.children) walk(child, new Set());
  return tops;
}

/** Every component instance on a page. */
export function componentsOf(view: PageView): ComponentPlace[] {
  const tops = topElements(view.page);
  return [...view.context.components.values()].map(({ componentId, tag, path }) => ({
    componentId,
    tag,
    path,
    elements: tops.get(componentId) ?? [],
  }));
}

/**
 * Elements for a selector. Custom components have no element, yet people look for them: their tag as the first word of a
 * selector means their top elements.
 */
export function findElements(view: PageView, selector: string, within: Element): Element[] {
  const [, tag = "", rest = ""] = /^\s*([a-z][\w-]*)(.*)$/is.exec(selector) ?? [];
  const tops = componentsOf(view)
    .filter((component) => component.tag === tag)
    .flatMap((component) => component.elements);
  if (tops.length === 0) return [...within.querySelectorAll(selector)];
  const inside = tops.filter((top) => within.contains(top));
  if (rest.trim() === "") return inside;
  if (!/^\s/.test(rest)) return inside.filter((top) => top.matches(`:is(${top.localName})${rest}`));
  return inside.flatMap((top) => [
    ...(top.matches(rest.trim()) ? [top] : []),
    ...top.querySelectorAll(`:scope ${rest.trim()}`),
  ]);
}

/** Elements by XPath. Shadow trees have no XPath of their own, so `/` starts at the page. */
export function findByXPath(view: PageView, expression: string, within: Element): Element[] {
  // Uppercase HTML names would not match: AXML elements live in the HTML namespace with lower-case names.
  const relative = expression.startsWith("/") ? `.${expression}` : expression;
  const root = expression.startsWith("/") && within === view.page ? view.context.scroller : within;
  const found = document.evaluate(relative, root, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
  return Array.from({ length: found.snapshotLength }, (_, at) => found.snapshotItem(at)).filter(
    (node): node is Element => node instanceof Element,
  );
}

function attributesText(element: Element): string {
  const attributes = infoOf(element)?.attributes ?? {};
  return Object.entries(attributes)
    .map(([name, value]) => {
      const text = typeof value === "object" ? JSON.stringify(value) : String(value ?? "");
      return ` ${name}="${text.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;
    })
    .join("");
}

function childrenText(node: Node): string {
  return [...node.childNodes].map(markupOf).join("");
}

function markupOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE)
    return (node.textContent ?? "").replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  if (!(node instanceof Element)) return "";
  // What built-in components are made of inside is no AXML; only AXML elements within count.
  if (!infoOf(node)) return childrenText(node);
  return `<${node.localName}${attributesText(node)}>${childrenText(node)}</${node.localName}>`;
}

/** An element as AXML text. */
export function elementMarkup(element: Element, type: "inner" | "outer"): string {
  return type === "inner" ? childrenText(element) : markupOf(element);
}
