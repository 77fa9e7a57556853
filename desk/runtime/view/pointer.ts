import type { Finger, Fingers } from "./event";
import { emit } from "./event";
import type { Gestures } from "./gesture";
import type { PageContext } from "./node";
import { infoOf, pathFrom } from "./node";

/** Browsers send mouse events after touches; those of this many milliseconds are echoes. */
const ECHO_MS = 800;
const MOUSE_ID = 0;
/** A label hands its click on within this many milliseconds. */
const LABEL_MS = 50;

/** DOM events that elements report under the name that mini programs use. */
const REPORTED: Record<string, string> = {
  transitionend: "transitionEnd",
  animationstart: "animationStart",
  animationiteration: "animationIteration",
  animationend: "animationEnd",
};

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

function elementOf(target: EventTarget | null): Element | null {
  return target instanceof Element ? (pathFrom(target)[0] ?? null) : null;
}

/** A touch beside a field ends its input, as the click that is prevented would have done. */
function leaveField(page: PageContext): void {
  const active = page.shadow.activeElement;
  if (active instanceof HTMLElement && isField(active)) active.blur();
}

/** Joins a page's DOM events to its gestures: touches, a mouse where there is no touch, keys. Returns how to let go. */
export function listenTo(page: PageContext, gestures: Gestures): () => void {
  const { scroller, box } = page;
  const listening = new AbortController();
  const { signal } = listening;
  let lastTouch = -Infinity;
  let lastClick = -Infinity;
  let mouseDown = false;

  function fingerAt(identifier: number, x: number, y: number): Finger {
    const place = box.getBoundingClientRect();
    const clientX = x - place.left;
    const clientY = y - place.top;
    return {
      identifier,
      clientX,
      clientY,
      pageX: clientX + scroller.scrollLeft,
      pageY: clientY + scroller.scrollTop,
    };
  }

  const fingersOf = (event: TouchEvent): Fingers => {
    lastTouch = performance.now();
    const list = (touches: TouchList): Finger[] =>
      [...touches].map((touch) => fingerAt(touch.identifier, touch.clientX, touch.clientY));
    return { touches: list(event.touches), changedTouches: list(event.changedTouches) };
  };
  const mouseFingers = (event: MouseEvent, down: boolean): Fingers => {
    const finger = fingerAt(MOUSE_ID, event.clientX, event.clientY);
    return { touches: down ? [finger] : [], changedTouches: [finger] };
  };

  function onTouch<Event extends TouchEvent>(name: string, listen: (event: Event) => void, passive = true): void {
    scroller.addEventListener(name, listen as EventListener, { passive, signal });
  }
  onTouch("touchstart", (event) => gestures.start(elementOf(event.target) ?? scroller, fingersOf(event)));
  onTouch(
    "touchmove",
    (event) => {
      if (gestures.move(fingersOf(event)) && event.cancelable) event.preventDefault();
    },
    false,
  );
  onTouch(
    "touchend",
    (event) => {
      const beside = !isField(event.target) && (event.target as Element).closest("label") === null;
      if (beside) leaveField(page);
      // The click that would follow might hit what the tap has just put there.
      if (gestures.end(fingersOf(event)) && !isField(event.target) && event.cancelable) event.preventDefault();
    },
    false,
  );
  onTouch("touchcancel", (event) => gestures.cancel(fingersOf(event)));

  scroller.addEventListener(
    "mousedown",
    (event) => {
      if (event.button !== 0 || performance.now() - lastTouch < ECHO_MS) return;
      mouseDown = true;
      gestures.start(elementOf(event.target) ?? scroller, mouseFingers(event, true));
    },
    { signal },
  );
  const onMouse = (name: "mousemove" | "mouseup", act: (event: MouseEvent) => void): void =>
    window.addEventListener(name, (event) => mouseDown && act(event), { signal });
  onMouse("mousemove", (event) => void gestures.move(mouseFingers(event, true)));
  onMouse("mouseup", (event) => {
    mouseDown = false;
    gestures.end(mouseFingers(event, false));
  });

  // A click that counts no clicks comes from the keyboard or a program, unless a label hands on a finger's click.
  scroller.addEventListener(
    "click",
    (event) => {
      const target = elementOf(event.target);
      const synthetic = event.detail === 0 && performance.now() - lastClick > LABEL_MS;
      if (event.detail > 0) lastClick = performance.now();
      if (target && synthetic && !isField(event.target)) gestures.tap(target);
    },
    { signal },
  );
  scroller.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      const target = event.target instanceof Element ? event.target : null;
      if (!target || !infoOf(target) || isField(target) || target instanceof HTMLButtonElement) return;
      event.preventDefault();
      gestures.tap(target);
    },
    { signal },
  );
  for (const [name, type] of Object.entries(REPORTED)) {
    scroller.addEventListener(
      name,
      (event) => {
        if (event.target instanceof Element) emit(page, event.target, type, {});
      },
      { signal },
    );
  }
  return () => listening.abort();
}
