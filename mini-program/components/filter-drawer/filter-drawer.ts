import type { FilterView } from "../../../client/stores/report/filter-view";
import { pickDay } from "../../dingtalk/client";

/** What a person does in the drawer. `value` is a preset's name, an option's key, a day, or typed text. */
export interface FilterRequest {
  kind: "open" | "preset" | "option" | "from" | "to" | "typed" | "search" | "clear";
  filter: string;
  value: string;
}

type Ask = (request: FilterRequest) => void;

Component({
  props: {
    filters: [] as FilterView[],
    first: "",
    t: {},
    onAsk: ((): void => undefined) as Ask,
    onApply: (): void => undefined,
    onReset: (): void => undefined,
    onClose: (): void => undefined,
  },
  data: { open: "" },
  didMount() {
    const { filters, first } = this.props;
    const filter = filters.find(({ id }) => id === first) ?? filters[0];
    if (filter) this.unfold(filter.id);
  },
  methods: {
    unfold(filter: string) {
      this.setData({ open: filter });
      this.props.onAsk({ kind: "open", filter, value: "" });
    },
    toggle(event: DingTalk.Event) {
      const filter = String(event.currentTarget.dataset["filter"]);
      if (filter === this.data.open) this.setData({ open: "" });
      else this.unfold(filter);
    },
    tap(event: DingTalk.Event) {
      const { kind, value } = event.currentTarget.dataset;
      this.ask(String(kind) as FilterRequest["kind"], String(value ?? ""));
    },
    type(event: DingTalk.Event & { detail: { value: string } }) {
      this.ask(String(event.currentTarget.dataset["kind"]) as FilterRequest["kind"], event.detail.value);
    },
    pickDay(event: DingTalk.Event) {
      const { kind, value } = event.currentTarget.dataset;
      void pickDay(String(value ?? "")).then((day) => {
        if (day !== null) this.ask(kind === "to" ? "to" : "from", day);
      });
    },
    ask(kind: FilterRequest["kind"], value: string) {
      this.props.onAsk({ kind, filter: this.data.open, value });
    },
    apply() {
      this.props.onApply();
    },
    reset() {
      this.props.onReset();
    },
    close() {
      this.props.onClose();
    },
    stay() {
      // A tap inside the drawer does not close it.
    },
  },
});
