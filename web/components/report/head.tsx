import { observer } from "mobx-react-lite";
import type { ReportScreen } from "../../../client/stores/report/report";
import { useReader } from "../../reader-context";
import { Link } from "../../router";
import { useReaderWords } from "../../text/reader";
import { Icon } from "../icon";
import { Star } from "./star";

/** A report's name, how old its data is, and what can be done with the whole of it. */
export const ReportHead = observer(function ReportHead({ view }: { view: Extract<ReportScreen, { kind: "ready" }> }) {
  const { store } = useReader();
  const words = useReaderWords();
  return (
    <header className="report-head">
      <div className="report-name">
        <Link href="/" className="button button-icon back" aria-label={words.back} title={words.back}>
          <Icon name="back" />
        </Link>
        <h1>{view.title}</h1>
        <Star on={view.favourite} name={view.title} toggle={() => void store.toggleFavourite()} />
      </div>
      <div className="report-tools">
        {store.report?.level === "edit" && (
          <Link href={`/r/${encodeURIComponent(store.id)}/edit`} className="button button-plain edit-button">
            {words.edit}
          </Link>
        )}
        <span className="quiet-note as-of">{view.dataAsOf}</span>
        <button
          type="button"
          className={view.refreshing ? "button button-icon turning" : "button button-icon"}
          aria-label={view.refreshing ? words.refreshing : words.refresh}
          aria-busy={view.refreshing}
          title={words.refresh}
          onClick={() => void store.refresh()}
        >
          <Icon name="refresh" />
        </button>
        <button
          type="button"
          className="button button-icon print-button"
          aria-label={words.print}
          title={words.print}
          onClick={() => print()}
        >
          <Icon name="print" />
        </button>
      </div>
      {view.description && <p className="report-description">{view.description}</p>}
    </header>
  );
});
