import type { ToLogic } from "../protocol";
import { capsuleMenu, closedScreen } from "./bar/capsule";
import type { Client } from "./client";
import type { NavigationActions } from "./bar/navigation-bar";
import type { PageStack } from "./stack";

export interface GestureParts {
  client: () => Client;
  stack: () => PageStack;
  send: (message: ToLogic) => void;
}

export interface Gestures {
  /** Closes the mini program, unless its page asks and the person stays. */
  exit(): void;
  navigation: NavigationActions;
  tab: (path: string, index: number, name: string) => void;
}

/** What a person's presses on the bars mean to the mini program. */
export function createGestures({ client, stack, send }: GestureParts): Gestures {
  type PageEvent = Extract<ToLogic, { type: "pageEvent" }>;

  function tell(name: PageEvent["name"], argument: PageEvent["argument"] = null): void {
    const pageId = stack().top();
    if (pageId !== null) send({ type: "pageEvent", pageId, name, argument });
  }

  function close(): void {
    const { words, address, overlay } = client();
    overlay.clear();
    send({ type: "appEvent", name: "onHide", argument: {} });
    const screen = closedScreen(words, address, () => {
      screen.remove();
      send({ type: "appEvent", name: "onShow", argument: {} });
    });
    document.body.append(screen);
  }

  const exit = (): void => client().leave.leave(stack().top(), "close", close);

  document.addEventListener("visibilitychange", () =>
    send({ type: "appEvent", name: document.hidden ? "onHide" : "onShow", argument: {} }),
  );

  return {
    exit,
    navigation: {
      back: () => client().leave.leave(stack().top(), "back", () => tell("back")),
      titleTap: () => tell("onTitleClick"),
      close: exit,
      more() {
        const { overlay, words, boot } = client();
        const share = (): void => tell("onShareAppMessage", { from: "menu" });
        void capsuleMenu(overlay, words, boot.title, { share, restart: () => location.reload() });
      },
    },
    tab: (path) => send({ type: "tab", path }),
  };
}
