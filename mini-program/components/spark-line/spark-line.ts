import { drawSpark } from "../../dingtalk/canvas/spark";
import { parts } from "../../parts";

Component({
  props: { points: [] as (number | null)[], width: 0, height: 0 },
  data: { canvas: "", ratio: 1 },
  onInit() {
    this.setData({ canvas: `spark-${this.$id}`, ratio: parts().pixelRatio });
  },
  didMount() {
    this.draw();
  },
  didUpdate() {
    this.draw();
  },
  methods: {
    draw() {
      const { points, width, height } = this.props;
      drawSpark(this.data.canvas, points, { width, height, pixelRatio: this.data.ratio });
    },
  },
});
