import { useRef, useState, type PointerEvent, type RefObject } from "react";
import type { EditorStore } from "../../client/stores/editor/editor";
import { COLUMNS, moveItems, resizeItem, type GridItem } from "../../core/report/layout/grid";
import type { Grip, StartGesture } from "./card-frame";

const ROW = 32;
/** A hand is never quite still. */
const SLACK = 4;

interface Cells {
  x: number;
  y: number;
}

/** The layout while cards are dragged by so many columns and rows. */
function tried(layout: GridItem[], grip: Grip, ids: ReadonlySet<string>, by: Cells): GridItem[] {
  const chosen = layout.filter(({ element }) => ids.has(element));
  const [first] = chosen;
  if (!first) return layout;
  if (grip === "resize") return resizeItem(layout, first.element, { ...first, w: first.w + by.x, h: first.h + by.y });
  const left = Math.min(...chosen.map(({ x }) => x));
  const right = Math.max(...chosen.map(({ x, w }) => x + w));
  const top = Math.min(...chosen.map(({ y }) => y));
  const x = Math.max(-left, Math.min(COLUMNS - right, by.x));
  const y = Math.max(-top, by.y);
  return moveItems(layout, new Map(chosen.map((item) => [item.element, { ...item, x: item.x + x, y: item.y + y }])));
}

/** Calls `move` with the way from the beginning until the pointer is let go; `end` says whether to keep what was done. */
function drag(event: PointerEvent, move: (dx: number, dy: number) => void, end: (keep: boolean) => void): void {
  const { clientX, clientY, pointerId } = event;
  const [startX, startY] = [clientX + scrollX, clientY + scrollY];
  const moved = (each: globalThis.PointerEvent): void => {
    if (each.pointerId === pointerId) move(each.clientX + scrollX - startX, each.clientY + scrollY - startY);
  };
  const stop = (keep: boolean) => (): void => {
    removeEventListener("pointermove", moved);
    removeEventListener("pointerup", up);
    removeEventListener("pointercancel", cancel);
    removeEventListener("keydown", escape, true);
    end(keep);
  };
  const up = stop(true);
  const cancel = stop(false);
  const escape = (each: KeyboardEvent): void => {
    if (each.key !== "Escape") return;
    each.stopPropagation();
    cancel();
  };
  addEventListener("pointermove", moved);
  addEventListener("pointerup", up);
  addEventListener("pointercancel", cancel);
  addEventListener("keydown", escape, true);
}

/** Which cards are dragged, and the frame that is drawn around others to choose them. */
export function useGesture(editor: EditorStore, grid: RefObject<HTMLDivElement | null>, scale: number) {
  const [held, setHeld] = useState<ReadonlySet<string> | null>(null);
  const [lassoBox, setLassoBox] = useState<{ left: number; top: number; width: number; height: number } | null>(null);
  const last = useRef("");

  const start: StartGesture = (event, id, grip) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    if (event.shiftKey || event.ctrlKey || event.metaKey) return editor.select(toggled(editor.selected, id));
    if (!editor.selected.has(id)) editor.select([id]);
    const ids = grip === "resize" ? new Set([id]) : editor.selected;
    const layout = editor.page?.layout ?? [];
    const column = (grid.current?.clientWidth ?? 0) / COLUMNS;
    const frames = [...ids].flatMap((each) => grid.current?.querySelector<HTMLElement>(`[data-card="${each}"]`) ?? []);
    let begun = false;
    last.current = "";
    drag(
      event,
      (screenX, screenY) => {
        const [dx, dy] = [screenX / scale, screenY / scale];
        if (!begun && Math.hypot(dx, dy) < SLACK) return;
        if (!begun && grip === "move") setHeld(new Set(ids));
        begun = true;
        if (grip === "move") for (const frame of frames) frame.style.translate = `${dx}px ${dy}px`;
        const by = { x: Math.round(dx / column), y: Math.round(dy / ROW) };
        const now = `${by.x}/${by.y}`;
        if (now === last.current) return; // within the same cell nothing is to be laid out
        last.current = now;
        editor.try(tried(layout, grip, ids, by));
      },
      (keep) => {
        for (const frame of frames) frame.style.translate = "";
        setHeld(null);
        editor.settle(keep);
      },
    );
  };

  const lasso = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0 || !(event.target as HTMLElement).closest(".canvas")) return;
    const origin = event.currentTarget.getBoundingClientRect();
    const from = { x: event.clientX - origin.left, y: event.clientY - origin.top };
    const before = event.shiftKey ? [...editor.selected] : [];
    if (before.length === 0) editor.select([]);
    drag(
      event,
      (dx, dy) => {
        if (Math.hypot(dx, dy) < SLACK) return;
        const box = {
          left: Math.min(from.x, from.x + dx),
          top: Math.min(from.y, from.y + dy),
          width: Math.abs(dx),
          height: Math.abs(dy),
        };
        setLassoBox(box);
        editor.select([...before, ...touched(grid.current, box, origin)]);
      },
      () => setLassoBox(null),
    );
  };

  return { held, start, lasso, lassoBox };
}

function toggled(selected: ReadonlySet<string>, id: string): string[] {
  return selected.has(id) ? [...selected].filter((each) => each !== id) : [...selected, id];
}

function touched(
  grid: HTMLElement | null,
  box: { left: number; top: number; width: number; height: number },
  origin: DOMRect,
): string[] {
  return [...(grid?.querySelectorAll<HTMLElement>("[data-card]") ?? [])].flatMap((frame) => {
    const at = frame.getBoundingClientRect();
    const [left, top] = [at.left - origin.left, at.top - origin.top];
    const apart =
      left > box.left + box.width ||
      left + at.width < box.left ||
      top > box.top + box.height ||
      top + at.height < box.top;
    return apart ? [] : [frame.dataset["card"] ?? ""];
  });
}
