import { observer } from "mobx-react-lite";
import { useEffect, useState } from "react";
import { listDatasets, type DatasetItem } from "../../../client/api/dataset";
import { movePage, removePage, renamePage, setHead } from "../../../client/stores/editor/commands";
import { LOOKS, type LookName } from "../../../client/stores/editor/look";
import { newCard, sizeOf } from "../../../client/stores/editor/wells";
import { useApp } from "../../app-context";
import { useEditing } from "../context";
import { AddWords } from "./add-words";
import { LookIcon } from "../look-icon";
import { useEditorWords } from "../text";
import { TextSetting } from "./choice";

function useDatasets(): DatasetItem[] | null {
  const { call } = useApp();
  const [datasets, setDatasets] = useState<DatasetItem[] | null>(null);
  useEffect(() => {
    void listDatasets(call).then(setDatasets, () => setDatasets([]));
  }, [call]);
  return datasets;
}

/** Which dataset new cards read: the one that was chosen, else that of the report's first card. */
function useChosen(datasets: DatasetItem[] | null) {
  const { editor, datasets: shelf } = useEditing();
  const [chosen, choose] = useState<string | null>(null);
  const used = Object.values(editor.spec.elements).flatMap((element) =>
    "query" in element ? [element.query.dataset] : [],
  );
  const name = chosen ?? used[0] ?? new URLSearchParams(location.search).get("dataset") ?? datasets?.[0]?.name;
  const dataset = datasets?.find((each) => each.name === name);
  useEffect(() => {
    if (dataset) void shelf.load(dataset.name);
  }, [shelf, dataset]);
  return { dataset, choose };
}

const AddCards = observer(function AddCards() {
  const { editor, datasets: shelf } = useEditing();
  const words = useEditorWords();
  const datasets = useDatasets();
  const { dataset, choose } = useChosen(datasets);
  const fields = dataset ? shelf.fields(dataset.name) : [];
  const add = (look: LookName): void => {
    const card = dataset && newCard(look, dataset.name, fields);
    if (card) editor.add(card, sizeOf(look), look);
  };
  return (
    <section className="panel-part">
      <h2>{words.add}</h2>
      {datasets?.length === 0 && <p className="quiet-note">{words.noDatasetsHint}</p>}
      {datasets && datasets.length > 0 && (
        <label className="setting">
          <span>{words.dataset}</span>
          <select className="field" value={dataset?.name ?? ""} onChange={(event) => choose(event.currentTarget.value)}>
            {datasets.map(({ name, label }) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="looks">
        {LOOKS.filter(({ name }) => name !== "pivot").map(({ name }) => (
          <button key={name} type="button" disabled={fields.length === 0} onClick={() => add(name)}>
            <LookIcon name={name} />
            {words.looks[name]}
          </button>
        ))}
        <AddWords />
      </div>
    </section>
  );
});

const PagePart = observer(function PagePart() {
  const { editor } = useEditing();
  const words = useEditorWords();
  const { page, spec } = editor;
  if (!page) return null;
  const alone = spec.pages.length === 1;
  return (
    <section className="panel-part">
      <h2>{words.page}</h2>
      <TextSetting
        label={words.pageTitle}
        max={100}
        value={page.title}
        change={(title) => editor.run((now) => renamePage(now, page.id, title), `page/${page.id}`)}
      />
      {!alone && (
        <div className="panel-buttons">
          <button type="button" className="button" onClick={() => editor.run((now) => movePage(now, page.id, -1))}>
            {words.pageLeft}
          </button>
          <button type="button" className="button" onClick={() => editor.run((now) => movePage(now, page.id, 1))}>
            {words.pageRight}
          </button>
          <button type="button" className="button" onClick={() => editor.run((now) => removePage(now, page.id))}>
            {words.removePage}
          </button>
        </div>
      )}
    </section>
  );
});

/** What concerns the report as a whole, and new cards for it. */
export const ReportPanel = observer(function ReportPanel() {
  const { editor } = useEditing();
  const words = useEditorWords();
  return (
    <>
      <AddCards />
      <PagePart />
      <section className="panel-part">
        <h2>{words.report}</h2>
        <TextSetting
          label={words.description}
          long
          max={2_000}
          value={editor.spec.description ?? ""}
          change={(description) => editor.run((spec) => setHead(spec, { description }), "description")}
        />
      </section>
    </>
  );
});
