import { textOf } from "./expression";
import { infoOf, isOn, numberOf } from "./node";

/** Milliseconds until the pressed look comes and after which it goes; buttons are quicker. https://open.dingtalk.com/document/development/mini-app-button-1 */
const TIMES: Record<string, { start: number; stay: number }> = { button: { start: 20, stay: 70 } };
const OTHERS = { start: 50, stay: 400 };

interface Pressed {
  element: Element;
  className: string;
  stay: number;
  timer: ReturnType<typeof setTimeout>;
}

/** The pressed look (`hover-class`) of what is under a finger. */
export interface Hover {
  start(path: Element[]): void;
  /** The finger left: the look stays a moment. */
  end(): void;
  /** The finger scrolls: the look goes at once. */
  cancel(): void;
}

function classOf(element: Element): string {
  const info = infoOf(element);
  const given = textOf(info?.attributes["hover-class"]);
  if (given === "none" || isOn(info?.attributes["disabled"])) return "";
  return given || (info?.tag === "button" ? "button-hover" : "");
}

/** Keeps track of the elements that look pressed. */
export function createHover(): Hover {
  let pressed: Pressed[] = [];

  function release(all: Pressed[]): void {
    for (const { element, className } of all) element.classList.remove(...className.split(/\s+/));
  }

  return {
    start(path) {
      for (const element of path) {
        const className = classOf(element);
        if (!className) continue;
        const info = infoOf(element);
        const times = TIMES[info?.tag ?? ""] ?? OTHERS;
        const show = (): void => element.classList.add(...className.split(/\s+/));
        const timer = setTimeout(show, numberOf(info?.attributes["hover-start-time"], times.start));
        pressed.push({ element, className, timer, stay: numberOf(info?.attributes["hover-stay-time"], times.stay) });
        if (isOn(info?.attributes["hover-stop-propagation"])) break;
      }
    },
    end() {
      for (const one of pressed) {
        clearTimeout(one.timer);
        setTimeout(() => release([one]), one.stay);
      }
      pressed = [];
    },
    cancel() {
      for (const { timer } of pressed) clearTimeout(timer);
      release(pressed);
      pressed = [];
    },
  };
}
