import type { SourceFaultCode } from "../../../core/contract/source/data-source";
import type { ExtractFaultCode, ExtractRun, ExtractSchedule } from "../../../core/contract/source/extract";
import type { Language } from "../../../core/report/format";
import { useApp } from "../../app-context";
import { useSourceWords } from "./source";

interface FaultWords {
  title: string;
  mend: string;
}
/** A data source's own words serve the rest. */
type OwnFault =
  Exclude<ExtractFaultCode, SourceFaultCode> | "tls_failed" | "timeout" | "too_large" | "changed" | "failed";

const zh = {
  title: "数据抽取",
  titleOf: (source: string) => `数据抽取：${source}`,
  intro: "抽取把一张表定期复制到 Dingboard：报表读副本，很快，也不再查询数据库。",
  back: "全部数据源",
  open: "数据抽取",
  add: "新建抽取",
  refresh: "刷新",
  empty: "还没有数据抽取",
  emptyHint: "表太大、数据库太慢或太忙时，为它建一个抽取。",
  noSource: "没有这个数据源",
  noSourceHint: "它可能已被删除。",
  states: {
    queued: "排队中",
    running: "运行中",
    done: "成功",
    failed: "失败",
    cancelled: "已取消",
  } satisfies Record<ExtractRun["state"], string>,
  neverRan: "从未运行",
  readSoFar: (rows: string) => `已读取 ${rows} 行`,
  table: "表",
  columns: "字段",
  allColumns: "全部字段",
  someColumns: (count: number) => `${count} 个字段`,
  data: "数据",
  noData: "还没有数据",
  rows: (rows: string) => `${rows} 行`,
  asOf: (moment: string) => `数据截至 ${moment}`,
  schedule: "计划",
  nextRun: "下次运行",
  noNextRun: "不自动运行",
  source: "数据来源",
  usedBy: "使用它的数据集",
  unused: "没有数据集使用",
  run: "立即运行",
  cancelRun: "取消运行",
  change: "修改",
  copy: "复制数据来源",
  copied: (source: string) => `已复制 ${source}`,
  notCopied: (source: string) => `浏览器不允许复制，请手动选中：${source}`,
  createDataset: "用它新建数据集",
  remove: "删除",
  removeTitle: (name: string) => `删除抽取“${name}”？`,
  removeHint: "复制的数据一并删除，数据库里的表不受影响。",
  removeUsed: (names: string) => `还不能删除，这些数据集在用它：${names}。请先让它们改用其他数据。`,
  removed: "已删除",
  // the dialog
  changeTitle: (name: string) => `修改抽取：${name}`,
  create: "创建并运行",
  tableHint: "选择一张表",
  name: "名称",
  nameHint: (source: string) => `数据集以 ${source} 引用它，之后不能更改。`,
  nameWrong: "请用小写字母、数字、- 和 _，字母或数字开头，最多 63 个字符。",
  nameTaken: "已有同名的抽取。",
  needed: "请填写",
  allColumnsHint: "全部（表里以后新增的也会复制）",
  someColumnsHint: "只复制选中的",
  chosen: "选中的字段",
  columnsGone: (names: string) => `表里没有这些字段：${names}。请移除。`,
  rereads: "修改表或字段后，会立即重新运行一次。",
  kinds: {
    manual: "只在手动运行时",
    every: "每隔一段时间",
    daily: "每天",
    weekly: "每周",
  } satisfies Record<ExtractSchedule["kind"], string>,
  minutes: "间隔（分钟）",
  minutesHint: "5 到 1440 分钟。为避免扎堆，不在整点运行。",
  weekday: "星期",
  weekdays: ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
  at: "时间",
  timeZone: "时区",
  every: (minutes: number) => (minutes % 60 === 0 ? everyHoursZh(minutes / 60) : `每 ${minutes} 分钟`),
  daily: (at: string, zone: string) => `每天 ${at}（${zone}）`,
  weekly: (day: string, at: string, zone: string) => `每${day} ${at}（${zone}）`,
  // the last run
  failedWith: (title: string) => `上次运行失败：${title}`,
  failedAt: (moment: string) => `失败于 ${moment}。`,
  kept: (moment: string) => `报表仍使用截至 ${moment} 的数据。`,
  nothingKept: "还没有可用的数据。",
  editSource: "去修改或测试数据源",
  faults: {
    too_many_rows: {
      title: "表的行数超过上限",
      mend: "请改用行数较少的视图；确需整张表时，请运维人员调高 EXTRACT_MAX_ROWS。",
    },
    too_many_bytes: {
      title: "表的数据量超过上限",
      mend: "请只选需要的字段，或改用较小的视图；确需整张表时，请运维人员调高 EXTRACT_MAX_MB。",
    },
    column_missing: {
      title: "表里没有选中的字段",
      mend: "请修改此抽取、移除这些字段，或请数据库管理员恢复它们，然后再次运行。",
    },
    not_exact: {
      title: "有数字超过 38 位，无法精确保存",
      mend: "请修改此抽取、不选这些字段，或在数据库里用视图把它们转换成文本。",
    },
    no_space: {
      title: "Dingboard 服务器的磁盘空间不足",
      mend: "请运维人员清理或扩大数据目录所在的磁盘，然后再次运行。",
    },
    crashed: {
      title: "抽取期间服务器停止了三次，已放弃",
      mend: "请运维人员查看服务器日志（常见原因是内存不足），然后再次运行。",
    },
    tls_failed: {
      title: "TLS 证书校验失败",
      mend: "自签或公司 CA 的证书请把 CA 粘贴到数据源的设置里；证书里的名称要与主机一致。",
    },
    timeout: {
      title: "抽取没有在限定时间内完成",
      mend: "请只选需要的字段或改用较小的视图，并避开数据库繁忙的时段；也可请运维人员调高 EXTRACT_TIMEOUT_MINUTES。",
    },
    too_large: {
      title: "数据太大，或有一行太大",
      mend: "请只选需要的字段，不选很长的文本和二进制字段。",
    },
    changed: {
      title: "表已不存在，或结构已改变",
      mend: "请在数据库里核对这张表；如果它改了名称或位置，请修改此抽取、重新选择表。",
    },
    failed: {
      title: "抽取没有成功",
      mend: "请按下面数据库返回的说明处理；没有说明时，请运维人员查看服务器日志。",
    },
  } satisfies Record<OwnFault, FaultWords>,
};

