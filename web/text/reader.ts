import type { Language } from "../../core/report/format";
import { useApp } from "../app-context";

const zh = {
  refresh: "刷新",
  refreshing: "正在刷新",
  back: "全部报表",
  pages: "报表页",
  cardMenu: (title: string) => `“${title}”的更多操作`,
  viewData: "查看数据",
  fullScreen: "全屏查看",
  copyLink: "复制链接",
  linkCopied: "链接已复制",
  linkNotCopied: "浏览器不允许复制，请从地址栏复制",
  image: "下载图片",
  close: "关闭",
  print: "打印",
  chart: (title: string, points: number) =>
    `${title}，共 ${points} 个数据点。用方向键逐个查看；在“更多操作”中选择“查看数据”可阅读全部数字。`,
  chartKind: "图表",
  table: (title: string) => `表格：${title}`,
  sparkline: (low: string, high: string) => `趋势：最低 ${low}，最高 ${high}`,
  compared: { good: "向好", bad: "向差", neutral: "持平" },
  searchHint: "按 / 搜索",
  show: "筛选列表",
  folders: "文件夹路径",
  clear: "清空",
  filters: "筛选条件",
  all: "全部",
  choose: "请选择",
  apply: "应用",
  reset: "恢复默认",
  remove: "移除筛选",
  search: "搜索",
  from: "从",
  to: "到",
  noOptions: "没有可选项",
  moreOptions: "还有更多，请搜索",
  optionsFailed: "选项加载失败",
  trail: "下钻路径",
  top: "全部",
  exportCsv: "导出 CSV",
  exportExcel: "导出 Excel",
};

const en: typeof zh = {
  refresh: "Refresh",
  refreshing: "Refreshing",
  back: "All reports",
  pages: "Pages of the report",
  cardMenu: (title) => `More for “${title}”`,
  viewData: "View data",
  fullScreen: "Full screen",
  copyLink: "Copy link",
  linkCopied: "Link copied",
  linkNotCopied: "The browser refused; copy from the address bar",
  image: "Download image",
  close: "Close",
  print: "Print",
  chart: (title, points) =>
    `${title}, ${points} points. Arrow keys go through them; “View data” in its menu lists every number.`,
  chartKind: "chart",
  table: (title) => `Table: ${title}`,
  sparkline: (low, high) => `Trend: lowest ${low}, highest ${high}`,
  compared: { good: "better", bad: "worse", neutral: "unchanged" },
  searchHint: "Press / to search",
  show: "Which reports",
  folders: "Way to this folder",
  clear: "Clear",
  filters: "Filters",
  all: "All",
  choose: "Choose",
  apply: "Apply",
  reset: "Reset",
  remove: "Remove filter",
  search: "Search",
  from: "From",
  to: "To",
  noOptions: "Nothing to choose",
  moreOptions: "There are more: search",
  optionsFailed: "The options could not be loaded",
  trail: "Way down",
  top: "All",
  exportCsv: "Export CSV",
  exportExcel: "Export Excel",
};

const WORDS: Record<Language, typeof zh> = { "zh-CN": zh, "en-US": en };
export type ReaderWords = typeof zh;

/** The texts of the reader's own controls. The calling component must be an observer to follow the language. */
export function useReaderWords(): ReaderWords {
  return WORDS[useApp().language.current];
}
