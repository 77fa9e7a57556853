import type { ExplainedQuestion } from "../../core/contract/report/explain";
import type { Language } from "../../core/report/format";
import { useApp } from "../app-context";

const zh = {
  title: (card: string) => `查询详情：${card}`,
  parts: { main: "主查询", trend: "趋势查询" } satisfies Record<ExplainedQuestion["part"], string>,
  sql: "SQL",
  values: "参数值",
  engine: "引擎",
  engineTime: "引擎耗时",
  queueTime: "排队耗时",
  cache: "缓存",
  caches: { fresh: "有效", stale: "已过期，后台更新", absent: "无" } satisfies Record<
    ExplainedQuestion["cache"],
    string
  >,
  rows: "行数",
  size: "数据量",
  computed: "计算时间",
  dataset: "数据集",
  copy: "复制 SQL",
  copied: "已复制",
  notCopied: "浏览器不允许复制，请选中后复制",
};

const en: typeof zh = {
  title: (card) => `Explain: ${card}`,
  parts: { main: "Main query", trend: "Trend query" },
  sql: "SQL",
  values: "Values",
  engine: "Engine",
  engineTime: "Engine time",
  queueTime: "Queue time",
  cache: "Cache",
  caches: { fresh: "Fresh", stale: "Stale, being renewed", absent: "None" },
  rows: "Rows",
  size: "Size",
  computed: "Computed",
  dataset: "Dataset",
  copy: "Copy SQL",
  copied: "Copied",
  notCopied: "The browser refused; select the text and copy it",
};

const WORDS: Record<Language, typeof zh> = { "zh-CN": zh, "en-US": en };

/** The texts of a card's explanation. The calling component must be an observer to follow the language. */
export function useExplainWords(): typeof zh {
  return WORDS[useApp().language.current];
}
