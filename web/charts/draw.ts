import { BarChart, LineChart, PieChart } from "echarts/charts";
import { GridSimpleComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { tipOf } from "../../core/report/chart/chart";
import type { Chart, JsonObject } from "../../core/report/chart/look";
import { loadMore } from "./load-more";

// Legend and tooltip are ours, in HTML: they are read out, selected and printed like other text, and 15 KB lighter.
use([BarChart, LineChart, PieChart, GridSimpleComponent, CanvasRenderer]);

/** A place inside the drawing, in px. */
export interface Place {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What happens over a drawing; the index is the one of the chart's tips. */
export interface DrawingEvents {
  /** The pointer is over a category or slice, at that place; null: over none. */
  hover: (index: number | null, x: number, y: number) => void;
  /** `more`: with a key held that keeps what was picked before. */
  pick: (index: number, more: boolean) => void;
}

interface Pointed {
  seriesIndex?: number;
  dataIndex?: number;
  data?: unknown;
  event?: { offsetX: number; offsetY: number; event?: unknown };
}

function keepsOthers(event: unknown): boolean {
  return event instanceof MouseEvent && (event.ctrlKey || event.metaKey);
}

const FIRST_KINDS = ["bar", "line", "pie"];

/** Whether an option has something that is not part of this file: it comes when the first such chart is shown. */
function needsMore(option: JsonObject): boolean {
  const series = (option["series"] ?? []) as JsonObject[];
  return series.some((one) => !FIRST_KINDS.includes(String(one["type"])) || "markLine" in one);
}

let hasMore = false;

const WITHIN = { seriesIndex: 0 };

/** One ECharts chart in one element. `dispose` gives everything back. */
export class Drawing {
  private readonly chart: ReturnType<typeof init>;
  private along: Chart["along"];
  private shown: JsonObject | null = null;
  private count = 0;

  constructor(
    private readonly element: HTMLElement,
    private readonly events: DrawingEvents,
  ) {
    this.chart = init(element, null, { renderer: "canvas" });
    this.listen();
  }

  /** Draws an option of `count` categories or items instead of what was drawn. */
  show(option: JsonObject, count: number, along: Chart["along"]): void {
    this.shown = option;
    this.count = count;
    this.along = along;
    if (!needsMore(option) || hasMore) return this.draw(option);
    void loadMore().then(() => {
      hasMore = true;
      if (this.shown === option) this.draw(option);
    });
  }

  private draw(option: JsonObject): void {
    this.chart.resize({ width: this.element.clientWidth, height: this.element.clientHeight });
    this.chart.setOption(option, { notMerge: true });
  }

  /** Where a category lies, over the whole height (or width) of the plot; null for items. */
  band(index: number): Place | null {
    if (!this.along || index < 0 || index >= this.count) return null;
    const along = this.along === "x" ? 0 : 1;
    const at = this.pixel(index)[along] ?? 0;
    const step = this.count > 1 ? Math.abs((this.pixel(index === 0 ? 1 : index - 1)[along] ?? 0) - at) : 48;
    const { clientWidth: width, clientHeight: height } = this.element;
    return along === 0
      ? { left: at - step / 2, top: 0, width: step, height }
      : { left: 0, top: at - step / 2, width, height: step };
  }

  /** The drawing as it is, on a background. */
  picture(background: string): HTMLCanvasElement {
    return this.chart.renderToCanvas({ pixelRatio: 2, backgroundColor: background });
  }

  dispose(): void {
    this.shown = null;
    this.chart.dispose();
  }

  private pixel(index: number): number[] {
    const value = this.along === "x" ? [index, 0] : [0, index];
    return this.chart.convertToPixel(WITHIN, value) as number[];
  }

  private indexAt(x: number, y: number): number | null {
    if (!this.along || this.count === 0) return null;
    const found = this.chart.convertFromPixel(WITHIN, [x, y]) as number[];
    const index = Math.round(found[this.along === "x" ? 0 : 1] ?? -1);
    return index >= 0 && index < this.count ? index : null;
  }

  private listen(): void {
    const { events } = this;
    const zr = this.chart.getZr();
    zr.on("mousemove", ({ offsetX, offsetY }) => {
      if (this.along) events.hover(this.indexAt(offsetX, offsetY), offsetX, offsetY);
    });
    zr.on("globalout", () => events.hover(null, 0, 0));
    zr.on("click", ({ offsetX, offsetY, event }) => {
      const index = this.indexAt(offsetX, offsetY);
      if (index !== null) events.pick(index, keepsOthers(event));
    });
    const item = (then: (index: number, pointed: Pointed) => void) => (pointed: unknown) => {
      const index = this.along ? null : tipOf(pointed as Pointed);
      if (index !== null) then(index, pointed as Pointed);
    };
    this.chart.on(
      "mousemove",
      item((index, { event }) => events.hover(index, event?.offsetX ?? 0, event?.offsetY ?? 0)),
    );
    this.chart.on(
      "mouseout",
      item(() => events.hover(null, 0, 0)),
    );
    this.chart.on(
      "click",
      item((index, { event }) => events.pick(index, keepsOthers(event?.event))),
    );
  }
}
