import type { TableView } from "../../../core/report/table";

/** What a tap asks of the page: sort by a column, or show more rows. */
export interface TableRequest {
  id: string;
  field: string;
}

const NO_TABLE: TableView = { columns: [], rows: [], rowCount: 0, width: 0 };

Component({
  props: {
    id: "",
    table: NO_TABLE,
    more: "",
    note: "",
    onSort: (_request: TableRequest): void => undefined,
    onMore: (_request: TableRequest): void => undefined,
  },
  methods: {
    sort(event: DingTalk.Event) {
      this.props.onSort({ id: this.props.id, field: String(event.currentTarget.dataset["field"]) });
    },
    more() {
      this.props.onMore({ id: this.props.id, field: "" });
    },
  },
});
