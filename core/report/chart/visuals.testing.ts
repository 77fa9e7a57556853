import type { CardData } from "../../contract/report/query";
import { answer, dimension, measure } from "../card.testing";
import { chart, type ChartElement } from "./chart";
import type { ChartLook, Json, JsonObject } from "./look";

export const look: ChartLook = { language: "en-US", width: 319, height: 220, theme: "light" };
export const revenue = measure("revenue", { format: { kind: "currency", currency: "CNY" } });
export const orders = measure("orders");

/** Revenue by city. */
export const named = (...rows: [string, number | null][]) => answer([dimension("city"), revenue], rows);
export const cities = named(["Linz", 30], ["Graz", 60], ["Wien", null], ["Wels", -5]);
/** Revenue by city and kind. */
export const crossed = answer(
  [dimension("city"), dimension("kind"), revenue],
  [
    ["Linz", "tea", 10],
    ["Linz", "rice", 20],
    ["Graz", "tea", 70],
    ["Graz", "rice", null],
  ],
);

type Item = JsonObject & { value?: Json; tip?: number };
export interface Drawn extends JsonObject {
  type: string;
  name: string;
  data: Item[];
}

export function seriesOf(part: ChartElement, data: CardData, differently: Partial<ChartLook> = {}): Drawn[] {
  return chart(part, data, { ...look, ...differently }).option["series"] as Drawn[];
}

/** Title and numbers of each tip, in words: what readers and screen readers are told. */
export function told(part: ChartElement, data: CardData): string[] {
  return chart(part, data, look).tips.map(({ title, rows }) => [title, ...rows.map(({ value }) => value)].join(" "));
}
