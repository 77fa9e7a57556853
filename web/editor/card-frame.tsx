import { observer } from "mobx-react-lite";
import { memo, useRef, type MouseEvent, type PointerEvent } from "react";
import type { ReportElement } from "../../core/contract/report/element";
import type { GridItem } from "../../core/report/layout/grid";
import { CardBody } from "../components/report/card-body";
import { Divider, SectionHead } from "../components/report/section-head";
import type { Drawing } from "../charts/draw";
import { useEditing } from "./context";
import { useEditorWords } from "./text";

export type Grip = "move" | "resize";
export type StartGesture = (event: PointerEvent, id: string, grip: Grip) => void;

/** What a card shows: drawn by the readers' code, from its preview. */
export const CardContent = memo(
  observer(function CardContent({ id, element }: { id: string; element: ReportElement }) {
    const { editor } = useEditing();
    const drawing = useRef<Drawing>(null);
    const busy = editor.previews.isBusy(id);
    const result = editor.previews.outcome(id);
    const description = "description" in element ? element.description : undefined;
    const waits = !result && "query" in element;
    if (element.type === "section") return <SectionHead id={id} title={element.title} />;
    if (element.type === "divider") return <Divider title={element.title} />;
    return (
      <>
        {element.title && (
          <header className="card-head">
            <h2>{element.title}</h2>
          </header>
        )}
        {description && element.type !== "kpi" && <p className="card-description">{description}</p>}
        <div className={busy ? "card-body card-busy" : "card-body"} aria-busy={busy}>
          {waits ? <span className="bone bone-fill" /> : <CardBody {...{ id, element, result, drawing }} />}
        </div>
      </>
    );
  }),
);

/** What stands on the page without a card around it. */
export const isBare = ({ type }: ReportElement): boolean => type === "section" || type === "divider";

interface FrameProps {
  id: string;
  element: ReportElement;
  place: GridItem;
  /** Whether it follows the pointer just now. */
  held: boolean;
  start: StartGesture;
}

/** A card on the canvas, with what moves and resizes it. */
export const CardFrame = observer(function CardFrame({ id, element, place, held, start }: FrameProps) {
  const { editor } = useEditing();
  const words = useEditorWords();
  const { x, y, w, h } = place;
  const chosen = editor.selected.has(id);
  const visitors = editor.people.filter((each) => each.element === id).map(({ user }) => user.name);
  const title = element.title || words.textTitle;
  const choose = (event: MouseEvent): void => {
    if (event.detail !== 0) return; // the pointer has chosen it already, as it was pressed
    const others = event.shiftKey ? [...editor.selected] : [];
    editor.select([...others, id]);
  };
  return (
    <div
      className={`cell frame${held ? " frame-held" : ""}${chosen ? " frame-chosen" : ""}`}
      data-card={id}
      style={{ gridColumn: `${x + 1} / span ${w}`, gridRow: `${y + 1} / span ${h}` }}
    >
      <div className={isBare(element) ? "bare" : `card card-${element.type}`}>
        <CardContent id={id} element={element} />
      </div>
      <button
        type="button"
        className="frame-grab"
        aria-label={words.card(title)}
        aria-pressed={chosen}
        aria-describedby="card-keys"
        onPointerDown={(event) => start(event, id, "move")}
        onClick={choose}
      />
      {visitors.length > 0 && <span className="frame-visitors">{visitors.join("、")}</span>}
      <div
        className="frame-corner"
        role="presentation"
        title={words.resize(title)}
        onPointerDown={(event) => start(event, id, "resize")}
      />
    </div>
  );
});
