import type { PhoneFault } from "../../../core/report/layout/phone-warnings";
import type { Language } from "../../../core/report/format";

/** Texts of the phone's view beside the canvas. */
export interface PhoneWords {
  keys: string;
  kpis: string;
  kpiRows: Record<1 | 2, string>;
  isNew: string;
  keepOrder: string;
  lower: (title: string) => string;
  higher: (title: string) => string;
  warnings: string;
  faults: Record<PhoneFault, string>;
}

export const PHONE_WORDS: Record<Language, PhoneWords> = {
  "zh-CN": {
    keys: "拖动或用箭头按钮调整顺序",
    kpis: "指标卡",
    kpiRows: { 1: "每行一个", 2: "每行两个" },
    isNew: "新",
    keepOrder: "确认新卡片的位置",
    lower: (title) => `降低“${title}”`,
    higher: (title) => `升高“${title}”`,
    warnings: "手机上需要注意",
    faults: {
      wideTable: "表格宽度超过三屏，建议减少列",
      unreadable: "分类名称放不下，建议改用条形图或只看前几项",
      manySeries: "超过 8 个系列，颜色难以分辨",
      low: "图表高度低于 120 像素",
    },
  },
  "en-US": {
    keys: "Drag, or use the arrow buttons, to change the order",
    kpis: "KPI cards",
    kpiRows: { 1: "One a row", 2: "Two a row" },
    isNew: "New",
    keepOrder: "Keep new cards where they are",
    lower: (title) => `Make “${title}” lower`,
    higher: (title) => `Make “${title}” higher`,
    warnings: "To look at on phones",
    faults: {
      wideTable: "The table is wider than three screens: fewer columns would help",
      unreadable: "The names do not fit: lying bars or fewer categories would help",
      manySeries: "More than 8 series: their colours cannot be told apart",
      low: "The chart is lower than 120 px",
    },
  },
};
