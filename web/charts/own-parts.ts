import type { Chart, JsonObject, LegendEntry } from "../../core/report/chart/look";

/** A chart whose legend and tips are drawn by the page. */
export interface OwnChart {
  option: JsonObject;
  legend: LegendEntry[];
  tips: Chart["tips"];
  along: Chart["along"];
  /** Slices stand beside their names instead of under them. */
  round: boolean;
  /** Whether a series can be hidden by its name. */
  hides: boolean;
}

const list = (value: unknown): JsonObject[] => (Array.isArray(value) ? (value as JsonObject[]) : []);

function styleOf(series: JsonObject, part: string): JsonObject {
  return (series[part] ?? {}) as JsonObject;
}

function cartesianParts({ option, tips, along }: Chart, hidden: ReadonlySet<string>): OwnChart {
  const series = list(option["series"]);
  const seen = series.map((one) => !hidden.has(String(one["name"])));
  const legend = series.map((one) => ({
    name: String(one["name"]),
    colour: String(styleOf(one, "itemStyle")["color"]),
    dashed: Array.isArray(styleOf(one, "lineStyle")["type"]),
    note: "",
  }));
  return {
    option: {
      ...option,
      tooltip: null,
      legend: null,
      series: series.filter((_, index) => seen[index]),
    },
    legend: legend.length > 1 ? legend : [],
    tips: tips.map((tip) => ({ ...tip, rows: tip.rows.filter((_, index) => seen[index]) })),
    along,
    round: false,
    hides: true,
  };
}

function pieParts({ option, tips }: Chart): OwnChart {
  const series = list(option["series"]).map((one) => ({ ...one, center: ["50%", "50%"] }));
  const legend = tips.map(({ title, rows: [row] }) => ({
    name: title,
    colour: row?.colour ?? "",
    dashed: false,
    note: row?.name ?? "",
  }));
  return {
    option: { ...option, tooltip: null, legend: null, series },
    legend: option["legend"] ? legend : [],
    tips,
    along: undefined,
    round: true,
    hides: false,
  };
}

/** Takes legend and tooltip out of a chart's option, to be drawn by the page, and leaves out the hidden series. */
export function ownParts(chart: Chart, hidden: ReadonlySet<string>): OwnChart {
  if (!chart.legend) return chart.along ? cartesianParts(chart, hidden) : pieParts(chart);
  const option = { ...chart.option, tooltip: null, legend: null };
  return { ...chart, option, legend: chart.legend, along: chart.along, round: false, hides: false };
}

/** Makes all places but the picked ones pale. */
export function withPicked(option: JsonObject, picked: ReadonlySet<number>): JsonObject {
  if (picked.size === 0) return option;
  const series = list(option["series"]).map((one, number) => {
    if (one["silent"] === true || one["type"] === "line" || (one["type"] === "pie" && number > 0)) return one;
    const data = (one["data"] as JsonObject[]).map((item, index) => {
      const whole: JsonObject =
        typeof item === "object" && item !== null && !Array.isArray(item) ? item : { value: item };
      const place = typeof whole["tip"] === "number" ? whole["tip"] : index;
      const style = { ...(whole["itemStyle"] as JsonObject | undefined), opacity: picked.has(place) ? 1 : 0.3 };
      return { ...whole, itemStyle: style };
    });
    return { ...one, data };
  });
  return { ...option, series };
}
