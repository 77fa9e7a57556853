import type { ToView } from "../protocol";
import type { View } from "../view/view";
import type { Screen } from "./screen";
import { slideIn } from "./transition";

type Message<Type extends ToView["type"]> = Extract<ToView, { type: Type }>;

/** Pages as they lie on the screen: the logic decides, this shows. */
export interface PageStack {
  open(message: Message<"pageOpen">): void;
  close(message: Message<"pageClose">): void;
  show(message: Message<"pageShow">): void;
  /** Id of the page on top; null before the first. */
  top(): string | null;
  depth(): number;
}

export function createPageStack(view: View, screen: Screen): PageStack {
  let stack: string[] = [];
  return {
    open(message) {
      screen.opened(message.pageId, message.path);
      view.openPage(message);
    },
    close({ pageIds }) {
      view.closePages(pageIds);
      screen.closed(pageIds);
    },
    show({ pageId, stack: next }) {
      const before = stack;
      stack = next;
      screen.shown(pageId, next.length);
      view.showPage(pageId);
      const frame = view.pageElement(pageId)?.shadow.host;
      if (frame instanceof HTMLElement && before.length > 0 && before.length !== next.length)
        slideIn(frame, next.length > before.length ? "forward" : "back");
    },
    top: () => stack.at(-1) ?? null,
    depth: () => stack.length,
  };
}
