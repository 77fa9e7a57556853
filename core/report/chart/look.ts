import type { Language } from "../format";

/** Plain JSON: what an ECharts option consists of here, so that it can be sent, stored and compared. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** What a chart must know of its surroundings. Sizes are in px. */
export interface ChartLook {
  language: Language;
  width: number;
  height: number;
  theme: "light" | "dark";
  /** Series colours instead of the product's own. */
  colours?: string[];
  /** Colours of single series, slices or categories, by name. */
  named?: Record<string, string>;
  /** The colour of what rises; green where absent. */
  up?: "green" | "red";
  /** The host writes the legend itself: the drawing keeps no room for one. */
  bare?: boolean;
}

/** What is shown for one place of the axis, or one slice, when it is touched. */
export interface ChartTip {
  title: string;
  rows: { name: string; value: string; colour: string }[];
  /** The row of the answer that it stands for, in charts of items; absent or null where it stands for none, or for several. */
  row?: number | null;
}

/** One entry of the legend beside a chart. */
export interface LegendEntry {
  name: string;
  colour: string;
  /** The earlier period's line. */
  dashed: boolean;
  /** Written behind the name: a slice's share. */
  note: string;
}

/** A chart as plain JSON. `tips[i]` belongs to category or item i: the host makes them the tooltip's text. */
export interface Chart {
  option: JsonObject;
  tips: ChartTip[];
  /** Whether categories stand side by side or below each other, and are touched over their whole width; absent: items are. */
  along?: "x" | "y";
  /** Of charts whose series do not name their parts. */
  legend?: LegendEntry[];
}

export const PALETTE = ["#1677ff", "#14b8a6", "#f59e0b", "#8b5cf6", "#f4717b", "#38bdf8", "#84b84c", "#94a3b8"];

/** Colours of the parts of a chart that are not data. */
export interface Ink {
  text: string;
  faint: string;
  line: string;
  surface: string;
  earlier: string;
}

const INKS: Record<ChartLook["theme"], Ink> = {
  light: { text: "#171a1d", faint: "#747677", line: "#e9ebee", surface: "#ffffff", earlier: "#a2a9b4" },
  dark: { text: "#f0f1f2", faint: "#9a9da1", line: "#35383b", surface: "#1f2224", earlier: "#7d838c" },
};

export function inkOf(look: ChartLook): Ink {
  return INKS[look.theme];
}

/** The colour of series or slice number `index`; what has a colour of its own by its name, has that. */
export function colourOf(look: ChartLook, index: number, name = ""): string {
  const own = look.named?.[name];
  if (own !== undefined) return own;
  const colours = look.colours?.length ? look.colours : PALETTE;
  return colours[index % colours.length] ?? "#1677ff";
}

const WORDS = {
  "zh-CN": {
    others: "其他",
    total: "合计",
    subtotal: "小计",
    earlier: "上期",
    lastYear: "去年同期",
    average: "平均",
    target: "目标",
    increase: "增加",
    decrease: "减少",
    reached: "完成",
    ofFirst: "占首步",
    ofBefore: "占上一步",
    cumulative: "累计",
    weekdays: "一二三四五六日",
  },
  "en-US": {
    others: "Others",
    total: "Total",
    subtotal: "Subtotal",
    earlier: "Previous",
    lastYear: "Last year",
    average: "Average",
    target: "Target",
    increase: "Increase",
    decrease: "Decrease",
    reached: "Reached",
    ofFirst: "Of the first step",
    ofBefore: "Of the step before",
    cumulative: "Cumulative",
    weekdays: "MTWTFSS",
  },
} as const;

export function wordsOf(look: Pick<ChartLook, "language">): Record<keyof (typeof WORDS)["zh-CN"], string> {
  return WORDS[look.language];
}

/** What every chart has in common: no animation, the palette, a tooltip that stays inside. */
export function frame(look: ChartLook): JsonObject {
  const ink = inkOf(look);
  return {
    animation: false,
    color: look.colours?.length ? look.colours : PALETTE,
    textStyle: { color: ink.text, fontSize: 11 },
    tooltip: {
      renderMode: "richText",
      confine: true,
      backgroundColor: ink.surface,
      borderColor: ink.line,
      borderWidth: 1,
      padding: [8, 10],
      textStyle: { color: ink.text, fontSize: 12, lineHeight: 18 },
      transitionDuration: 0,
    },
  };
}

/** A row of coloured squares with names above the chart; it can be paged where it is too long. */
export function legend(look: ChartLook, names: string[]): JsonObject {
  const ink = inkOf(look);
  return {
    type: "scroll",
    data: names,
    top: 0,
    left: 0,
    right: 0,
    icon: "roundRect",
    itemWidth: 10,
    itemHeight: 10,
    itemGap: 14,
    padding: [2, 0],
    textStyle: { color: ink.faint, fontSize: 11 },
    pageIconSize: 9,
    pageIconColor: ink.faint,
    pageTextStyle: { color: ink.faint, fontSize: 10 },
  };
}
