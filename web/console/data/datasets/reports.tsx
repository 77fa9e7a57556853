import { observer } from "mobx-react-lite";
import type { DatasetItem } from "../../../../client/api/dataset";
import { Link } from "../../../router";
import { useDatasetWords } from "../../text/dataset";

const MOST_NAMED = 3;

/** The first few by name. */
export const Reports = observer(function Reports({ reports }: Pick<DatasetItem, "reports">) {
  const words = useDatasetWords();
  if (reports.length === 0) return <span className="console-cell-quiet">{words.unused}</span>;
  return (
    <>
      {reports.slice(0, MOST_NAMED).map(({ id, title }) => (
        <div key={id}>
          <Link href={`/r/${id}`}>{title}</Link>
        </div>
      ))}
      {reports.length > MOST_NAMED && <span className="console-cell-quiet">+{reports.length - MOST_NAMED}</span>}
    </>
  );
});
