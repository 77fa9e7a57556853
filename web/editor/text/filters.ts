import type { FilterControl, ReportFilter } from "../../../core/contract/report/report";
import type { FilterOperator } from "../../../core/contract/report/query";
import type { Language } from "../../../core/report/format";

type Unit = "days" | "weeks" | "months" | "quarters" | "years";

/** Texts of filters and their settings. */
export interface FilterWords {
  filters: string;
  add: string;
  addHint: string;
  all: string;
  keys: string;
  settings: string;
  label: string;
  field: string;
  control: string;
  controls: Record<FilterControl, string>;
  operator: string;
  operators: Partial<Record<FilterOperator, string>>;
  single: string;
  required: string;
  requiredHint: string;
  initial: string;
  initialNone: string;
  initialDays: string;
  initialPast: string;
  count: string;
  unit: string;
  units: Record<Unit, string>;
  completed: string;
  from: string;
  to: string;
  value: string;
  values: string;
  noValues: string;
  moreValues: string;
  searchValues: string;
  presets: string;
  parent: string;
  noParent: string;
  parentHint: string;
  reaches: string;
  reachesAll: string;
  reachesSome: string;
  matches: (dataset: string) => string;
  noMatch: string;
  phone: string;
  phones: Record<NonNullable<ReportFilter["phone"]> | "drawer", string>;
  link: string;
  linkHint: string;
  copyLink: string;
  copied: string;
  notCopied: string;
  earlier: string;
  later: string;
  remove: string;
}

export const FILTER_WORDS: Record<Language, FilterWords> = {
  "zh-CN": {
    filters: "筛选器",
    add: "添加筛选",
    addHint: "选择一个字段，读者即可按它筛选整份报表。",
    all: "不限",
    keys: "回车打开设置，Alt 加方向键调整顺序，Delete 删除",
    settings: "筛选器设置",
    label: "显示名称",
    field: "字段",
    control: "控件",
    controls: { select: "选择列表", text: "文字", dateRange: "日期范围", numberRange: "数值范围" },
    operator: "匹配方式",
    operators: {
      equals: "等于所选",
      notEquals: "排除所选",
      include: "包含",
      doesNotInclude: "不包含",
      startsWith: "开头是",
      endsWith: "结尾是",
    },
    single: "只能选一项",
    required: "必须选择",
    requiredHint: "没有默认值时，读者先选择，相关卡片才有数据。",
    initial: "默认值",
    initialNone: "不限",
    initialDays: "固定日期",
    initialPast: "最近一段时间",
    count: "数量",
    unit: "单位",
    units: { days: "天", weeks: "周", months: "个月", quarters: "个季度", years: "年" },
    completed: "只算完整的周期",
    from: "从",
    to: "到",
    value: "默认文字",
    values: "默认选中",
    noValues: "没有可选的值",
    moreValues: "只列出前 50 个值",
    searchValues: "在列出的值中查找",
    presets: "可快速选择的时间段",
    parent: "上级筛选器",
    noParent: "无",
    parentHint: "上级选定后，这里只列出其下的值。",
    reaches: "作用于",
    reachesAll: "全部卡片",
    reachesSome: "只有这些卡片",
    matches: (dataset) => `“${dataset}”中对应的字段`,
    noMatch: "不作用于此数据集",
    phone: "手机上的位置",
    phones: { page: "直接显示在页面上", drawer: "收在“筛选”里", none: "不显示" },
    link: "链接参数",
    linkHint: "在报表链接后加上它，打开时就已筛选。",
    copyLink: "复制带参数的链接",
    copied: "已复制",
    notCopied: "浏览器不允许复制",
    earlier: "前移",
    later: "后移",
    remove: "删除筛选器",
  },
  "en-US": {
    filters: "Filters",
    add: "Add filter",
    addHint: "Choose a field: readers can then filter the whole report by it.",
    all: "All",
    keys: "Enter opens settings, Alt with arrow keys changes the order, Delete removes",
    settings: "Filter settings",
    label: "Name shown",
    field: "Field",
    control: "Control",
    controls: { select: "List of values", text: "Text", dateRange: "Date range", numberRange: "Number range" },
    operator: "Matches",
    operators: {
      equals: "What is chosen",
      notEquals: "All but what is chosen",
      include: "Contains",
      doesNotInclude: "Does not contain",
      startsWith: "Starts with",
      endsWith: "Ends with",
    },
    single: "One value at a time",
    required: "Required",
    requiredHint: "Without a default, readers choose before the cards concerned show data.",
    initial: "Default",
    initialNone: "Everything",
    initialDays: "Fixed dates",
    initialPast: "The last while",
    count: "Number",
    unit: "Unit",
    units: { days: "days", weeks: "weeks", months: "months", quarters: "quarters", years: "years" },
    completed: "Whole periods only",
    from: "From",
    to: "To",
    value: "Default text",
    values: "Chosen by default",
    noValues: "There are no values",
    moreValues: "Only the first 50 values are listed",
    searchValues: "Search the listed values",
    presets: "Periods to choose from",
    parent: "Parent filter",
    noParent: "None",
    parentHint: "Once the parent is chosen, only values under it are listed here.",
    reaches: "Applies to",
    reachesAll: "All cards",
    reachesSome: "These cards only",
    matches: (dataset) => `Matching field of “${dataset}”`,
    noMatch: "Does not apply to this dataset",
    phone: "On phones",
    phones: { page: "On the page itself", drawer: "Among “Filters”", none: "Not shown" },
    link: "Link parameter",
    linkHint: "Added to the report's link, it opens the report already filtered.",
    copyLink: "Copy a link with it",
    copied: "Copied",
    notCopied: "The browser does not allow copying",
    earlier: "Move forward",
    later: "Move back",
    remove: "Remove filter",
  },
};
