import type { SlowOutcome } from "../../../core/contract/report/explain";
import type { Language } from "../../../core/report/format";
import { useApp } from "../../app-context";

const zh = {
  intro: (threshold: string) => `最近 30 天里，引擎耗时达到 ${threshold}的查询。查询里的参数值不会记录。`,
  empty: "没有慢查询",
  emptyHint: (threshold: string) => `引擎耗时达到 ${threshold}的查询会出现在这里；运维人员可用 SLOW_QUERY_MS 调整。`,
  emptyFilter: "没有符合条件的慢查询",
  outcome: "结果",
  allOutcomes: "全部结果",
  outcomes: { answered: "已返回", abandoned: "读者已离开，查询已取消", failed: "失败" } satisfies Record<
    SlowOutcome,
    string
  >,
  at: "时间",
  report: "报表",
  reportGone: "报表已删除",
  dataset: "数据集",
  engine: "引擎",
  engineTime: "引擎耗时",
  queueTime: "排队",
  rows: "行数",
  ms: (ms: string) => `${ms} 毫秒`,
  seconds: (seconds: string) => `${seconds} 秒`,
  sql: "查询语句",
  showSql: (dataset: string) => `展开查询语句：${dataset}`,
  hideSql: (dataset: string) => `收起查询语句：${dataset}`,
  copy: "复制 SQL",
  copied: "已复制",
  more: "加载更多",
  refresh: "刷新",
};

const en: typeof zh = {
  intro: (threshold) =>
    `Queries of the last 30 days that took an engine ${threshold} or more. Their values are not kept.`,
  empty: "No slow query",
  emptyHint: (threshold) =>
    `What takes an engine ${threshold} or more appears here; the operator sets it by SLOW_QUERY_MS.`,
  emptyFilter: "No slow query fits",
  outcome: "Outcome",
  allOutcomes: "All outcomes",
  outcomes: { answered: "Answered", abandoned: "Reader left; cancelled", failed: "Failed" },
  at: "Time",
  report: "Report",
  reportGone: "report is gone",
  dataset: "Dataset",
  engine: "Engine",
  engineTime: "Engine time",
  queueTime: "Queued",
  rows: "Rows",
  ms: (ms) => `${ms} ms`,
  seconds: (seconds) => `${seconds} s`,
  sql: "Statement",
  showSql: (dataset) => `Show the statement: ${dataset}`,
  hideSql: (dataset) => `Hide the statement: ${dataset}`,
  copy: "Copy SQL",
  copied: "Copied",
  more: "Load more",
  refresh: "Refresh",
};

const WORDS: Record<Language, typeof zh> = { "zh-CN": zh, "en-US": en };

/** The texts of slow queries, in the person's language. */
export const useSlowWords = (): typeof zh => WORDS[useApp().language.current];
