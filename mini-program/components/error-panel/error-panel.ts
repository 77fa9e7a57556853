Component({
  props: {
    code: "",
    title: "",
    advice: "",
    note: "",
    action: "",
    compact: false,
    onAction: (): void => undefined,
  },
  methods: {
    act() {
      this.props.onAction();
    },
  },
});
