Component({
  data: { count: 0 },
  props: { label: "Count", step: 1, onChange: () => {} },
  onInit() {
    this.created = true;
  },
  didMount() {
    this.mounted = true;
  },
  methods: {
    more() {
      this.setData({ count: this.data.count + this.props.step }, () => this.props.onChange(this.data.count));
    },
  },
});
