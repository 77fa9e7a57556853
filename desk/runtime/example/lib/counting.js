/** Handlers that count taps under a path of the page's data. */
export const counting = (path) => ({
  tapOuter() {
    this.setData({ [`${path}.outer`]: this.data[path].outer + 1 });
  },
  tapInner() {
    this.setData({ [`${path}.inner`]: this.data[path].inner + 1 });
  },
});
