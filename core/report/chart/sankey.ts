import type { CardData } from "../../contract/report/query";
import type { ReportElement } from "../../contract/report/element";
import { fieldsOf } from "../card-data";
import { cutText } from "../text-width";
import { colourOf, inkOf, type Chart, type ChartLook, type JsonObject } from "./look";
import { itemFrame, measuresOf, namesOf, plain, written } from "./item";

export type SankeyElement = Extract<ReportElement, { type: "sankey" }>;

interface Node {
  name: string;
  column: number;
  /** What flows in, or out of the first column. */
  value: number;
  /** A row of its value, where it stands in the first column. */
  row: number | null;
}

interface Link {
  from: string;
  to: string;
  value: number;
}

interface Flow {
  nodes: Map<string, Node>;
  links: Map<string, Link>;
}

function add(flow: Flow, column: number, name: string, value: number, row: number): string {
  const key = `${column}:${name}`;
  const node = flow.nodes.get(key) ?? { name, column, value: 0, row: column === 0 ? row : null };
  flow.nodes.set(key, { ...node, value: node.value + value });
  return key;
}

/** Rows as flows from each dimension's value to the next one's. What is missing, zero or negative does not flow. */
function flowOf(data: CardData, look: ChartLook): Flow {
  const columns = fieldsOf(data, "dimension").map((_, place) => namesOf(data, place, look));
  const values = measuresOf(data)[0]?.values ?? [];
  const flow: Flow = { nodes: new Map(), links: new Map() };
  if (columns.length < 2) return flow;
  values.forEach((value, row) => {
    if (value === null || value <= 0) return;
    const keys = columns.map((names, column) => add(flow, column, names[row] ?? "", value, row));
    keys.slice(1).forEach((to, index) => {
      const from = keys[index] ?? "";
      const key = `${from}>${to}`;
      flow.links.set(key, { from, to, value: (flow.links.get(key)?.value ?? 0) + value });
    });
  });
  return flow;
}

/** What flows where. https://echarts.apache.org/en/option.html#series-sankey */
export function sankeyChart(element: SankeyElement, data: CardData, look: ChartLook): Chart {
  const ink = inkOf(look);
  const { nodes, links } = flowOf(data, look);
  const column = measuresOf(data)[0]?.column;
  const labels = element.visual?.labels ?? true;
  const columns = fieldsOf(data, "dimension").length;
  const room = Math.round((look.width / Math.max(2, columns)) * 0.8);
  const all = [...nodes];
  const last = columns - 1;
  const colours = new Map(all.map(([key, { name }], index) => [key, colourOf(look, index, name)]));
  const said = (value: number): string => written(value, column?.format, look);
  const label = column?.label ?? "";
  return {
    option: {
      ...itemFrame(look),
      series: [
        {
          type: "sankey",
          left: 0,
          right: 0,
          top: 6,
          bottom: 6,
          nodeWidth: 10,
          nodeGap: 8,
          draggable: false,
          layoutIterations: 32,
          emphasis: { disabled: true },
          lineStyle: { color: "source", opacity: look.theme === "dark" ? 0.34 : 0.26, curveness: 0.5 },
          label: { show: labels, color: ink.text, fontSize: 11, textBorderColor: ink.surface, textBorderWidth: 2 },
          data: all.map(([key, { name, column: place }], tip): JsonObject => ({
            name: key,
            depth: place,
            tip,
            itemStyle: { color: colours.get(key) ?? "", borderWidth: 0 },
            label: {
              formatter: plain(cutText(name, 11, room)),
              position: place === last ? "left" : "right",
            },
          })),
          links: [...links.values()].map(({ from, to, value }, index) => ({
            source: from,
            target: to,
            value,
            tip: all.length + index,
          })),
        },
      ],
    },
    legend: [],
    tips: [
      ...all.map(([key, { name, value, row }]) => ({
        title: name,
        rows: [{ name: label, value: said(value), colour: colours.get(key) ?? "" }],
        row,
      })),
      ...[...links.values()].map(({ from, to, value }) => ({
        title: `${nodes.get(from)?.name ?? ""} → ${nodes.get(to)?.name ?? ""}`,
        rows: [{ name: label, value: said(value), colour: colours.get(from) ?? "" }],
        row: null,
      })),
    ],
  };
}
