import type { Problem } from "../../../client/api/dataset";
import type { Language } from "../../../core/report/format";
import { reasonText } from "./problem-reason";

type Say = (names: string[], words: string) => string;

/** The server says it in English. `words`: the reason in Chinese, else what an engine, or only the message, says of it. */
const zh: Record<Problem["code"], Say> = {
  json_syntax: (_, words) => `不是有效的 JSON：${words}`,
  duplicate_key: ([key]) => `“${key}” 在这里出现了两次。`,
  schema: (_, words) => words,
  administrator_only: () => "只有管理员可以修改这里。",
  data_source_missing: () => "企业没有这个数据源。",
  source_unreachable: ([source]) => `无法连接“${source}”所在的数据源。`,
  table_missing: ([source, said], words) => (said === undefined ? words : `无法读取 “${source}”：${said}`),
  sql_refused: (_, words) => `这段 SQL 不能使用：${words}`,
  unknown_column: ([name, meant]) => `表里没有列 “${name}”。${meant ? `是否应为 “${meant}”？` : ""}`,
  expression_invalid: (_, words) => `表达式无法解析：${words}`,
  function_not_allowed: ([name]) => `不允许调用函数 ${name}。`,
  expression_refused: ([name, words]) => `数据源无法理解 “${name}”：${words}`,
  wrong_datatype: ([name, declared, found]) => `“${name}” 声明为 ${declared}，数据源里是 ${found}。`,
  datatype_differs: ([name, declared, found]) =>
    `“${name}” 声明为 ${declared}，数据源里是 ${found}，将按数据源的值读取。`,
  key_not_unique: ([table, key]) => `“${table}” 有多行的 ${key} 相同，作为主键会重复计数。`,
  relationship_not_unique: ([table, key]) => `“${table}” 有多行的 ${key} 相同，关联前会先合并为一行。`,
  join_types_differ: ([from, fromType, to, toType]) => `“${from}” 是 ${fromType}，“${to}” 是 ${toType}，永远不会相等。`,
  policy_unsuitable: (_, words) => `这条策略不适用：${words}`,
  unknown_attribute: ([name]) => `没有人有属性 “${name}”，这个条件不会放行任何行。`,
  not_checked: ([name, table]) =>
    table === undefined ? `数据源没有及时回答是否理解“${name}”。` : `没能及时核对 ${name} 能否区分“${table}”的各行。`,
};

/** What a reader of JSON misses or cannot make sense of. */
const JSON_ZH: Record<string, string> = {
  "Invalid symbol.": "有无法识别的符号。",
  "Invalid number format.": "数字格式不对。",
  "Property name expected.": "缺少属性名（用双引号）。",
  "Value expected.": "缺少一个值。",
  "Colon expected.": "缺少冒号。",
  "Comma expected.": "缺少逗号。",
  "Close brace expected.": "缺少右花括号 }。",
  "Close bracket expected.": "缺少右方括号 ]。",
  "End of file expected.": "文本应到此结束。",
  "Invalid comment token.": "不能写注释。",
  "Unexpected end of comment.": "不能写注释。",
  "Unexpected end of string.": "文本缺少结尾的引号。",
  "Unexpected end of number.": "数字不完整。",
  "Invalid unicode.": "\\u 转义不对。",
  "Invalid escape character.": "反斜杠转义不对。",
  "Invalid character.": "有不允许的字符。",
  "It is nested too deeply.": "嵌套太深。",
};

/** A problem of a dataset's text in the person's language. */
export function problemText(problem: Problem, language: Language): string {
  const { code, names, message } = problem;
  const reason = reasonText(problem, language);
  if (language !== "zh-CN") return reason ?? message;
  const own = code === "json_syntax" ? JSON_ZH[names[0] ?? ""] : undefined;
  const engines =
    code === "sql_refused" || code === "expression_invalid" || code === "json_syntax" ? names[0] : undefined;
  return zh[code](names, reason ?? own ?? engines ?? message);
}
