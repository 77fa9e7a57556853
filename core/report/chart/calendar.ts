import dayjs from "dayjs";
import type { CardData } from "../../contract/report/query";
import type { ReportElement } from "../../contract/report/element";
import { fieldsOf } from "../card-data";
import { formatValue } from "../format";
import { heatScale } from "./colour";
import { heatLegend, heatOf } from "./heat";
import { itemFrame, measuresOf, pixelPlane, written } from "./item";
import { inkOf, wordsOf, type Chart, type ChartLook, type JsonObject } from "./look";

type CalendarElement = Extract<ReportElement, { type: "heatmap" }>;

const DAY_MS = 86_400_000;
const SIDE = 18;
const ABOVE = 16;
const LARGEST = 26;

/** Days since the Monday before 1970 (1969-12-29): seven of them are a week. */
function dayNumber(date: string): number | null {
  const time = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  return Number.isFinite(time) ? Math.round(time / DAY_MS) + 3 : null;
}

interface Place {
  week: number;
  weekday: number;
  date: string;
}

function placesOf(numbers: (number | null)[]): { first: number; weeks: number; places: Place[] } {
  const days = numbers.filter((day) => day !== null);
  if (days.length === 0) return { first: 0, weeks: 0, places: [] };
  const [from, to] = [Math.min(...days), Math.max(...days)];
  const first = Math.floor(from / 7);
  const all = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const places = all.map((day) => ({
    week: Math.floor(day / 7) - first,
    weekday: day % 7,
    date: new Date((day - 3) * DAY_MS).toISOString().slice(0, 10),
  }));
  return { first, weeks: Math.floor(to / 7) - first + 1, places };
}

/** A word at a place of the plane, in px. */
function word(text: string, x: number, y: number): JsonObject {
  return { value: [x, y], label: { formatter: text } };
}

function monthWords(places: Place[], cell: number, top: number, look: ChartLook): JsonObject[] {
  let last = -1e3;
  return places.reduce<JsonObject[]>((words, { date, week }, index) => {
    const x = SIDE + week * cell;
    if ((index > 0 && !date.endsWith("-01")) || x - last < 30) return words;
    last = x;
    const month = dayjs(date).format(look.language === "zh-CN" ? "M月" : "MMM");
    return [...words, word(month, x, top + ABOVE / 2 - 2)];
  }, []);
}

/** Days as squares: a week is a column, from Monday down. */
export function calendarChart(element: CalendarElement, data: CardData, look: ChartLook): Chart {
  const [numbers] = measuresOf(data);
  const day = fieldsOf(data, "dimension")[0];
  if (!numbers || !day) return { option: itemFrame(look), tips: [], legend: [] };
  const scale = element.visual?.scale ?? heatScale(look);
  const colourAt = heatOf(numbers, scale);
  const dayNumbers = day.values.map((value) => (typeof value === "string" ? dayNumber(value) : null));
  const { first, weeks, places } = placesOf(dayNumbers);
  const cell = Math.min(LARGEST, (look.width - SIDE) / Math.max(1, weeks), (look.height - ABOVE) / 7);
  const size = Math.max(1, cell - (cell > 8 ? 2 : 1));
  const top = ABOVE + Math.max(0, (look.height - ABOVE - 7 * cell) / 2);
  const at = (week: number, weekday: number): number[] => [SIDE + (week + 0.5) * cell, top + (weekday + 0.5) * cell];
  const rows = dayNumbers
    .map((_, row) => row)
    .filter((row) => dayNumbers[row] !== null && numbers.values[row] !== null);
  const square = { type: "scatter", symbol: "rect", symbolSize: size, emphasis: { scale: false } };
  const weekdays = wordsOf(look).weekdays.split("");
  const shown = weekdays.map((text, index) => ({ text, index })).filter(({ index }) => cell >= 12 || index % 2 === 0);
  return {
    option: {
      ...itemFrame(look),
      ...pixelPlane(look),
      series: [
        {
          ...square,
          data: rows.map((row, tip) => ({
            value: at(Math.floor((dayNumbers[row] ?? 0) / 7) - first, (dayNumbers[row] ?? 0) % 7),
            tip,
            itemStyle: { color: colourAt(numbers.values[row] ?? 0), opacity: 1 },
          })),
        },
        {
          ...square,
          silent: true,
          z: 1,
          itemStyle: { color: inkOf(look).line, opacity: 0.5 },
          data: places.map(({ week, weekday }) => at(week, weekday)),
        },
        {
          type: "scatter",
          silent: true,
          symbolSize: 0,
          label: { show: true, position: [0, -5], align: "left", color: inkOf(look).faint, fontSize: 10 },
          data: [
            ...monthWords(places, cell, top - ABOVE, look),
            ...shown.map(({ text, index }) => word(text, 2, top + (index + 0.5) * cell)),
          ],
        },
      ],
    },
    legend: heatLegend(numbers, scale, look),
    tips: rows.map((row) => ({
      title: formatValue(day.values[row], day.column, look.language),
      rows: [
        {
          name: numbers.column.label,
          value: written(numbers.values[row] ?? null, numbers.column.format, look),
          colour: colourAt(numbers.values[row] ?? 0),
        },
      ],
      row,
    })),
  };
}
