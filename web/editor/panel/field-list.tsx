import { observer } from "mobx-react-lite";
import { useState } from "react";
import { matching } from "../../../client/stores/editor/datasets";
import { addField, takeField } from "../../../client/stores/editor/wells";
import { errorText } from "../../../client/text/text";
import type { DatasetField } from "../../../core/contract/dataset/edit";
import { useApp } from "../../app-context";
import { useEditing } from "../context";
import { useEditorWords } from "../text";
import { usePut, type CardProps } from "./use-put";
import { FIELD_TYPE } from "./field-drag";

const SIGNS: Record<DatasetField["type"], string> = { string: "文", number: "#", date: "日", boolean: "?" };

const FieldButton = observer(function FieldButton({ card, field }: { card: CardProps; field: DatasetField }) {
  const words = useEditorWords();
  const put = usePut(card);
  const { element } = card;
  const { dimensions, measures } = element.query;
  const used = measures.includes(field.name) || dimensions.some((each) => each.field === field.name);
  return (
    <button
      type="button"
      className="field-button"
      draggable
      aria-pressed={used}
      aria-label={used ? words.usedField(field.label) : words.addField(field.label)}
      title={field.description ?? field.name}
      onDragStart={(event) => event.dataTransfer?.setData(FIELD_TYPE, field.name)}
      onClick={() => put(used ? takeField(element, field.name) : addField(element, field), field.name)}
    >
      <span className="field-sign" aria-hidden="true" data-sign={SIGNS[field.type]} />
      <span className="field-name">{field.label}</span>
    </button>
  );
});

/** Fields by the categories that the dataset puts them into, those without one first. */
function grouped(fields: DatasetField[]): [group: string, fields: DatasetField[]][] {
  const groups = new Map<string, DatasetField[]>([["", []]]);
  for (const field of fields) groups.set(field.group ?? "", [...(groups.get(field.group ?? "") ?? []), field]);
  return [...groups].filter(([, members]) => members.length > 0);
}

/** A dataset's fields, to be searched, clicked or dragged into a place. */
export const FieldList = observer(function FieldList(card: CardProps) {
  const { datasets } = useEditing();
  const { texts } = useApp();
  const words = useEditorWords();
  const [search, setSearch] = useState("");
  const { dataset } = card.element.query;
  const loaded = datasets.find(dataset);
  const found = matching(datasets.fields(dataset), search);
  const part = (role: DatasetField["role"]) => grouped(found.filter((field) => field.role === role));
  return (
    <section className="panel-fields" aria-label={words.fields}>
      <input
        type="search"
        className="field"
        aria-label={words.searchFields}
        placeholder={words.searchFields}
        value={search}
        onInput={(event) => setSearch(event.currentTarget.value)}
      />
      {loaded?.state === "failed" && <p role="alert">{errorText(texts, loaded.error).title}</p>}
      {loaded?.state === "loading" && <p className="quiet-note">{words.loadingFields}</p>}
      {loaded?.state === "ready" && found.length === 0 && <p className="quiet-note">{words.noField}</p>}
      {(["dimension", "measure"] as const).map((role) => (
        <div key={role}>
          {part(role).length > 0 && <h3>{role === "dimension" ? words.dimensions : words.measures}</h3>}
          {part(role).map(([group, fields]) => (
            <div key={group}>
              {group && <h4>{group}</h4>}
              {fields.map((field) => (
                <FieldButton key={field.name} card={card} field={field} />
              ))}
            </div>
          ))}
        </div>
      ))}
    </section>
  );
});
