import type { ReportElement } from "../../contract/report/element";
import type { CardQuery, Filter } from "../../contract/report/query";
import type { ReportFilter, ReportPage, ReportSpec } from "../../contract/report/report";
import type { Language } from "../format";
import { forTemplate, type DatasetFacts, type DimensionFact, type MeasureFact, type Template } from "./facts";

const TEXTS = {
  "zh-CN": {
    names: {
      sales: "销售分析",
      operations: "运营分析",
      finance: "财务分析",
      hr: "人力分析",
      project: "项目分析",
      blank: "新报表",
    },
    page: "总览",
    recent: (label: string) => `近30天${label}`,
    trend: (label: string) => `${label}趋势`,
    top: (label: string, by: string) => `${by}${label}排行`,
    share: (label: string, by: string) => `${label}的${by}构成`,
    detail: "明细",
    period: "日期范围",
    about: (dataset: string) => `数据来自「${dataset}」。`,
  },
  "en-US": {
    names: {
      sales: "Sales",
      operations: "Operations",
      finance: "Finance",
      hr: "People",
      project: "Projects",
      blank: "New report",
    },
    page: "Overview",
    recent: (label: string) => `${label}, last 30 days`,
    trend: (label: string) => `${label} over time`,
    top: (label: string, by: string) => `Top ${by} by ${label}`,
    share: (label: string, by: string) => `${label}: share by ${by}`,
    detail: "Details",
    period: "Period",
    about: (dataset: string) => `Data of "${dataset}".`,
  },
} as const;

/** One card and its size on the grid of 36 columns. */
interface Card {
  id: string;
  w: number;
  h: number;
  element: ReportElement;
}

/** What all cards of a proposal are made from. */
interface Ground {
  facts: DatasetFacts;
  texts: (typeof TEXTS)[Language];
  date: DimensionFact | undefined;
  /** Best for a ranking and for shares; the same one where there is no other. */
  ranked: DimensionFact | undefined;
  shared: DimensionFact | undefined;
}

const MOST_SLICES = 8;

function groundOf(facts: DatasetFacts, language: Language): Ground {
  const names = facts.dimensions.filter(({ type, distinct }) => type !== "date" && type !== "number" && distinct !== 1);
  const few = names.find(({ distinct }) => distinct !== undefined && distinct <= MOST_SLICES);
  const ranked = names.find((one) => one !== few && (one.distinct ?? MOST_SLICES + 1) <= 500) ?? names[0];
  const date = facts.dimensions.find(({ type }) => type === "date");
  return { facts, texts: TEXTS[language], date, ranked, shared: few ?? names.find((one) => one !== ranked) };
}

function query(facts: DatasetFacts, measures: MeasureFact[], extra: Partial<CardQuery> = {}): CardQuery {
  const names = measures.map(({ name }) => name);
  return { dataset: facts.name, dimensions: [], measures: names, filters: [], sort: [], limit: 1_000, ...extra };
}

function past(date: DimensionFact, count: number, unit: Filter["unit"]): Filter[] {
  return [{ field: date.name, operator: "inThePast", values: [count], unit }];
}

const falling = ({ name }: MeasureFact) => [{ field: name, descending: true }];

function kpis({ facts, texts, date }: Ground): Card[] {
  const measures = facts.measures.slice(0, 4);
  return measures.map((measure, index): Card => {
    const place = { id: `kpi_${index + 1}`, w: 36 / measures.length, h: 4 };
    if (!date) return { ...place, element: { type: "kpi", title: measure.label, query: query(facts, [measure]) } };
    const filters = past(date, 30, "days");
    const element: ReportElement = {
      type: "kpi",
      title: texts.recent(measure.label),
      query: query(facts, [measure], { filters, compare: { field: date.name, period: "previousPeriod" } }),
      trend: query(facts, [measure], {
        filters,
        dimensions: [{ field: date.name, grain: "day" }],
        sort: [{ field: date.name, descending: false }],
      }),
    };
    return { ...place, element };
  });
}

function trend({ facts, texts, date }: Ground): Card[] {
  const [measure] = facts.measures;
  if (!date || !measure) return [];
  const element: ReportElement = {
    type: "cartesian",
    title: texts.trend(measure.label),
    query: query(facts, [measure], {
      dimensions: [{ field: date.name, grain: "month" }],
      filters: past(date, 12, "months"),
      sort: [{ field: date.name, descending: false }],
    }),
    visual: {
      series: [{ measure: measure.name, mark: "area", axis: "left" }],
      stacked: false,
      horizontal: false,
      labels: false,
    },
  };
  return [{ id: "trend", w: 24, h: 9, element }];
}

