import { observer } from "mobx-react-lite";
import { useState, type DragEvent, type KeyboardEvent } from "react";
import { moveField, putField, takeField, type FilledWell } from "../../../client/stores/editor/wells";
import { Icon } from "../../components/icon";
import { useEditing } from "../context";
import { useEditorWords } from "../text";
import { usePut, type CardProps } from "./use-put";
import { FIELD_TYPE } from "./field-drag";

const WAYS: Record<string, number | undefined> = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };

const Chip = observer(function Chip({ card, field }: { card: CardProps; field: string }) {
  const { datasets } = useEditing();
  const words = useEditorWords();
  const put = usePut(card);
  const label = datasets.labelOf(card.element.query.dataset, field);
  const walk = (event: KeyboardEvent): void => {
    const way = event.altKey ? WAYS[event.key] : undefined;
    if (way === undefined) return;
    event.preventDefault();
    put(moveField(card.element, field, way), field);
  };
  return (
    <li className="well-field" onKeyDown={walk}>
      <span className="field-name">{label}</span>
      <button
        type="button"
        aria-label={words.takeOut(label)}
        title={words.takeOutKeys}
        onClick={() => put(takeField(card.element, field), field)}
      >
        <Icon name="close" size={14} />
      </button>
    </li>
  );
});

/** A place for fields: says what it takes, and refuses the rest with the reason. */
export const WellBox = observer(function WellBox({ filled, ...card }: CardProps & { filled: FilledWell }) {
  const { datasets } = useEditing();
  const words = useEditorWords();
  const put = usePut(card);
  const [over, setOver] = useState(false);
  const { well, fields } = filled;
  const carries = (event: DragEvent): boolean => event.dataTransfer?.types.includes(FIELD_TYPE) ?? false;
  const drop = (event: DragEvent): void => {
    setOver(false);
    const name = event.dataTransfer?.getData(FIELD_TYPE);
    const field = datasets.fields(card.element.query.dataset).find((each) => each.name === name);
    if (!field) return;
    event.preventDefault();
    put(putField(card.element, well, field), field.name);
  };
  return (
    <div
      className={over ? "well well-over" : "well"}
      role="group"
      aria-label={words.wells[well.name]}
      onDragOver={(event) => {
        if (!carries(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <span className="well-name">{words.wells[well.name]}</span>
      {fields.length > 0 ? (
        <ul>
          {fields.map((field) => (
            <Chip key={field} card={card} field={field} />
          ))}
        </ul>
      ) : (
        <p className="quiet-note">{words.takes[well.role]}</p>
      )}
    </div>
  );
});
