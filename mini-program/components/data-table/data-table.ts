import type { TableView } from "../../../core/report/table/table";

/** What a tap asks of the page: sort by a column, or show more rows. */
export interface TableRequest {
  element: string;
  field: string;
}

/** A tap on a row, by its number in the answer. */
export interface RowRequest {
  element: string;
  row: number;
}

const NO_TABLE: TableView = { columns: [], rows: [], rowCount: 0, width: 0, total: null };

Component({
  props: {
    element: "",
    table: NO_TABLE,
    more: "",
    note: "",
    onSort: (_request: TableRequest): void => undefined,
    onMore: (_request: TableRequest): void => undefined,
    /** Whether a row leads further down. */
    down: false,
    onRow: (_request: RowRequest): void => undefined,
  },
  methods: {
    sort(event: DingTalk.Event) {
      this.props.onSort({ element: this.props.element, field: String(event.currentTarget.dataset["field"]) });
    },
    row(event: DingTalk.Event) {
      const row = Number(event.currentTarget.dataset["row"]);
      if (this.props.down) this.props.onRow({ element: this.props.element, row });
    },
    more() {
      this.props.onMore({ element: this.props.element, field: "" });
    },
  },
});
