App({
  launched: 0,
  onLaunch(options) {
    this.launched += 1;
    this.query = options.query;
  },
});
