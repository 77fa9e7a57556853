import { observer } from "mobx-react-lite";
import { useEffect } from "react";
import { dressed, LOOKS, lookOf } from "../../../client/stores/editor/look";
import { lackOf, wellsOf } from "../../../client/stores/editor/wells";
import { useEditing } from "../context";
import { LookIcon } from "../look-icon";
import { useEditorWords } from "../text";
import { TextSetting } from "./choice";
import { CardButtons } from "./card-buttons";
import { FieldList } from "./field-list";
import { Settings } from "./settings";
import type { CardProps } from "./use-put";
import { WellBox } from "./well";

const Looks = observer(function Looks({ id, element }: CardProps) {
  const { editor } = useEditing();
  const words = useEditorWords();
  const now = lookOf(element);
  return (
    <section className="panel-part">
      <h2>{words.look}</h2>
      {!now && <p className="quiet-note">{words.otherLook}</p>}
      <div className="looks" role="group" aria-label={words.look}>
        {LOOKS.map(({ name }) => {
          const lack = lackOf(element, name);
          return (
            <button
              key={name}
              type="button"
              aria-pressed={name === now?.name}
              disabled={lack !== null}
              title={lack ? words.lacks[lack] : words.looks[name]}
              onClick={() => editor.change(id, dressed(element, name, element.query))}
            >
              <LookIcon name={name} />
              {words.looks[name]}
            </button>
          );
        })}
      </div>
    </section>
  );
});

/** One card's fields and settings, beside the canvas that shows what comes of them. */
export const CardPanel = observer(function CardPanel({ id, element }: CardProps) {
  const { editor, datasets } = useEditing();
  const words = useEditorWords();
  const { dataset } = element.query;
  useEffect(() => void datasets.load(dataset), [datasets, dataset]);
  return (
    <aside className="panel panel-card" aria-label={words.settings}>
      <FieldList id={id} element={element} />
      <div className="panel-settings">
        <section className="panel-part">
          <TextSetting
            label={words.title}
            max={200}
            value={element.title}
            change={(title) => editor.change(id, { ...element, title }, "title")}
          />
        </section>
        <Looks id={id} element={element} />
        <section className="panel-part">
          {wellsOf(element).map((filled) => (
            <WellBox key={filled.well.name} id={id} element={element} filled={filled} />
          ))}
        </section>
        <Settings id={id} element={element} />
        <section className="panel-part">
          <CardButtons />
        </section>
      </div>
    </aside>
  );
});
