import type { CardData } from "../../contract/report/query";
import type { ReportElement } from "../../contract/report/element";
import { cutText } from "../text-width";
import { blend, inkOn } from "./colour";
import { colourOf, inkOf, wordsOf, type Chart, type ChartLook, type JsonObject } from "./look";
import { entry, itemFrame, joined, measuresOf, namesOf, percent, pixelPlane, plain, short, written } from "./item";
import { squarify, type Room } from "./squarify";

export type TreemapElement = Extract<ReportElement, { type: "treemap" }>;

interface Leaf {
  name: string;
  group: string;
  value: number;
  row: number | null;
}

const MOST = 60;

/** The largest parts; all others together are one. What is missing, zero or negative has no area. */
function leavesOf(data: CardData, look: ChartLook): Leaf[] {
  const [numbers] = measuresOf(data);
  const first = namesOf(data, 0, look);
  const second = namesOf(data, 1, look);
  const all = (numbers?.values ?? []).map((value, row) => ({
    name: (second.length > 0 ? second[row] : first[row]) ?? numbers?.column.label ?? "",
    group: (second.length > 0 ? first[row] : "") ?? "",
    value: value ?? 0,
    row,
  }));
  const leaves: Leaf[] = all.filter(({ value }) => value > 0).sort((a, b) => b.value - a.value);
  const rest = leaves.slice(MOST);
  if (rest.length === 0) return leaves;
  const value = rest.reduce((sum, leaf) => sum + leaf.value, 0);
  return [...leaves.slice(0, MOST), { name: wordsOf(look).others, group: "", value, row: null }];
}

interface Placed extends Leaf {
  room: Room;
  colour: string;
}

const sum = (leaves: Leaf[]): number => leaves.reduce((all, { value }) => all + value, 0);

function placedAlone(leaves: Leaf[], room: Room, look: ChartLook): Placed[] {
  const rooms = squarify(
    leaves.map(({ value }) => value),
    room,
  );
  return leaves.map((leaf, index) => ({
    ...leaf,
    room: rooms[index] ?? room,
    colour: colourOf(look, index, leaf.name),
  }));
}

function groupsOf(leaves: Leaf[]): [string, Leaf[]][] {
  const groups = new Map<string, Leaf[]>();
  for (const leaf of leaves) groups.set(leaf.group, [...(groups.get(leaf.group) ?? []), leaf]);
  return [...groups].sort(([, a], [, b]) => sum(b) - sum(a));
}

/** Groups keep together, each in a colour of its own that pales from its largest part to its smallest. */
function placedInGroups(leaves: Leaf[], room: Room, look: ChartLook): Placed[] {
  const groups = groupsOf(leaves);
  const rooms = squarify(
    groups.map(([, own]) => sum(own)),
    room,
  );
  const placed = groups.map(([name, own], index) => {
    const colour = colourOf(look, index, name);
    const inside = squarify(
      own.map(({ value }) => value),
      rooms[index] ?? room,
    );
    return own.map((leaf, place) => ({
      ...leaf,
      room: inside[place] ?? room,
      colour: blend([colour, inkOf(look).surface], (0.45 * place) / Math.max(1, own.length)),
    }));
  });
  return joined(placed);
}

function labelOf({ name, value, room }: Placed, data: CardData, look: ChartLook): string {
  if (room.width < 26 || room.height < 16) return "";
  const cut = plain(cutText(name, 12, room.width - 10));
  if (room.height < 36) return `{name|${cut}}`;
  const number = short(value, measuresOf(data)[0]?.column.format, look);
  return `{name|${cut}}\n{value|${plain(cutText(number, 12, room.width - 10))}}`;
}

function item(leaf: Placed, tip: number, labels: boolean, data: CardData, look: ChartLook): JsonObject {
  const { room, colour } = leaf;
  const ink = inkOn(colour);
  const text = labels ? labelOf(leaf, data, look) : "";
  return {
    value: [room.x + room.width / 2, room.y + room.height / 2],
    symbolSize: [Math.max(0.5, room.width - 1.5), Math.max(0.5, room.height - 1.5)],
    tip,
    itemStyle: { color: colour, opacity: 1 },
    label: {
      show: text !== "",
      formatter: text,
      position: [6, 5],
      align: "left",
      verticalAlign: "top",
      rich: {
        name: { color: ink, fontSize: 12, lineHeight: 15 },
        value: { color: ink, fontSize: 11, lineHeight: 14, opacity: 0.85 },
      },
    },
  };
}

/** Parts of a whole as areas; a second dimension divides the first one's. */
export function treemapChart(element: TreemapElement, data: CardData, look: ChartLook): Chart {
  const leaves = leavesOf(data, look);
  const whole = { x: 0, y: 0, width: look.width, height: look.height };
  const grouped = leaves.some(({ group }) => group !== "");
  const placed = grouped ? placedInGroups(leaves, whole, look) : placedAlone(leaves, whole, look);
  const total = sum(leaves);
  const column = measuresOf(data)[0]?.column;
  const labels = element.visual?.labels ?? true;
  const legend =
    grouped && element.visual?.legend !== false
      ? groupsOf(leaves).map(([name], index) => entry(name, colourOf(look, index, name)))
      : [];
  return {
    option: {
      ...itemFrame(look),
      ...pixelPlane(look),
      series: [
        {
          type: "scatter",
          symbol: "rect",
          emphasis: { scale: false },
          data: placed.map((leaf, tip) => item(leaf, tip, labels, data, look)),
        },
      ],
    },
    legend,
    tips: placed.map(({ name, group, value, colour, row }) => ({
      title: [group, name].filter(Boolean).join(" · "),
      rows: [{ name: percent(value / total, look), value: written(value, column?.format, look), colour }],
      row,
    })),
  };
}
