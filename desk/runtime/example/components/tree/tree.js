const labelled = {
  didMount() {
    this.label = this.props.node.label;
  },
};

Component({ mixins: [labelled], props: { node: { label: "", parts: [] } } });
