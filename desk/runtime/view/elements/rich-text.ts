import { h } from "preact";
import type { ComponentChild } from "preact";
import { inlineStyle } from "../style";
import type { BuiltInProps } from "./dom";
import { useElement } from "./dom";
import { faultBox } from "./fault-box";

/** Trusted tags and what they keep beside class and style. https://open.dingtalk.com/document/development/mini-app-rich-text-1 */
const TRUSTED: Record<string, string[]> = {
  col: ["span", "width"],
  colgroup: ["span", "width"],
  img: ["alt", "src", "height", "width"],
  ol: ["start", "type"],
  table: ["width"],
  td: ["colspan", "height", "rowspan", "width"],
  th: ["colspan", "height", "rowspan", "width"],
};
for (const name of (
  "a abbr b blockquote br code dd del div dl dt em fieldset h1 h2 h3 h4 h5 h6 hr i ins label legend li p q span strong " +
  "sub sup tbody tfoot thead tr ul"
).split(" ")) {
  TRUSTED[name] = [];
}

interface RichNode {
  type?: string;
  name?: string;
  text?: string;
  attrs?: Record<string, unknown>;
  children?: RichNode[];
}

const ENTITIES: Record<string, string> = { nbsp: "\u00a0", lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function plainText(text: string): string {
  return text.replace(/&(nbsp|lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? "");
}

function propsOf(attrs: Record<string, unknown>, kept: readonly string[]): Record<string, string> {
  const props: Record<string, string> = {};
  for (const [name, value] of Object.entries(attrs)) {
    if (name === "class" || kept.includes(name)) props[name] = String(value);
    if (name === "style") props["style"] = inlineStyle(String(value));
  }
  return props;
}

function draw(node: RichNode): ComponentChild {
  if (node.type === "text") return plainText(node.text ?? "");
  const tag = (node.name ?? "").toLowerCase();
  const kept = Object.hasOwn(TRUSTED, tag) ? TRUSTED[tag] : undefined;
  return kept ? h(tag, propsOf(node.attrs ?? {}, kept), (node.children ?? []).map(draw)) : null;
}

/** `<rich-text nodes="{{[…]}}">`: documented are arrays of nodes only. */
export function RichText({ info }: BuiltInProps): ComponentChild {
  const { props } = useElement(info);
  const nodes = info.attributes["nodes"] ?? [];
  if (!Array.isArray(nodes)) {
    const message = "<rich-text> takes an array of nodes, not a string of HTML.";
    info.frame.page.fault(message);
    return faultBox(message);
  }
  return h("rich-text", props, (nodes as RichNode[]).map(draw));
}
