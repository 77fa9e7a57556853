import type { GateView } from "../../../client/stores/session/session";

const STARTING: GateView = { kind: "starting", text: "" };

Component({
  props: { gate: STARTING as GateView, shape: "list", onAction: (_kind: GateView["kind"]): void => undefined },
  methods: {
    act() {
      this.props.onAction(this.props.gate.kind);
    },
  },
});
