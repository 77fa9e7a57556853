import { observer } from "mobx-react-lite";
import { useEffect, useId, useState, type SubmitEvent } from "react";
import { createReport } from "../../client/api/draft";
import { getFields, listDatasets, type DatasetItem } from "../../client/api/dataset";
import { toApiError, type ApiError } from "../../client/api/error";
import { newCard, sizeOf } from "../../client/stores/editor/wells";
import { errorText } from "../../client/text/text";
import type { ReportSpec } from "../../core/contract/report/report";
import { useApp } from "../app-context";
import { Dialog } from "../components/dialog";
import { FormError } from "../components/form-error";
import { ListSkeleton } from "../components/skeleton";
import { Notice } from "../components/notice";
import { Link, navigate } from "../router";
import { useEditorWords } from "./text";

const PAGE = "page-1";

/** A report to begin with: one chart of a dataset, where it has something to draw. */
async function firstSpec(
  call: Parameters<typeof getFields>[0],
  dataset: DatasetItem,
  title: string,
): Promise<ReportSpec> {
  const { fields } = await getFields(call, dataset.name);
  const card = newCard("column", dataset.name, fields);
  const layout = card ? [{ element: "column", x: 0, y: 0, ...sizeOf("column") }] : [];
  return {
    version: 1,
    title,
    pages: [{ id: PAGE, title: "", layout, mobile: { mode: "auto" } }],
    elements: card ? { column: card } : {},
    filters: [],
  };
}

function useDatasets() {
  const { call } = useApp();
  const [datasets, setDatasets] = useState<DatasetItem[] | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  useEffect(() => {
    listDatasets(call).then(setDatasets, (thrown: unknown) => setError(toApiError(thrown)));
  }, [call]);
  return { datasets, error, setError };
}

const Choice = observer(function Choice({
  datasets,
  failed,
}: {
  datasets: DatasetItem[];
  failed: (error: ApiError) => void;
}) {
  const { call } = useApp();
  const words = useEditorWords();
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [name, setName] = useState(datasets[0]?.name ?? "");
  const dataset = datasets.find((each) => each.name === name);
  const make = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!dataset || busy) return;
    const typed = String(new FormData(event.currentTarget).get("title")).trim();
    const title = typed || dataset.label;
    setBusy(true);
    firstSpec(call, dataset, title)
      .then((spec) => createReport(call, { title, from: { kind: "spec", spec } }))
      .then((reportId) => navigate(`/r/${encodeURIComponent(reportId)}/edit`, { top: true }))
      .catch((thrown: unknown) => {
        setBusy(false);
        failed(toApiError(thrown));
      });
  };
  return (
    <form className="form" onSubmit={make}>
      <p className="quiet-note">{words.newHint}</p>
      <div className="form-field">
        <label htmlFor={`${id}-dataset`}>{words.dataset}</label>
        <select
          id={`${id}-dataset`}
          className="field"
          value={name}
          onChange={(event) => setName(event.currentTarget.value as DatasetItem["name"])}
        >
          {datasets.map((each) => (
            <option key={each.name} value={each.name}>
              {each.label}
            </option>
          ))}
        </select>
      </div>
      <div className="form-field">
        <label htmlFor={`${id}-title`}>{words.reportTitle}</label>
        <input
          id={`${id}-title`}
          name="title"
          className="field"
          maxLength={200}
          placeholder={dataset?.label ?? words.untitled}
        />
      </div>
      <button type="submit" className="button button-primary form-action" aria-busy={busy} aria-disabled={busy}>
        {busy && <span className="form-busy" />}
        {words.make}
      </button>
    </form>
  );
});

/** Asks once what a new report reads and is called, makes it and opens its editor. */
export const NewReport = observer(function NewReport({ close }: { close: () => void }) {
  const { texts } = useApp();
  const words = useEditorWords();
  const { datasets, error, setError } = useDatasets();
  return (
    <Dialog title={words.newReport} close={close}>
      <FormError error={error} />
      {!datasets && !error && <ListSkeleton />}
      {error && !datasets && <Notice {...errorText(texts, error)} />}
      {datasets?.length === 0 && (
        <Notice title={words.noDatasets} advice={words.noDatasetsHint}>
          <Link href="/console/datasets" className="button button-primary">
            {words.toData}
          </Link>
        </Notice>
      )}
      {datasets && datasets.length > 0 && <Choice datasets={datasets} failed={setError} />}
    </Dialog>
  );
});
