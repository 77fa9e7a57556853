import type { ReportElement } from "../../contract/report/element";
import type { CardData } from "../../contract/report/query";
import type { ReportPage, ReportSpec } from "../../contract/report/report";
import { isChart } from "../chart/chart";
import { axisNames, pivot } from "../chart/series";
import type { Language } from "../format";
import { tableView } from "../table/table";
import { textWidth } from "../text-width";
import { phoneChartHeight, phoneLayout } from "./layout";

export type PhoneFault = "wideTable" | "unreadable" | "manySeries" | "low";

export interface PhoneWarning {
  element: string;
  fault: PhoneFault;
}

export const MOST_SCREENS = 3;
export const MOST_SERIES = 8;
export const LEAST_HEIGHT = 120;
const LABEL_SIZE = 11;
const AXIS_ROOM = 44;

interface Asked {
  page: ReportPage;
  /** Room for a card's content, in px. */
  width: number;
  language: Language;
}

type Cartesian = Extract<ReportElement, { type: "cartesian" }>;

function cartesianFaults(element: Cartesian, data: CardData, { width, language }: Asked): PhoneFault[] {
  const look = { language, width, height: width, theme: "light" as const };
  const { series, dates, labels } = pivot(element, data, look);
  const faults: PhoneFault[] = series.length > MOST_SERIES ? ["manySeries"] : [];
  if (dates || element.visual?.horizontal || data.rowCount === 0) return faults;
  const slot = (width - AXIS_ROOM) / Math.max(1, labels.length);
  const widest = Math.max(0, ...axisNames(data, look).labels.map((label) => textWidth(label, LABEL_SIZE)));
  return widest > slot * 2 ? ["unreadable", ...faults] : faults;
}

function faultsOf(id: string, element: ReportElement, data: CardData, asked: Asked): PhoneFault[] {
  if (element.type === "table") {
    const { width } = tableView(element, data, { language: asked.language, sort: null, limit: 20 });
    return width > asked.width * MOST_SCREENS ? ["wideTable"] : [];
  }
  if (!isChart(element)) return [];
  const height = phoneChartHeight(asked.page, id, element, data, asked.width);
  // A ranking of two bars needs no more.
  const natural = asked.page.mobile.aspect?.[id] === undefined && data.rowCount <= 3;
  const low: PhoneFault[] = height < LEAST_HEIGHT && !natural ? ["low"] : [];
  return element.type === "cartesian" ? [...cartesianFaults(element, data, asked), ...low] : low;
}

/** What will not be read well on a phone, in the phone's order. Cards without data yet are not judged. */
export function phoneWarnings(
  asked: Asked,
  elements: ReportSpec["elements"],
  dataOf: (id: string) => CardData | undefined,
): PhoneWarning[] {
  const ids = phoneLayout(asked.page, elements).flatMap((row) => (row.kind === "kpis" ? row.elements : [row.element]));
  return ids.flatMap((id) => {
    const [element, data] = [elements[id], dataOf(id)];
    return element && data ? faultsOf(id, element, data, asked).map((fault) => ({ element: id, fault })) : [];
  });
}
