import type { ReportPage, ReportSpec } from "../../../core/contract/report/report";
import { phoneLayout } from "../../../core/report/layout/layout";

type Mobile = ReportPage["mobile"];
type Elements = ReportSpec["elements"];

/** The order in which a page's cards come on the phone. */
export function phoneOrder(page: ReportPage, elements: Elements): string[] {
  return phoneLayout(page, elements).flatMap((row) => (row.kind === "kpis" ? row.elements : [row.element]));
}

/** A phone layout with a card at another place of the order; from then on the order is one's own. */
function placed(page: ReportPage, elements: Elements, id: string, to: number): Mobile {
  const order = phoneOrder(page, elements);
  const from = order.indexOf(id);
  if (from < 0) return page.mobile;
  order.splice(from, 1);
  order.splice(Math.max(0, Math.min(order.length, to)), 0, id);
  return { ...page.mobile, mode: "manual", order };
}

/** A card so many places further up or down. */
export function movedOnPhone(page: ReportPage, elements: Elements, id: string, by: number): Mobile {
  return placed(page, elements, id, phoneOrder(page, elements).indexOf(id) + by);
}

/** A card where another one stands. */
export function droppedOnPhone(page: ReportPage, elements: Elements, id: string, onto: string): Mobile {
  return placed(page, elements, id, phoneOrder(page, elements).indexOf(onto));
}

/** A card hidden on the phone, or shown again. */
export function toggledOnPhone({ mobile }: ReportPage, id: string): Mobile {
  const hidden = mobile.hidden ?? [];
  const next = hidden.includes(id) ? hidden.filter((each) => each !== id) : [...hidden, id];
  return { ...mobile, mode: mobile.mode === "none" ? "auto" : mobile.mode, hidden: next };
}

const [LOWEST, HIGHEST] = [0.2, 3];

/** A chart of another height on the phone, over its width. */
export function heightOnPhone({ mobile }: ReportPage, id: string, aspect: number): Mobile {
  const rounded = Math.round(Math.max(LOWEST, Math.min(HIGHEST, aspect)) * 100) / 100;
  return { ...mobile, aspect: { ...mobile.aspect, [id]: rounded } };
}

/** Cards that came after somebody had arranged the phone: they stand behind the others until somebody places them. */
export function newOnPhone(page: ReportPage, elements: Elements): string[] {
  const { mode, order = [] } = page.mobile;
  return mode === "manual" ? phoneOrder(page, elements).filter((id) => !order.includes(id)) : [];
}
