import { observer } from "mobx-react-lite";
import { useRef } from "react";
import { CardFrame } from "./card-frame";
import { useEditing } from "./context";
import { useEditorWords } from "./text";
import { useGesture } from "./use-gesture";

const SPARE_ROWS = 8;

/** Where the page will be wider or longer by what is dragged. */
const Shadow = observer(function Shadow({ id }: { id: string }) {
  const { editor } = useEditing();
  const place = editor.trial?.find(({ element }) => element === id);
  if (!place) return null;
  const { x, y, w, h } = place;
  return (
    <div className="cell" style={{ gridColumn: `${x + 1} / span ${w}`, gridRow: `${y + 1} / span ${h}` }}>
      <div className="drop-shadow" />
    </div>
  );
});

/** A page's cards on the 36-column grid, to be chosen, moved and resized. */
export const Canvas = observer(function Canvas() {
  const { editor } = useEditing();
  const words = useEditorWords();
  const grid = useRef<HTMLDivElement>(null);
  const gesture = useGesture(editor, grid);
  const { page, trial, spec } = editor;
  if (!page) return null;
  const layout = trial ?? page.layout;
  const items = [...page.layout].sort((a, b) => a.y - b.y || a.x - b.x);
  const rows = Math.max(0, ...layout.map(({ y, h }) => y + h)) + SPARE_ROWS;
  return (
    <section className="canvas" aria-label={words.canvas} onPointerDown={gesture.lasso}>
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
        style={{ minHeight: rows * 32 }}
      >
        {items.map(({ element: id }) => {
          const element = spec.elements[id];
          const held = gesture.held?.has(id) ?? false;
          const place = (held ? page.layout : layout).find((item) => item.element === id);
          if (!element || !place) return null;
          return <CardFrame key={id} id={id} element={element} place={place} held={held} start={gesture.start} />;
        })}
        {[...(gesture.held ?? [])].map((id) => (
          <Shadow key={id} id={id} />
        ))}
      </div>
      {gesture.lassoBox && <div className="lasso" style={gesture.lassoBox} />}
    </section>
  );
});
