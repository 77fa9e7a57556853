import { counting } from "../../lib/counting";

Page({
  data: {
    shapes: [
      { kind: "circle", radius: 3 },
      { kind: "square", side: 4 },
    ],
    outline: {
      label: "root",
      parts: [
        { label: "left", parts: [] },
        { label: "right", parts: [{ label: "leaf", parts: [] }] },
      ],
    },
    taps: { outer: 0, inner: 0 },
    urgent: true,
    shown: true,
    total: 41,
    index: 1,
    form: { note: "", size: "M", amount: 3, day: 0 },
    submitted: null,
    rich: [{ name: "b", children: [{ type: "text", text: "bold" }] }],
    canvas: { width: 100, height: 100, css: 50 },
  },

  ...counting("taps"),

  onLoad() {
    const { pixelRatio } = dd.getSystemInfoSync();
    this.setData({ canvas: { width: 50 * pixelRatio, height: 50 * pixelRatio, css: 50 } });
  },

  onReady() {
    const context = dd.createCanvasContext("drawing");
    context.setFillStyle("#1677ff");
    context.fillRect(0, 0, this.data.canvas.width, this.data.canvas.height);
    context.draw();
  },

  choose(event) {
    this.setData({ "form.size": event.detail.value });
  },

  pick(event) {
    this.setData({ "form.day": event.detail.value });
  },

  submit(event) {
    this.setData({ submitted: event.detail.value });
  },

  reset() {
    this.setData({ submitted: null });
  },
});
