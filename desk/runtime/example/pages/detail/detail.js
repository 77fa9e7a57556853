const { add } = require("../../lib/people");

Page({
  data: { id: null, on: false, rows: [] },
  onLoad(query) {
    this.setData({
      id: query.id,
      rows: [
        [add(1, 0), add(1, 1)],
        [add(2, 1), add(2, 2)],
      ],
    });
  },
  toggle(event) {
    this.setData({ on: event.detail.value });
  },
});