const en: typeof zh = {
  title: "Extracts",
  titleOf: (source) => `Extracts: ${source}`,
  intro:
    "An extract copies a table into Dingboard on a schedule: reports read the copy, fast, and leave the database alone.",
  back: "All data sources",
  open: "Extracts",
  add: "New extract",
  refresh: "Refresh",
  empty: "No extracts yet",
  emptyHint: "Make one where a table is large, or the database slow or busy.",
  noSource: "There is no such data source",
  noSourceHint: "It may have been removed.",
  states: { queued: "Queued", running: "Running", done: "Done", failed: "Failed", cancelled: "Cancelled" },
  neverRan: "Never ran",
  readSoFar: (rows) => `${rows} rows read so far`,
  table: "Table",
  columns: "Columns",
  allColumns: "all columns",
  someColumns: (count) => (count === 1 ? "1 column" : `${count} columns`),
  data: "Data",
  noData: "None yet",
  rows: (rows) => `${rows} rows`,
  asOf: (moment) => `as of ${moment}`,
  schedule: "Schedule",
  nextRun: "Next run",
  noNextRun: "Only when asked",
  source: "Source",
  usedBy: "Datasets that use it",
  unused: "No dataset uses it",
  run: "Run now",
  cancelRun: "Cancel run",
  change: "Change",
  copy: "Copy source",
  copied: (source) => `Copied ${source}`,
  notCopied: (source) => `The browser refused; select it by hand: ${source}`,
  createDataset: "Create a dataset",
  remove: "Remove",
  removeTitle: (name) => `Remove the extract “${name}”?`,
  removeHint: "Its copy of the data goes too. Nothing changes in the database itself.",
  removeUsed: (names) => `It cannot be removed yet: ${names} read it. Point them to other data first.`,
  removed: "Removed",
  changeTitle: (name) => `Change extract: ${name}`,
  create: "Create and run",
  tableHint: "Choose a table",
  name: "Name",
  nameHint: (source) => `Datasets refer to it as ${source}; it cannot be changed later.`,
  nameWrong: "Small letters, digits, - and _, a letter or digit first, at most 63.",
  nameTaken: "Another extract has this name.",
  needed: "Needed",
  allColumnsHint: "All (those that the table gets later too)",
  someColumnsHint: "Only chosen ones",
  chosen: "Chosen columns",
  columnsGone: (names) => `The table has no such columns: ${names}. Take them out.`,
  rereads: "Another table or other columns are read at once.",
  kinds: { manual: "Only when asked", every: "Every so many minutes", daily: "Every day", weekly: "Every week" },
  minutes: "Every (minutes)",
  minutesHint: "5 to 1440. Never on the full hour, when everybody's jobs begin.",
  weekday: "Weekday",
  weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
  at: "At",
  timeZone: "Time zone",
  every: (minutes) => (minutes % 60 === 0 ? everyHours(minutes / 60) : `Every ${minutes} minutes`),
  daily: (at, zone) => `Every day at ${at} (${zone})`,
  weekly: (day, at, zone) => `Every ${day} at ${at} (${zone})`,
  failedWith: (title) => `The last run failed: ${lowerFirst(title)}`,
  failedAt: (moment) => `Failed on ${moment}.`,
  kept: (moment) => `Reports go on with the data of ${moment}.`,
  nothingKept: "There is no data yet.",
  editSource: "Change or test the data source",
  faults: {
    too_many_rows: {
      title: "The table has more rows than an extract may copy",
      mend: "Choose a view with fewer rows; where all are needed, ask the operator to raise EXTRACT_MAX_ROWS.",
    },
    too_many_bytes: {
      title: "The table holds more data than an extract may copy",
      mend: "Choose only the columns that are needed, or a smaller view; where all are needed, ask the operator to raise EXTRACT_MAX_MB.",
    },
    column_missing: {
      title: "The table has lost chosen columns",
      mend: "Change the extract and take them out, or ask the database's administrator to bring them back; then run it again.",
    },
    not_exact: {
      title: "Numbers have more than 38 digits and cannot be kept exactly",
      mend: "Change the extract and leave these columns out, or turn them into texts by a view in the database.",
    },
    no_space: {
      title: "The disk of Dingboard's server is full",
      mend: "Ask the operator to make room where the data directory lies, then run it again.",
    },
    crashed: {
      title: "The server stopped three times during it",
      mend: "Ask the operator to look into the server's log (often memory ran out), then run it again.",
    },
    tls_failed: {
      title: "The TLS certificate could not be verified",
      mend: "Paste your own authority's certificate into the data source's settings; the certificate must name the host as entered.",
    },
    timeout: {
      title: "It did not finish in the time that it may take",
      mend: "Choose only the columns that are needed or a smaller view, and a time when the database is not busy; or ask the operator to raise EXTRACT_TIMEOUT_MINUTES.",
    },
    too_large: {
      title: "The data, or one row of it, is too large",
      mend: "Choose only the columns that are needed, without long texts and binary data.",
    },
    changed: {
      title: "The table is gone or has changed",
      mend: "Look for it in the database; where it has another name or place now, change the extract and choose it again.",
    },
    failed: {
      title: "The copy did not succeed",
      mend: "Follow what the database says below; where it says nothing, ask the operator to look into the server's log.",
    },
  },
};

