import type { CardData, Format } from "../../contract/report/query";
import type { ReportElement } from "../../contract/report/element";
import { fieldsOf, numbersOf } from "../card-data";
import { colourOf, frame, inkOf, wordsOf, type Chart, type ChartLook, type JsonObject } from "./look";
import { formatNumber, formatValue, type Language } from "../format";
import { cutText, textWidth } from "../text-width";

export type PieElement = Extract<ReportElement, { type: "pie" }>;

/** One part of the whole. `share` is a fraction. */
export interface Slice {
  name: string;
  value: number;
  share: number;
}

const SLICES = 6;

/** The largest parts, and the rest as one. What is missing, zero or negative is no part of a whole. */
export function slicesOf(data: CardData, language: Language): Slice[] {
  const [dimension] = fieldsOf(data, "dimension");
  const [measure] = fieldsOf(data, "measure");
  const values = measure ? numbersOf(measure) : [];
  const parts = values
    .map((value, row) => ({
      name: dimension ? formatValue(dimension.values[row], dimension.column, language) : (measure?.column.label ?? ""),
      value: value ?? 0,
    }))
    .filter((part) => part.value > 0)
    .sort((a, b) => b.value - a.value);
  const total = parts.reduce((sum, part) => sum + part.value, 0);
  const rest = parts.slice(SLICES);
  const others = { name: wordsOf({ language }).others, value: rest.reduce((sum, part) => sum + part.value, 0) };
  const kept = rest.length > 1 ? [...parts.slice(0, SLICES), others] : parts;
  return kept.map((part) => ({ ...part, share: part.value / total }));
}

function percent(share: number, language: Language): string {
  return formatNumber(share, { kind: "percent", decimals: 1 }, language);
}

const LEGEND_LEFT = 0.5;
const LEGEND_SIZE = 12;
const LEGEND_MARK = 18;

/** A slice's name and share for the legend; a long name is cut, the share never. */
function legendName(slice: Slice, labels: boolean, look: ChartLook): string {
  const share = labels ? `  ${percent(slice.share, look.language)}` : "";
  const room = look.width * (1 - LEGEND_LEFT) - LEGEND_MARK - textWidth(share, LEGEND_SIZE);
  return `${cutText(slice.name, LEGEND_SIZE, room)}${share}`;
}

/** The whole in the ring's middle; a series of its own, because only series labels can stand there without functions. */
function middle(text: string, centre: string[], look: ChartLook): JsonObject {
  const ink = inkOf(look);
  return {
    type: "pie",
    silent: true,
    center: centre,
    radius: [0, 0],
    label: {
      show: true,
      position: "center",
      formatter: `{name|${wordsOf(look).total}}\n{value|${text}}`,
      rich: {
        name: { color: ink.faint, fontSize: 11, lineHeight: 18 },
        value: { color: ink.text, fontSize: 15, fontWeight: "bold", lineHeight: 20 },
      },
    },
    tooltip: { show: false },
    data: [{ value: 1, name: "", itemStyle: { color: "transparent" } }],
  };
}

function sideLegend(names: string[], look: ChartLook): JsonObject {
  return {
    orient: "vertical",
    left: `${LEGEND_LEFT * 100}%`,
    top: "middle",
    data: names,
    icon: "roundRect",
    itemWidth: 10,
    itemHeight: 10,
    itemGap: 11,
    selectedMode: false,
    textStyle: { color: inkOf(look).text, fontSize: LEGEND_SIZE },
  };
}

/** Shares as a pie or ring with the names and percentages beside it. https://echarts.apache.org/en/option.html#series-pie */
export function pieChart(element: PieElement, data: CardData, look: ChartLook): Chart {
  const { ring = true, labels = true, legend = true } = element.visual ?? {};
  const slices = slicesOf(data, look.language);
  const format: Format | undefined = fieldsOf(data, "measure")[0]?.column.format;
  const total = slices.reduce((sum, slice) => sum + slice.value, 0);
  const names = slices.map((slice) => legendName(slice, labels, look));
  const centre = [legend ? "25%" : "50%", "50%"];
  const base = frame(look);
  const series: JsonObject[] = [
    {
      type: "pie",
      center: centre,
      radius: ring ? ["58%", "88%"] : ["0%", "88%"],
      label: { show: false },
      labelLine: { show: false },
      itemStyle: { borderColor: inkOf(look).surface, borderWidth: 1.5 },
      emphasis: { scale: false },
      data: slices.map((slice, index) => ({
        name: names[index] ?? slice.name,
        value: slice.value,
        tip: index,
        itemStyle: { color: colourOf(look, index, slice.name) },
      })),
    },
  ];
  if (ring && slices.length > 0) {
    const short = formatNumber(total, { kind: "number", ...format, compact: true }, look.language);
    series.push(middle(short, centre, look));
  }
  return {
    option: {
      ...base,
      tooltip: { ...(base["tooltip"] as JsonObject), trigger: "item" },
      ...(legend ? { legend: sideLegend(names, look) } : {}),
      series,
    },
    tips: slices.map((slice, index) => ({
      title: slice.name,
      rows: [
        {
          name: percent(slice.share, look.language),
          value: formatNumber(slice.value, format, look.language),
          colour: colourOf(look, index, slice.name),
        },
      ],
    })),
  };
}
