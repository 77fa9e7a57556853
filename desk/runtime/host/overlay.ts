import { button, element, icon } from "./element";
import type { Words } from "./words";

/** What lies over the pages: one toast, one loading box, and dialogs on top of each other. */
export interface Overlay {
  root: HTMLElement;
  toast(content: string, type: string, durationMs: number): Promise<void>;
  hideToast(): void;
  loading(content: string, delayMs: number): void;
  hideLoading(): void;
  /** Shows a dialog; `answer` is what a click outside or "cancel" from the automator means (null: it must be answered). */
  dialog<Answer>(className: string, fill: DialogFill<Answer>, cancelled: Answer | null): Promise<Answer>;
  /** Presses the newest dialog's main or cancel button: for the automator. False when none is open. */
  press(kind: "confirm" | "cancel"): boolean;
  /** Takes everything away, e.g. when the mini program is closed. */
  clear(): void;
}

export type DialogFill<Answer> = (answer: (value: Answer) => void) => (Node | string)[];

const TOAST_ICONS: Record<string, string[]> = {
  success: ["M5 12.5l4.5 4.5L19 7.5"],
  fail: ["M7 7l10 10", "M17 7L7 17"],
  exception: ["M12 6v8", "M12 18h.01"],
};

/** Makes the layer over the pages. */
export function createOverlay(words: Words): Overlay {
  const toasts = element("div", "toasts");
  toasts.setAttribute("role", "status");
  const waits = element("div", "waits");
  const dialogs = element("div", "dialogs");
  const root = element("div", "overlay", [waits, dialogs, toasts]);
  let endToast: () => void = () => undefined;
  let waitTimer = 0;

  function dialog<Answer>(className: string, fill: DialogFill<Answer>, cancelled: Answer | null): Promise<Answer> {
    return new Promise((resolve) => {
      const finish = (value: Answer): void => {
        layer.remove();
        resolve(value);
      };
      const box = element("div", `box ${className}`, fill(finish));
      box.setAttribute("role", "dialog");
      box.setAttribute("aria-modal", "true");
      const layer = element("div", "layer", [box]);
      if (cancelled !== null) layer.addEventListener("click", (event) => event.target === layer && finish(cancelled));
      dialogs.append(layer);
      // The box, not its button: a ring around a button that nobody tabbed to would look like a choice already made.
      box.tabIndex = -1;
      (box.querySelector("input") ?? box).focus({ preventScroll: true });
    });
  }

  return {
    root,
    toast(content, type, durationMs) {
      endToast();
      const paths = TOAST_ICONS[type];
      const shown = element("div", `toast ${type}`, [
        ...(paths ? [icon("", ...paths)] : []),
        element("span", "", content),
      ]);
      toasts.replaceChildren(shown);
      return new Promise((resolve) => {
        const end = (): void => {
          clearTimeout(timer);
          shown.remove();
          resolve();
        };
        const timer = setTimeout(end, durationMs);
        endToast = end;
      });
    },
    hideToast: () => endToast(),
    loading(content, delayMs) {
      clearTimeout(waitTimer);
      const spinner = element("i", "spinner");
      const box = element("div", "toast loading", [spinner, element("span", "", content || words.loading)]);
      waitTimer = window.setTimeout(() => waits.replaceChildren(element("div", "layer clear", [box])), delayMs);
    },
    hideLoading() {
      clearTimeout(waitTimer);
      waits.replaceChildren();
    },
    dialog,
    press(kind) {
      const top = dialogs.lastElementChild;
      const target = top?.querySelector<HTMLElement>(kind === "confirm" ? ".main" : ".cancel");
      target?.click();
      return Boolean(target);
    },
    clear() {
      endToast();
      clearTimeout(waitTimer);
      waits.replaceChildren();
      dialogs.replaceChildren();
    },
  };
}

/** A row of text buttons at the bottom of a dialog; the last one is the main one. */
export function dialogButtons<Answer>(
  answer: (value: Answer) => void,
  ...choices: { label: string; className: "main" | "cancel"; value: () => Answer }[]
): HTMLElement {
  const made = choices.map(({ label, className, value }) => button(className, label, () => answer(value())));
  return element("div", "actions", made);
}
