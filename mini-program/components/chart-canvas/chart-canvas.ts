import { chart, learnKinds } from "../../../core/report/chart/chart";
import { MORE_KINDS } from "../../../core/report/chart/more";
import { CanvasChart } from "../../dingtalk/canvas/echarts";
import { canvasContext } from "../../dingtalk/client";
import { parts } from "../../parts";

/** A tap on a chart's category or slice. */
export interface PlaceRequest {
  element: string;
  place: number;
}

learnKinds(MORE_KINDS);

/** Each component has a chart of its own, for as long as it is on the page. */
const charts = new WeakMap<object, CanvasChart>();

Component({
  props: { element: "", chart: "", height: 0, onPlace: (_request: PlaceRequest): void => undefined },
  data: { canvas: "", width: 0, ratio: 1 },
  onInit() {
    const { contentWidth, pixelRatio } = parts();
    this.setData({ canvas: `chart-${this.$id}`, width: contentWidth, ratio: pixelRatio });
  },
  didMount() {
    this.start();
  },
  didUpdate(previous) {
    if (previous.chart === this.props.chart && previous.height === this.props.height) return;
    // A canvas of another size is another canvas: what was drawn on it is gone.
    if (previous.height === this.props.height) this.show();
    else this.start();
  },
  didUnmount() {
    charts.get(this)?.dispose();
    charts.delete(this);
  },
  methods: {
    start() {
      charts.get(this)?.dispose();
      const { width, ratio, canvas } = this.data;
      const size = { width, height: this.props.height, pixelRatio: ratio };
      const tapped = (place: number): void => this.props.onPlace({ element: this.props.element, place });
      charts.set(this, new CanvasChart(canvasContext(canvas), size, tapped));
      this.show();
    },
    show() {
      const { charts: sources, language } = parts();
      const source = sources.find(this.props.chart);
      if (!source) return;
      const { height } = this.props;
      const look = { language: language.current, width: this.data.width, height, theme: "light" as const };
      charts.get(this)?.show(chart(source.element, source.data, look));
    },
    touchStart(event: DingTalk.TouchEvent) {
      this.touch("down", event.touches[0]);
    },
    touchMove(event: DingTalk.TouchEvent) {
      this.touch("move", event.touches[0]);
    },
    touchEnd(event: DingTalk.TouchEvent) {
      this.touch("up", event.changedTouches[0]);
    },
    touch(phase: "down" | "move" | "up", at: DingTalk.Touch | undefined) {
      if (at) charts.get(this)?.touch(phase, at.x, at.y);
    },
  },
});
