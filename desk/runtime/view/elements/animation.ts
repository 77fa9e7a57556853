import { useEffect, useRef } from "preact/hooks";

/** What `dd.createAnimation(…).export()` gives. https://open.dingtalk.com/document/development/dd-createanimation */
interface Exported {
  actions: { animates: { type: string; args: unknown[] }[]; option: Option }[];
}

interface Option {
  /** Milliseconds. */
  duration: number;
  delay: number;
  timeFunction: string;
  transformOrigin: string;
}

/** A transition may end this much later (milliseconds) than its times say. */
const SLACK_MS = 50;

const TRANSFORM = /^(rotate|scale|translate|skew|matrix)/;
const PIXELS = new Set(["width", "height", "top", "left", "bottom", "right"]);

/** Arguments with the unit that their function means: pixels to move, degrees to turn. */
function argumentText(type: string, value: unknown, at: number): string {
  if (typeof value !== "number") return String(value);
  if (type.startsWith("translate")) return `${value}px`;
  if (type === "rotate3d") return at === 3 ? `${value}deg` : String(value);
  return /^(rotate|skew)/.test(type) ? `${value}deg` : String(value);
}

/** What an element has become through its animations so far. */
class Moves {
  private readonly transforms = new Map<string, string>();

  apply(element: HTMLElement, { animates, option }: Exported["actions"][number]): void {
    const { duration, timeFunction, delay, transformOrigin } = option;
    element.style.transition = `all ${duration}ms ${timeFunction} ${delay}ms`;
    element.style.transformOrigin = transformOrigin;
    for (const { type, args } of animates) {
      if (TRANSFORM.test(type)) {
        const text = args.map((value, at) => argumentText(type, value, at)).join(", ");
        this.transforms.set(type, `${type}(${text})`);
      } else {
        const name = type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
        const [value] = args;
        element.style.setProperty(name, typeof value === "number" && PIXELS.has(type) ? `${value}px` : String(value));
      }
    }
    element.style.transform = [...this.transforms.values()].join(" ");
  }
}

function isExported(value: unknown): value is Exported {
  return typeof value === "object" && value !== null && Array.isArray((value as Exported).actions);
}

/** Resolves when the transition is over; where nothing changed there is none, so time ends it too. */
function transitionOf(element: HTMLElement, { duration, delay }: Option): Promise<void> {
  return new Promise((resolve) => {
    element.addEventListener("transitionend", () => resolve(), { once: true });
    setTimeout(resolve, duration + delay + SLACK_MS);
  });
}

async function playAll(
  element: { current: HTMLElement | null },
  { actions }: Exported,
  moves: Moves,
  signal: AbortSignal,
): Promise<void> {
  for (const action of actions) {
    if (signal.aborted || !element.current) return;
    moves.apply(element.current, action);
    await transitionOf(element.current, action.option);
  }
}

/** Plays the attribute `animation` whenever it is set anew, one action after the other. */
export function useAnimation(element: { current: HTMLElement | null }, animation: unknown): void {
  const moves = useRef(new Moves());
  useEffect(() => {
    if (!isExported(animation)) return undefined;
    const stopped = new AbortController();
    void playAll(element, animation, moves.current, stopped.signal);
    return () => stopped.abort();
  }, [animation]);
}
