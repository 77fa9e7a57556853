import type { ToView } from "../protocol";
import type { View } from "../view/view";
import type { Screen } from "./screen";
import { slide } from "./transition";

type Message<Type extends ToView["type"]> = Extract<ToView, { type: Type }>;

/** Pages as they lie on the screen: the logic decides, this shows. */
export interface PageStack {
  open(message: Message<"pageOpen">): void;
  close(message: Message<"pageClose">): void;
  show(message: Message<"pageShow">): void;
  /** Id of the page on top; null before the first. */
  top(): string | null;
}

/** A page that is closed stays drawn until the slide away from it has ended. */
export function createPageStack(view: View, screen: Screen): PageStack {
  let stack: string[] = [];
  let sliding: { left: string; done: Promise<void> } | null = null;

  const frameOf = (pageId: string): HTMLElement | null => {
    const host = view.pageElement(pageId)?.shadow.host;
    return host instanceof HTMLElement ? host : null;
  };

  function startSlide(shown: string, before: readonly string[]): void {
    const left = before.at(-1) ?? shown;
    const [frame, leftFrame] = [frameOf(shown), frameOf(left)];
    if (!frame || !leftFrame || left === shown || before.length === stack.length) return;
    const done = slide(frame, leftFrame, stack.length > before.length ? "forward" : "back");
    sliding = { left, done };
    void done.then(() => {
      if (sliding?.done === done) sliding = null;
    });
  }

  return {
    open(message) {
      screen.opened(message.pageId, message.path);
      view.openPage(message);
    },
    close({ pageIds }) {
      screen.closed(pageIds);
      const held = sliding && pageIds.includes(sliding.left) ? sliding : null;
      view.closePages(pageIds.filter((pageId) => pageId !== held?.left));
      if (held) void held.done.then(() => view.closePages([held.left]));
    },
    show({ pageId, stack: next }) {
      const before = stack;
      stack = next;
      screen.shown(pageId, next.length);
      view.showPage(pageId);
      startSlide(pageId, before);
    },
    top: () => stack.at(-1) ?? null,
  };
}
