import type { Problem } from "../../../client/api/dataset";
import type { Language } from "../../../core/report/format";

type Say = (names: string[], message: string) => string;

/** The server says it in English; here only what can be said as exactly in Chinese. */
const zh: Record<Problem["code"], Say> = {
  json_syntax: ([words]) => `不是有效的 JSON：${words}`,
  duplicate_key: ([key]) => `“${key}” 在这里出现了两次。`,
  schema: (_, message) => `不符合格式：${message}`,
  administrator_only: () => "只有管理员可以修改这里。",
  data_source_missing: () => "企业没有这个数据源。",
  source_unreachable: (_, message) => `无法连接数据源：${message}`,
  table_missing: ([source, words]) => `无法读取 “${source}”：${words}`,
  sql_refused: (_, message) => `这段 SQL 不被允许：${message}`,
  unknown_column: ([name, meant]) => `表里没有列 “${name}”。${meant ? `是否应为 “${meant}”？` : ""}`,
  expression_invalid: (_, message) => `表达式无法解析：${message}`,
  function_not_allowed: ([name]) => `不允许调用函数 ${name}。`,
  expression_refused: ([name, words]) => `数据源无法理解 “${name}”：${words}`,
  wrong_datatype: ([name, declared, found]) => `“${name}” 声明为 ${declared}，数据源里是 ${found}。`,
  datatype_differs: ([name, declared, found]) =>
    `“${name}” 声明为 ${declared}，数据源里是 ${found}，将按数据源的值读取。`,
  key_not_unique: ([table, key]) => `“${table}” 有多行的 ${key} 相同，作为主键会重复计数。`,
  relationship_not_unique: ([table, key]) => `“${table}” 有多行的 ${key} 相同，关联前会先合并为一行。`,
  join_types_differ: ([from, fromType, to, toType]) => `“${from}” 是 ${fromType}，“${to}” 是 ${toType}，永远不会相等。`,
  policy_unsuitable: (_, message) => `这条策略不适用：${message}`,
  unknown_attribute: ([name]) => `没有人有属性 “${name}”，这个条件不会放行任何行。`,
  not_checked: (_, message) => `没能核对：${message}`,
};

/** A problem of a dataset's text in the person's language. */
export function problemText({ code, names, message }: Problem, language: Language): string {
  return language === "zh-CN" ? zh[code](names, message) : message;
}
