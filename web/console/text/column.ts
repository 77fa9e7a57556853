import type { DoubtCode, NumberMark, TypeReason, ColumnRole } from "../../../core/contract/source/column";
import type { Language } from "../../../core/report/format";
import { useApp } from "../../app-context";

interface ColumnWords {
  reasons: Record<TypeReason, string>;
  marks: Record<NumberMark, string>;
  roles: Record<ColumnRole, string>;
  doubts: Record<Exclude<DoubtCode, "nearly" | "zone_assumed">, (texts: string) => string>;
  written: (example: string) => string;
  nothing: (text: string, count: string) => string;
  nearly: (type: string, texts: string) => string;
  zoneAssumed: (count: string) => string;
}

const zh: ColumnWords = {
  reasons: {
    chosen: "由您选择",
    declared: "文件中已声明",
    bytes: "文件未声明为文本，按文本读取",
    values: "根据全部数据判断",
    empty: "没有数据",
    texts: "文本内容",
    mixed: "内容类型不一，按文本保留",
    leading_zeros: "有以 0 开头的数字，按文本保留",
    long_digits: "位数较长，按文本保留每一位",
    guarded: "去掉了为表格软件加的保护符号",
    currencies: "含多种货币，按文本保留",
    phone: "手机号，按文本保留",
    spelling: "版本或编号，按文本保留写法",
    short_years: "年份只有两位，世纪不明，按文本保留",
  },
  marks: {
    thousands: "千分位",
    decimal_comma: "逗号为小数点",
    percent: "百分数（12.5% 读为 0.125）",
    currency: "带货币符号",
    parentheses: "括号表示负数",
    ten_thousands: "万 / 亿已换算",
    exponent: "科学计数法",
  },
  roles: { dimension: "维度", measure: "度量", id: "编号，不求和", date: "时间", place: "地点", link: "链接" },
  doubts: {
    day_order: (texts) => `日和月的先后不明：${texts}`,
    decimal_mark: (texts) => `逗号按千分位读取，请确认：${texts}`,
    spellings: (texts) => `不同写法会成为同一个值：${texts}`,
  },
  written: (example) => `按 ${example} 的格式读取`,
  nothing: (text, count) => `“${text}”视为空（${count} 行）`,
  nearly: (type, texts) => `几乎都是${type}，除了：${texts}`,
  zoneAssumed: (count) => `${count} 行没有时区，按文件时区读取`,
};

const en: ColumnWords = {
  reasons: {
    chosen: "Chosen by you",
    declared: "The file says so",
    bytes: "Bytes not marked as text, read as text",
    values: "By all of its values",
    empty: "Has no values",
    texts: "Texts",
    mixed: "Values of several kinds, kept as text",
    leading_zeros: "Digits that begin with 0, kept as text",
    long_digits: "Long numbers, kept as text with every digit",
    guarded: "Marks that guard values from spreadsheets were taken off",
    currencies: "Several currencies, kept as text",
    phone: "Mobile numbers, kept as text",
    spelling: "A version or a number of a chapter, kept as it is spelled",
    short_years: "Years of two digits do not say their century, kept as text",
  },
  marks: {
    thousands: "Groups of thousands",
    decimal_comma: "Comma before decimals",
    percent: "Percent (12.5% is read as 0.125)",
    currency: "Currency signs",
    parentheses: "Parentheses are negative",
    ten_thousands: "万 and 亿 are multiplied",
    exponent: "Scientific notation",
  },
  roles: {
    dimension: "Dimension",
    measure: "Measure",
    id: "Identifier, not added up",
    date: "Time",
    place: "Place",
    link: "Link",
  },
  doubts: {
    day_order: (texts) => `Day or month first? ${texts}`,
    decimal_mark: (texts) => `Commas are read as thousands, please check: ${texts}`,
    spellings: (texts) => `Several spellings become one value: ${texts}`,
  },
  written: (example) => `Read as ${example}`,
  nothing: (text, count) => `"${text}" stands for nothing (${count} ${count === "1" ? "row" : "rows"})`,
  nearly: (type, texts) => `Nearly all are ${type.toLowerCase()}, but not: ${texts}`,
  zoneAssumed: (count) => `${count} ${count === "1" ? "row has" : "rows have"} no zone and are read in the file's`,
};

const WORDS: Record<Language, ColumnWords> = { "zh-CN": zh, "en-US": en };

/** What is said of a file's columns, in the person's language. */
export const useColumnWords = (): ColumnWords => WORDS[useApp().language.current];
