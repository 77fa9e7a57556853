import type { Finger, Fingers } from "./event";
import { bubble } from "./event";
import { createHover } from "./hover";
import type { PageContext } from "./node";
import { controlOf, infoOf, isOn, pathFrom } from "./node";
import type { PullRefresh } from "./pull-refresh";

/** A finger may tremble this far (CSS pixels) and still tap. */
const SLOP = 10;
/** https://open.dingtalk.com/document/development/mini-app-dd-view-container */
const LONG_TAP_MS = 500;

interface Gesture {
  target: Element;
  from: Finger;
  /** Moved too far, or several fingers: no tap any more. */
  spoiled: boolean;
  timer: ReturnType<typeof setTimeout>;
  held: Element | null;
}

/** Fingers on a page, whatever they come from: screen, mouse or automator. */
export interface Gestures {
  /** `longTapMs` is how long a finger has to rest for a long tap. */
  start(target: Element, fingers: Fingers, longTapMs?: number): void;
  /** Returns whether the page must not scroll. */
  move(fingers: Fingers): boolean;
  /** Returns whether it was a tap. */
  end(fingers: Fingers): boolean;
  cancel(fingers: Fingers): void;
  /** A tap without fingers: keyboard, automator. */
  tap(target: Element): void;
}

/** What a tap does beside running handlers: the innermost control acts. A form acts by its buttons only. */
function act(target: Element): void {
  for (const element of pathFrom(target)) {
    const tag = infoOf(element)?.tag;
    if (tag === "button" && isOn(infoOf(element)?.attributes["disabled"])) return;
    const activate = tag === "form" ? undefined : controlOf(element)?.activate;
    if (activate) return activate();
  }
}

function isDisabled(target: Element): boolean {
  return pathFrom(target).some(
    (element) => infoOf(element)?.tag === "button" && isOn(infoOf(element)?.attributes["disabled"]),
  );
}

/** Taps, long taps, touches and what follows from them on one page. */
export function createGestures(page: PageContext, pull: PullRefresh): Gestures {
  let gesture: Gesture | null = null;
  const hover = createHover();

  function tap(target: Element, finger?: Finger): void {
    if (isDisabled(target)) return;
    const detail = finger
      ? { clientX: finger.clientX, clientY: finger.clientY, pageX: finger.pageX, pageY: finger.pageY }
      : {};
    const fingers = finger ? { touches: [], changedTouches: [finger] } : { touches: [], changedTouches: [] };
    bubble(page, target, "tap", { detail, fingers });
    act(target);
  }

  function longTap(): void {
    if (!gesture || gesture.spoiled) return;
    const { target, from } = gesture;
    const fingers = { touches: [from], changedTouches: [from] };
    // A long tap that somebody listens to is not a tap as well.
    if (bubble(page, target, "longTap", { detail: {}, fingers })) gesture.spoiled = true;
  }

  function finish(type: "touchEnd" | "touchCancel", fingers: Fingers): boolean {
    if (!gesture) return false;
    const { target, from, held } = gesture;
    bubble(page, target, type, { fingers });
    if (fingers.touches.length > 0) return false;
    clearTimeout(gesture.timer);
    const tapped = type === "touchEnd" && !gesture.spoiled;
    gesture = null;
    hover.end();
    pull.end();
    if (held) controlOf(held)?.end?.();
    if (tapped) tap(target, fingers.changedTouches[0] ?? from);
    return tapped;
  }

  /** Finger coordinates are relative to the page's box; controls measure in the window. */
  const inWindow = (finger: Finger): [number, number] => {
    const box = page.box.getBoundingClientRect();
    return [finger.clientX + box.left, finger.clientY + box.top];
  };

  return {
    start(target, fingers, longTapMs = LONG_TAP_MS) {
      bubble(page, target, "touchStart", { fingers });
      const from = fingers.changedTouches[0];
      if (!from) return;
      if (gesture) {
        gesture.spoiled = true;
        return;
      }
      const path = pathFrom(target);
      const held = path.find((element) => controlOf(element)?.start) ?? null;
      gesture = { target, from, spoiled: false, timer: setTimeout(longTap, longTapMs), held };
      hover.start(path);
      pull.start(from.clientY, path);
      if (held) controlOf(held)?.start?.(...inWindow(from));
    },
    move(fingers) {
      const finger = fingers.changedTouches[0];
      if (!gesture || !finger) return false;
      bubble(page, gesture.target, "touchMove", { fingers });
      const far = Math.hypot(finger.clientX - gesture.from.clientX, finger.clientY - gesture.from.clientY) > SLOP;
      if (far && !gesture.spoiled) {
        gesture.spoiled = true;
        clearTimeout(gesture.timer);
        hover.cancel();
      }
      if (gesture.held) controlOf(gesture.held)?.move?.(...inWindow(finger));
      const stopped = pathFrom(gesture.target).some((element) => infoOf(element)?.events["touchMove"]?.stops);
      return (!gesture.held && !stopped && pull.move(finger.clientY)) || stopped;
    },
    end: (fingers) => finish("touchEnd", fingers),
    cancel: (fingers) => void finish("touchCancel", fingers),
    tap,
  };
}