const everyHoursZh = (hours: number): string => (hours === 1 ? "每小时" : `每 ${hours} 小时`);
const everyHours = (hours: number): string => (hours === 1 ? "Every hour" : `Every ${hours} hours`);

/** A title that goes on a sentence; an abbreviation stays. */
const lowerFirst = (title: string): string =>
  /^[A-Z][a-z ]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;

const WORDS: Record<Language, typeof zh> = { "zh-CN": zh, "en-US": en };

/** The texts of extracts, in the person's language. */
export const useExtractWords = (): typeof zh => WORDS[useApp().language.current];

/** When an extract runs, in words. */
export function scheduleText(words: typeof zh, schedule: ExtractSchedule): string {
  switch (schedule.kind) {
    case "manual":
      return words.kinds.manual;
    case "every":
      return words.every(schedule.minutes);
    case "daily":
      return words.daily(schedule.at, schedule.timeZone);
    case "weekly":
      return words.weekly(words.weekdays[schedule.weekday - 1] ?? "", schedule.at, schedule.timeZone);
  }
}

/** What each fault means and what to do next. */
export function useFaultWords(): Record<ExtractFaultCode, FaultWords> {
  const { faults: ofSource } = useSourceWords();
  const { faults: own } = useExtractWords();
  return { ...ofSource, ...own };
}
