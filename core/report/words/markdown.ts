/** A run of text in one look. Links lead to http and https addresses alone. */
export interface Span {
  text: string;
  look: "plain" | "bold" | "italic" | "code";
  href: string;
}

export interface Block {
  kind: "paragraph" | "heading" | "item" | "quote";
  /** What stands before an item: a bullet or its number. */
  mark: string;
  spans: Span[];
}

const INLINE = /\*\*([^*\n]+)\*\*|\*([^*\s][^*\n]*)\*|`([^`\n]+)`|\[([^\]\n]+)\]\((https?:\/\/[^\s()<>"]+)\)/g;

const span = (text: string, look: Span["look"] = "plain", href = ""): Span => ({ text, look, href });

function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (let found = INLINE.exec(text); found; found = INLINE.exec(text)) {
    const [whole, bold, italic, code, label, href] = found;
    if (found.index > from) spans.push(span(text.slice(from, found.index)));
    if (bold !== undefined) spans.push(span(bold, "bold"));
    else if (italic !== undefined) spans.push(span(italic, "italic"));
    else if (code !== undefined) spans.push(span(code, "code"));
    else spans.push(span(label ?? "", "plain", href));
    from = found.index + whole.length;
  }
  INLINE.lastIndex = 0;
  if (from < text.length) spans.push(span(text.slice(from)));
  return spans;
}

const MARKS: [pattern: RegExp, kind: Block["kind"]][] = [
  [/^#{1,3}\s+()(.+)$/, "heading"],
  [/^\s*([-*])\s+(.+)$/, "item"],
  [/^\s*(\d{1,3}[.)])\s+(.+)$/, "item"],
  [/^>\s?()(.*)$/, "quote"],
];

function marked(line: string): Block | null {
  for (const [pattern, kind] of MARKS) {
    const found = pattern.exec(line);
    if (!found) continue;
    const mark = found[1] === "-" || found[1] === "*" ? "•" : (found[1] ?? "");
    return { kind, mark, spans: spansOf(found[2] ?? "") };
  }
  return null;
}

/**
 * A safe subset of Markdown: headings, lists, quotes, bold, italic, code, links. Whatever else is written there, HTML
 * too, is text. Line breaks inside a paragraph stay.
 */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  const close = (): void => {
    if (lines.length > 0) blocks.push({ kind: "paragraph", mark: "", spans: spansOf(lines.join("\n")) });
    lines = [];
  };
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    const block = marked(line);
    if (!block && line.trim() !== "") {
      lines.push(line);
      continue;
    }
    close();
    if (block) blocks.push(block);
  }
  close();
  return blocks;
}
