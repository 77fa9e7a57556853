/** What people and programs write where there is no value. */
const NULL_WORDS = new Set(
  (
    "- -- --- — —— – / \\n \\N . n/a na n.a. null (null) <null> none nil nan nat inf -inf +inf infinity -infinity " +
    "#n/a #na #n/d #div/0! #value! #ref! #name? #num! #null! 无 暂无 暂无数据 无数据 空 缺失 未填 未知 n/v missing"
  ).split(" "),
);

/** Whether a text among values of another kind says that there is none. */
export function isNullWord(text: string): boolean {
  return NULL_WORDS.has(text.trim().toLowerCase());
}

/** Words for yes and no that belong together. */
export const TRUTHS: readonly (readonly [yes: string, no: string])[] = [
  ["true", "false"],
  ["是", "否"],
  ["yes", "no"],
  ["y", "n"],
  ["t", "f"],
  ["有", "无"],
  ["真", "假"],
  ["对", "错"],
  ["√", "×"],
  ["✓", "✗"],
  ["1", "0"],
];
