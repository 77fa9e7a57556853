import { observer } from "mobx-react-lite";
import { useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { ReportPage } from "../../core/contract/report/report";
import type { Place } from "../../core/report/layout/grid";
import { guidesOf } from "../../core/report/layout/guides";
import { CardFrame } from "./card-frame";
import { useEditing } from "./context";
import { useCanvasWords, useEditorWords } from "./text";
import { useGesture } from "./use-gesture";

const SPARE_ROWS = 8;
const [ROW, PADDING] = [32, 24];

/** Where the page will be wider or longer by what is dragged. */
const Shadow = observer(function Shadow({ id }: { id: string }) {
  const { editor } = useEditing();
  const place = editor.trial?.find(({ element }) => element === id);
  if (!place) return null;
  return (
    <div className="cell" style={cells(place)}>
      <div className="drop-shadow" />
    </div>
  );
});

const cells = ({ x, y, w, h }: Place): { gridColumn: string; gridRow: string } => ({
  gridColumn: `${x + 1} / span ${w}`,
  gridRow: `${y + 1} / span ${h}`,
});

/** Edges and rooms that the dragged card has in common with its neighbours. */
const Rulers = observer(function Rulers({ id, rows }: { id: string; rows: number }) {
  const { editor } = useEditing();
  if (!editor.trial) return null;
  const { columns, rooms } = guidesOf(editor.trial, id);
  return (
    <>
      {columns.map((column) => (
        <div
          key={column}
          className="ruler"
          style={{ gridColumn: `${Math.min(column, 35) + 1} / span 1`, gridRow: `1 / span ${rows}` }}
          data-end={column === 36}
        />
      ))}
      {rooms.map((room) => (
        <div key={`${room.x}/${room.y}`} className="ruler-room" style={cells(room)} />
      ))}
    </>
  );
});

/** How much smaller a page is shown so that all of it is seen. */
function useFit(
  stage: RefObject<HTMLElement | null>,
  height: number,
): { scale: number; fit: boolean; toggle: () => void } {
  const [fit, setFit] = useState(false);
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const measure = (): void => setRoom(stage.current?.clientHeight ?? 0);
    measure();
    addEventListener("resize", measure);
    return () => removeEventListener("resize", measure);
  }, [stage, fit]);
  const scale = fit && room > 0 ? Math.max(0.2, Math.min(1, (room - PADDING) / height)) : 1;
  return { scale, fit, toggle: () => setFit(!fit) };
}

/** A page's cards on the 36-column grid, to be chosen, moved and resized. */
export const Canvas = observer(function Canvas() {
  const { page } = useEditing().editor;
  return page ? <Cards page={page} /> : null;
});

const Cards = observer(function Cards({ page }: { page: ReportPage }) {
  const { editor } = useEditing();
  const words = useEditorWords();
  const canvasWords = useCanvasWords();
  const grid = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLElement>(null);
  const { trial, spec } = editor;
  const layout = trial ?? page.layout;
  const used = Math.max(1, ...layout.map(({ y, h }) => y + h));
  const { scale, fit, toggle } = useFit(stage, used * ROW);
  const gesture = useGesture(editor, grid, scale);
  const items = [...page.layout].sort((a, b) => a.y - b.y || a.x - b.x);
  const rows = used + SPARE_ROWS;
  return (
    <section ref={stage} className="canvas" aria-label={words.canvas} onPointerDown={gesture.lasso}>
      {items.length === 0 && (
        <div className="canvas-empty">
          <h2>{words.empty}</h2>
          <p>{words.emptyHint}</p>
        </div>
      )}
      <p className="unseen" id="card-keys">
        {words.cardKeys}
      </p>
      <div
        ref={grid}
        className={trial ? "grid canvas-grid canvas-moving" : "grid canvas-grid"}
        style={{ minHeight: rows * ROW, ...(scale < 1 ? { transform: `scale(${scale})` } : {}) }}
      >
        {items.map(({ element: id }) => {
          const element = spec.elements[id];
          const held = gesture.held?.has(id) ?? false;
          const place = (held ? page.layout : layout).find((item) => item.element === id);
          if (!element || !place) return null;
          return <CardFrame key={id} id={id} element={element} place={place} held={held} start={gesture.start} />;
        })}
        {gesture.held?.size === 1 && [...gesture.held].map((id) => <Rulers key={`rulers/${id}`} id={id} rows={rows} />)}
        {[...(gesture.held ?? [])].map((id) => (
          <Shadow key={id} id={id} />
        ))}
      </div>
      <button
        type="button"
        className="button canvas-zoom"
        aria-pressed={fit}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={toggle}
      >
        {canvasWords.zoomFit}
      </button>
      {gesture.lassoBox && <div className="lasso" style={gesture.lassoBox} />}
    </section>
  );
});
