import { QuoteType, Tokenizer } from "htmlparser2";
import type { Faults, SourceText } from "../fault";
import { mustacheEnd } from "./mustache-end";

/** AXML as written: offsets are into the source, texts still have their entities. */
export type MarkupNode = MarkupText | MarkupElement;

export interface MarkupText {
  kind: "text";
  text: string;
  start: number;
}

export interface MarkupElement {
  kind: "element";
  tag: string;
  attributes: MarkupAttribute[];
  children: MarkupNode[];
  /** Of the "<". */
  start: number;
}

export interface MarkupAttribute {
  name: string;
  /** Null where none was written: `<view hidden>`. */
  value: string | null;
  start: number;
  valueStart: number;
}

const TAG_NAME = /^[A-Za-z][\w.-]*$/;

/**
 * Reads AXML and insists on balance: what htmlparser2's own parser would close silently is a fault here, so only its
 * tokenizer is used. Returns what could be read, so that later checks can report more.
 */
export function readMarkup(source: SourceText, faults: Faults): MarkupNode[] {
  const reader = new MarkupReader(source, faults);
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, reader);
  tokenizer.write(withoutBareMustaches(source.text));
  tokenizer.end();
  return reader.roots;
}

/**
 * `style={{ a: b > c }}` without quotes: DingTalk's own samples write it. What ends an unquoted value for the tokenizer is
 * blanked out there; texts are taken from the source by offset.
 */
function withoutBareMustaches(text: string): string {
  let masked = text;
  for (const { index } of text.matchAll(/=\{\{/g)) {
    const end = mustacheEnd(text, index + 3);
    if (end < 0) continue;
    const inside = "x".repeat(end - index - 3);
    masked = masked.slice(0, index + 3) + inside + masked.slice(end);
  }
  return masked;
}

class MarkupReader {
  readonly roots: MarkupNode[] = [];
  private readonly open: MarkupElement[] = [];
  /** The element whose opening tag is being read. */
  private current: MarkupElement | null = null;
  private attribute: MarkupAttribute | null = null;

  constructor(
    private readonly source: SourceText,
    private readonly faults: Faults,
  ) {}

  ontext(start: number, end: number): void {
    this.append({ kind: "text", text: this.source.text.slice(start, end), start });
  }

  ontextentity(): void {
    // Not called: entities are decoded later, after mustaches were found.
  }

  onopentagname(start: number, end: number): void {
    const tag = this.source.text.slice(start, end);
    this.checkName(tag, start);
    this.current = { kind: "element", tag, attributes: [], children: [], start: start - 1 };
    this.append(this.current);
  }

  onopentagend(): void {
    if (this.current) this.open.push(this.current);
    this.current = null;
  }

  onselfclosingtag(): void {
    this.current = null;
  }

  onclosetag(start: number, end: number): void {
    const tag = this.source.text.slice(start, end);
    const index = this.open.findLastIndex((element) => element.tag === tag);
    if (index < 0) {
      this.faults.add(this.source.place(start - 2), "tag_extra_close", `</${tag}> closes nothing that is open.`);
      return;
    }
    this.reportUnclosed(index + 1, `before </${tag}>`);
    this.open.length = index;
  }

  onattribname(start: number, end: number): void {
    const name = this.source.text.slice(start, end);
    this.attribute = { name, value: null, start, valueStart: end };
    if (this.current?.attributes.some((other) => other.name === name)) {
      this.faults.add(this.source.place(start), "attribute_duplicated", `${name} is written twice on this tag.`);
      this.current.attributes = this.current.attributes.filter((other) => other.name !== name);
    }
    this.current?.attributes.push(this.attribute);
  }

  onattribdata(start: number, end: number): void {
    if (!this.attribute) return;
    if (this.attribute.value === null) this.attribute.valueStart = start;
    this.attribute.value = (this.attribute.value ?? "") + this.source.text.slice(start, end);
  }

  onattribentity(): void {
    // Not called: see ontextentity.
  }

  onattribend(quote: QuoteType): void {
    // An empty value in quotes has no data.
    if (this.attribute && quote !== QuoteType.NoValue) this.attribute.value ??= "";
    this.attribute = null;
  }

  oncomment(start: number, end: number, offset: number): void {
    if (!this.source.text.startsWith("-->", end - offset)) {
      this.faults.add(this.source.place(start - 4), "comment_unclosed", "This comment is not closed.");
    }
  }

  oncdata(start: number, end: number, offset: number): void {
    this.ontext(start, end - offset);
  }

  ondeclaration(start: number): void {
    const tag = this.source.text.lastIndexOf("<", start);
    this.faults.add(this.source.place(tag), "tag_name_invalid", "AXML has no declarations.");
  }

  onprocessinginstruction(start: number): void {
    const tag = this.source.text.lastIndexOf("<", start);
    this.faults.add(this.source.place(tag), "tag_name_invalid", "AXML has no processing instructions.");
  }

  onend(): void {
    if (this.current) {
      const { tag, start } = this.current;
      this.faults.add(this.source.place(start), "tag_unfinished", `<${tag} has no ">".`);
    } else this.reportTail();
    this.reportUnclosed(0, "at the end of the file");
  }

  /** The tokenizer drops a tag whose name the file's end cuts off. */
  private reportTail(): void {
    const tail = /<\/?[^\s<>/]*$/.exec(this.source.text);
    if (tail && !this.source.text.endsWith("-->")) {
      this.faults.add(this.source.place(tail.index), "tag_unfinished", `${tail[0]} has no ">".`);
    }
  }

  private reportUnclosed(from: number, where: string): void {
    for (const element of this.open.slice(from)) {
      const message = `<${element.tag}> is not closed ${where}.`;
      this.faults.add(this.source.place(element.start), "tag_unclosed", message);
    }
  }

  private checkName(tag: string, start: number): void {
    if (TAG_NAME.test(tag)) return;
    const hint = tag.includes("}}") ? ' Inside {{ }} put a space behind "<", or write "&lt;".' : "";
    this.faults.add(this.source.place(start - 1), "tag_name_invalid", `"${tag}" is not a tag's name.${hint}`);
  }

  private append(node: MarkupNode): void {
    const siblings = this.open.at(-1)?.children ?? this.roots;
    const last = siblings.at(-1);
    // One text may arrive in pieces.
    if (node.kind === "text" && last?.kind === "text" && last.start + last.text.length === node.start) {
      last.text += node.text;
    } else siblings.push(node);
  }
}

/** The attribute of that name, if written. */
export function findAttribute(element: MarkupElement, name: string): MarkupAttribute | undefined {
  return element.attributes.find((attribute) => attribute.name === name);
}
