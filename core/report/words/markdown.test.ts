import { blocksOf } from "./markdown";

/** Short: kind, mark and texts, with what is special about a text before it. */
const short = (text: string): string[] =>
  blocksOf(text).map(({ kind, mark, spans }) => {
    const words = spans.map(
      (one) => `${one.look === "plain" ? "" : `${one.look}:`}${one.text}${one.href && `→${one.href}`}`,
    );
    return `${kind}${mark} ${words.join("|")}`;
  });

describe("a text card's words", () => {
  it.each<[string, string, string[]]>([
    ["keeps the line breaks of a paragraph", "one\ntwo\n\nthree", ["paragraph one\ntwo", "paragraph three"]],
    ["knows headings, lists and quotes", "# A\n- b\n2. c\n> d", ["heading A", "item• b", "item2. c", "quote d"]],
    ["knows bold, italic and code", "a **b** *c* `d*`", ["paragraph a |bold:b| |italic:c| |code:d*"]],
    ["knows links", "see [docs](https://a.example/x?y=1#z).", ["paragraph see |docs→https://a.example/x?y=1#z|."]],
    [
      "takes no other address",
      "[x](javascript:alert(1)) [y](data:text/html,z)",
      ["paragraph [x](javascript:alert(1)) [y](data:text/html,z)"],
    ],
    ["takes HTML for text", "<script>alert(1)</script>", ["paragraph <script>alert(1)</script>"]],
    ["leaves lone signs alone", "3 * 4 * 5 = 60 **", ["paragraph 3 * 4 * 5 = 60 **"]],
    ["has nothing for nothing", " \n\n", []],
  ])("%s", (_rule, text, blocks) => {
    expect(short(text)).toEqual(blocks);
  });

  it("reads the longest text that a card can hold at once", () => {
    const long = "*".repeat(5_000) + "[".repeat(5_000);
    expect(blocksOf(long)).toHaveLength(1);
  });
});
