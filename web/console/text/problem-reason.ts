import type { Problem } from "../../../client/api/dataset";
import type { Language } from "../../../core/report/format";

type Reason = NonNullable<Problem["reason"]>;
type Say = (...names: string[]) => string;

const TYPES_ZH: Record<string, string> = {
  string: "文本",
  number: "数字",
  int: "整数",
  boolean: "true 或 false",
  array: "列表 [ ]",
  object: "对象 { }",
  record: "对象 { }",
  union: "其他形式",
};
const TYPES_EN: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list [ ]",
  object: "an object { }",
  record: "an object { }",
  union: "something else",
};

const place = (token = "", position = ""): string =>
  position === "" ? "，在末尾" : `，在第 ${position} 个字符“${token}”之前`;
const UNITS_ZH: Record<string, string> = { string: " 个字符", array: " 项", set: " 项" };
const UNITS_EN: Record<string, string> = { string: " letters", array: " entries", set: " entries" };

const zh: Record<Reason, Say> = {
  key_unknown: (key) => `这里没有“${key}”这一项。`,
  missing: (type = "") => `缺少这一项，应为${TYPES_ZH[type] ?? ` ${type}`}。`,
  type_differs: (type = "") => `这里应为${TYPES_ZH[type] ?? ` ${type}`}。`,
  choice: (...choices) => `这里只能是 ${choices.join("、")}。`,
  too_little: (what = "", least) => `这里至少为 ${least}${UNITS_ZH[what] ?? ""}。`,
  too_much: (what = "", most) => `这里最多为 ${most}${UNITS_ZH[what] ?? ""}。`,
  form_unknown: () => "这里的写法不在允许的形式之内。",
  not_storable: () => "含有无法保存的字符（空字符，或不完整的字符）。",
  not_a_name: () => "名称以小写字母开头，只含小写字母、数字和下划线，最多 63 个字符。",
  not_a_group: () => "对象应为 *、role:<角色>、user:<id>、department:<id>、enterprise:<id> 或 attribute:<属性>=<值>。",
  not_an_id: () => "这不是有效的 ID。",
  not_a_time_zone: () => "这不是 IANA 时区名，例如 Asia/Shanghai。",
  dialect_needed: () => "需要 ANSI_SQL、DUCKDB、POSTGRESQL、MYSQL 或 CLICKHOUSE 方言的表达式。",
  source_not_a_file: () => "来源应为 .parquet 或 .csv 文件的相对路径，只有文件名可以含 *。",
  source_not_a_table: () => "来源应为数据源中的表名，例如 sales.orders。",
  source_not_a_query: () => "查询应以 SELECT 或 WITH 开头。",
  source_of_the_engine: () => "引擎自身的系统表不能作为来源。",
  join_columns_differ: () => "from_columns 与 to_columns 的列数必须相同。",
  rows_not_said: () => "请说明能看到哪些行：filters，或 allow_all: true。",
  group_or_groups: () => "一条策略只写 group 或 groups 之一。",
  dataset_twice: (name) => `模型里有两个表都叫“${name}”。`,
  join_of_a_stranger: (name, dataset) => `关系“${name}”关联的“${dataset}”不在模型里。`,
  join_circle: (names, start) => `关系 ${names} 从“${start}”又回到了它自己。`,
  join_two_ways: (from, to, one, other) => `从“${from}”到“${to}”有两条路：${one}，以及 ${other}。请只保留一条。`,
  name_twice: (name) => `名称“${name}”用了两次；所有表的字段和指标共用一套名称。`,
  no_such_field: (name) => `模型里没有字段“${name}”。`,
  no_such_metric: (name) => `模型里没有指标“${name}”。`,
  no_such_member: (name) => `模型里没有字段或指标“${name}”。`,
  metric_tells_no_rows: (name) => `“${name}”是指标；行只能按字段区分。`,
  hierarchy_twice: (name) => `层级“${name}”出现了两次。`,
  level_twice: (name) => `“${name}”在层级里出现了两次。`,
  comment: () => "不能含注释。",
  control_character: () => "不能含控制字符。",
  text_for_table: () => "表的位置不能是文本。",
  maybe_a_file: (name) => `“${name}”可能是文件，不能放在表的位置。`,
  of_the_session: (name) => `单独的“${name}”可能由引擎自己回答，请写成“表.${name}”。`,
  too_long: () => "太长。",
  too_deep: () => "嵌套太深。",
  unreadable: (rest) => `从“${rest}”开始无法解析。`,
  not_a_select: () => "应以 SELECT 或 WITH 开头。",
  bracket_open: () => "缺少右括号“)”。",
  bracket_extra: () => "多了一个右括号“)”。",
  calls: (name) => `不允许调用函数 ${name}。`,
  of_the_engine: (name) => `“${name}”属于引擎自身，不能使用。`,
  text_behind: (name) => `“${name}”后面不能直接跟文本。`,
  no_form: (dialect) => `没有适用于此数据源的写法：需要 ANSI_SQL 或 ${dialect}。`,
  several_rows: () => "字段的表达式针对一行，不能汇总多行。",
  no_home: () => "没有说明属于哪个表，请写成“表.字段”。",
  needs_itself: (names) => `指标引用了自己：${names}。`,
  no_metric: (name) => `聚合之外的“${name}”不是指标。`,
  nested_aggregate: () => "聚合里不能再有聚合。",
  no_dataset: (name) => `模型里没有表“${name}”。`,
  rows_apart: (names) => `汇总了 ${names} 的行，但其中没有一个表能对应到其余表的一行。`,
  no_field: (name) => `“${name}”不是模型里的字段。`,
  no_date: () => "这个字段不是日期。",
  no_text: () => "这个字段不是文本。",
  texts_needed: () => "值应为文本。",
  values_needed: (count) => `需要 ${count} 个值。`,
  value_differs: (type = "") => `值应为${TYPES_ZH[type] ?? ` ${type}`}。`,
  days_needed: () => "日期应写成 YYYY-MM-DD。",
  unit_needed: () => "需要 unit（days、weeks、months、quarters 或 years）。",
  count_needed: (unit) => `需要整数个 ${unit}。`,
  no_file: (source) => `还没有文件“${source}”。`,
  no_source: () => '没有读取任何文件；文件写成带引号的名称，例如 FROM "sales/*.parquet"。',
  should_end: (...at) => `表达式应到此结束${place(...at)}。`,
  truth_needed: (...at) => `缺少 NULL、TRUE 或 FALSE${place(...at)}。`,
  list_needed: (...at) => `缺少 IN、BETWEEN 或 LIKE${place(...at)}。`,
  interval_needed: (...at) => `需要时间间隔，例如 INTERVAL 1 DAY${place(...at)}。`,
  date_part_needed: (...at) => `缺少日期的部分，例如 YEAR${place(...at)}。`,
  when_needed: (...at) => `缺少 WHEN${place(...at)}。`,
  value_needed: (...at) => `缺少一个值${place(...at)}。`,
  field_needed: (...at) => `缺少字段名${place(...at)}。`,
  decimal_digits: (...at) => `DECIMAL 的位数应为 1 至 38${place(...at)}。`,
  mark_needed: (mark, ...at) => `缺少“${mark}”${place(...at)}。`,
  no_moment: (value, type, ...at) => `“${value}”不是有效的${type === "date" ? "日期" : "日期时间"}${place(...at)}。`,
  no_type: (word, ...at) => `“${word}”不是类型${place(...at)}。`,
};

/** Only where the server's own sentence is the checking library's. */
const en: Partial<Record<Reason, Say>> = {
  missing: (type = "") => `This is missing: ${TYPES_EN[type] ?? type}.`,
  type_differs: (type = "") => `Here must be ${TYPES_EN[type] ?? type}.`,
  choice: (...choices) => `Here can be only ${choices.join(", ")}.`,
  too_little: (what = "", least) => `Here must be at least ${least}${UNITS_EN[what] ?? ""}.`,
  too_much: (what = "", most) => `Here may be at most ${most}${UNITS_EN[what] ?? ""}.`,
  form_unknown: () => "This is none of the forms that there may be here.",
  not_a_name: () => "A name is small letters, digits and underscores, a letter first, 63 at most.",
  not_an_id: () => "This is no id.",
};

/** Exactly what is wrong; null where only the problem's message says it. */
export function reasonText({ reason, names }: Pick<Problem, "reason" | "names">, language: Language): string | null {
  if (reason === null) return null;
  return (language === "zh-CN" ? zh : en)[reason]?.(...names) ?? null;
}
