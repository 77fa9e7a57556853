import { BarChart, FunnelChart, LineChart, PieChart, RadarChart, SankeyChart, ScatterChart } from "echarts/charts";
import {
  GridComponent,
  LegendComponent,
  LegendScrollComponent,
  MarkLineComponent,
  RadarComponent,
  TooltipComponent,
} from "echarts/components";
import { init, setPlatformAPI, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { tipOf } from "../../../core/report/chart/chart";
import type { Chart, ChartTip, JsonObject } from "../../../core/report/chart/look";
import { textWidth } from "../../../core/report/text-width";
import { Context2D } from "./context";

/** What a tooltip is told of each series at the touched place. */
interface TipPart {
  dataIndex: number;
  seriesIndex: number;
  data?: unknown;
  marker: string;
}

export interface CanvasSize {
  /** In px; the canvas itself is `pixelRatio` times as large. */
  width: number;
  height: number;
  pixelRatio: number;
}

/** A finger that moved less did not move. */
const TAP_PX = 10;

let prepared = false;

/** ECharts is told once what it may draw, and how wide text is: the phone's canvas cannot say. */
function prepare(): void {
  if (prepared) return;
  prepared = true;
  use([
    BarChart,
    FunnelChart,
    LineChart,
    PieChart,
    RadarChart,
    SankeyChart,
    ScatterChart,
    GridComponent,
    LegendComponent,
    LegendScrollComponent,
    MarkLineComponent,
    RadarComponent,
    TooltipComponent,
    CanvasRenderer,
  ]);
  setPlatformAPI({
    measureText: (text: string, font?: string) => ({
      width: textWidth(text, Number(/([\d.]+)px/.exec(font ?? "")?.[1] ?? 12)),
    }),
  } as never);
}

/** What ECharts takes for a canvas element. Its listeners are never called: touches come in through the chart. */
function canvasElement(context: Context2D, { width, height, pixelRatio }: CanvasSize): object {
  return {
    width: width * pixelRatio,
    height: height * pixelRatio,
    style: {},
    getContext: () => context,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  };
}

function tooltipText(tips: ChartTip[], touched: TipPart | TipPart[]): string {
  const parts = Array.isArray(touched) ? touched : [touched];
  const [first] = parts;
  // Along an axis all series are told of; their place is what counts.
  const tip = tips[(Array.isArray(touched) ? first?.dataIndex : first && tipOf(first)) ?? -1];
  if (!tip) return "";
  const lines = tip.rows.map((row, index) => {
    const part = parts.find(({ seriesIndex }) => seriesIndex === index) ?? (parts.length === 1 ? parts[0] : undefined);
    return `${part?.marker ?? ""}${row.name}  ${row.value}`;
  });
  return [tip.title, ...lines].join("\n");
}

/** One ECharts chart on one canvas of a page. Nothing is shared between charts; `dispose` gives everything back. */
export class CanvasChart {
  private readonly chart: ReturnType<typeof init>;
  private readonly context: Context2D;

  private places = 0;
  private category: "xAxis" | "yAxis" | null = null;
  private down: { x: number; y: number } | null = null;

  /** `tapped` is told the category or slice under a finger that was lifted where it went down. */
  constructor(
    context: DingTalk.CanvasContext,
    size: CanvasSize,
    private readonly tapped: (place: number) => void = noop,
  ) {
    prepare();
    this.context = new Context2D(context);
    const element = canvasElement(this.context, size);
    this.chart = init(element as never, null, {
      renderer: "canvas",
      width: size.width,
      height: size.height,
      devicePixelRatio: size.pixelRatio,
    });
    this.chart.on("click", (touched) => {
      const place = this.category === null ? tipOf(touched) : null;
      if (place !== null) this.tapped(place);
    });
  }

  /** Shows a chart instead of what was shown. */
  show({ option, tips, along }: Chart): void {
    const tooltip = { ...(option["tooltip"] as JsonObject), formatter: (touched: never) => tooltipText(tips, touched) };
    this.chart.setOption({ ...option, tooltip }, { notMerge: true });
    this.places = tips.length;
    this.category = along ? `${along}Axis` : null;
  }

  /** A finger at a place in px, going down, moving or lifting. */
  touch(phase: "down" | "move" | "up", x: number, y: number): void {
    const event = { zrX: x, zrY: y, preventDefault: noop, stopPropagation: noop, stopImmediatePropagation: noop };
    const { handler } = this.chart.getZr();
    // A finger that goes down was nowhere before: ECharts must see it arrive, or the tooltip stays where it was.
    const names = { down: ["mousemove", "mousedown"], move: ["mousemove"], up: ["mouseup", "click"] } as const;
    const tap = phase === "up" && this.down !== null && Math.hypot(x - this.down.x, y - this.down.y) < TAP_PX;
    // A finger that slid along looked at the values: it chose none.
    const dispatched = names[phase].filter((name) => name !== "click" || tap);
    for (const name of dispatched) handler.dispatch(name, event as never);
    if (phase === "down") this.down = { x, y };
    if (tap) this.tapCategory(x, y);
  }

  /** Along an axis the whole width of a category counts, not only its mark. */
  private tapCategory(x: number, y: number): void {
    if (this.category === null || !this.chart.containPixel("grid", [x, y])) return;
    const [across, up] = this.chart.convertFromPixel("grid", [x, y]) as unknown as [number, number];
    const place = Math.round(this.category === "xAxis" ? across : up);
    this.tapped(Math.max(0, Math.min(this.places - 1, place))); // the frame's edge belongs to the outermost one
  }

  dispose(): void {
    this.context.close();
    this.chart.dispose();
  }
}

function noop(): void {}