function share({ facts, texts, shared, date }: Ground): Card[] {
  const [measure] = facts.measures;
  if (!shared || !measure) return [];
  const element: ReportElement = {
    type: "pie",
    title: texts.share(measure.label, shared.label),
    query: query(facts, [measure], {
      dimensions: [{ field: shared.name }],
      filters: date ? past(date, 12, "months") : [],
      sort: falling(measure),
    }),
  };
  return [{ id: "share", w: 12, h: 9, element }];
}

function ranking({ facts, texts, ranked, date }: Ground): Card[] {
  const [measure] = facts.measures;
  if (!ranked || !measure) return [];
  const element: ReportElement = {
    type: "cartesian",
    title: texts.top(measure.label, ranked.label),
    query: query(facts, [measure], {
      dimensions: [{ field: ranked.name }],
      filters: date ? past(date, 12, "months") : [],
      sort: falling(measure),
      limit: 10,
    }),
    visual: {
      series: [{ measure: measure.name, mark: "bar", axis: "left" }],
      stacked: false,
      horizontal: true,
      labels: true,
    },
  };
  return [{ id: "ranking", w: 14, h: 10, element }];
}

function table({ facts, texts, ranked, shared, date }: Ground): Card[] {
  const measures = facts.measures.slice(0, 6);
  const [first] = measures;
  const dimensions = [shared, ranked].filter((one, index, all) => one !== undefined && all.indexOf(one) === index);
  if (!first || dimensions.length === 0) return [];
  const element: ReportElement = {
    type: "table",
    title: texts.detail,
    query: query(facts, measures, {
      dimensions: dimensions.map((one) => ({ field: one?.name ?? "" })),
      filters: date ? past(date, 12, "months") : [],
      sort: falling(first),
    }),
    visual: { frozen: 1, totals: true },
  };
  return [{ id: "detail", w: 22, h: 10, element }];
}

/** Rows of cards from the top, each as wide as the page. */
function placed(rows: Card[][]): ReportPage["layout"] {
  const layout: ReportPage["layout"] = [];
  let y = 0;
  for (const row of rows.filter(({ length }) => length > 0)) {
    const width = row.reduce((sum, { w }) => sum + w, 0);
    let x = 0;
    row.forEach(({ id, w, h }, index) => {
      const wide = index === row.length - 1 ? 36 - x : Math.round((w / width) * 36);
      layout.push({ element: id, x, y, w: wide, h });
      x += wide;
    });
    y += Math.max(...row.map(({ h }) => h));
  }
  return layout;
}

function filtersOf({ facts, texts, date, shared, ranked }: Ground): ReportFilter[] {
  const base = { dataset: facts.name, required: false };
  const filters: ReportFilter[] = date
    ? [{ ...base, id: "period", label: texts.period, field: date.name, operator: "inBetween", control: "dateRange" }]
    : [];
  const choice = shared ?? ranked;
  if (!choice || choice.type !== "string") return filters;
  return [...filters, { ...base, id: "choice", label: choice.label, field: choice.name, operator: "equals" }];
}

/**
 * A complete first report of a dataset: its numbers with their change, the trend, the ranking, the shares, a table, and
 * filters. A dataset without dates has no trend and compares nothing; one without measures has an empty page.
 */
export function proposeReport(dataset: DatasetFacts, language: Language, template?: Template): ReportSpec {
  const facts = template ? forTemplate(dataset, template) : dataset;
  const ground = groundOf(facts, language);
  const { texts } = ground;
  const isBlank = template === "blank";
  const rows = isBlank
    ? []
    : [kpis(ground), [...trend(ground), ...share(ground)], [...ranking(ground), ...table(ground)]];
  const cards = ([] as Card[]).concat(...rows);
  const elements: ReportSpec["elements"] = {};
  for (const { id, element } of cards) elements[id] = element;
  const name = template ? texts.names[template] : "";
  const title = isBlank ? name : [facts.label, name].filter(Boolean).join(" · ");
  return {
    version: 1,
    title: title.slice(0, 200),
    ...(isBlank ? {} : { description: texts.about(facts.label) }),
    pages: [{ id: "overview", title: texts.page, layout: placed(rows), mobile: { mode: "auto" } }],
    elements,
    filters: cards.length > 0 ? filtersOf(ground) : [],
  };
}
