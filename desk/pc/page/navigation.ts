/** The frame's own history: `history` would take the windows around it along. https://developer.mozilla.org/docs/Web/API/Navigation */
interface Navigation {
  canGoBack: boolean;
  canGoForward: boolean;
  back(): void;
  forward(): void;
  addEventListener(name: "navigate", hear: (event: NavigateEvent) => void): void;
}

interface NavigateEvent extends Event {
  destination: { url: string };
}

/** Undefined in browsers without it. */
export const navigation = (window as { navigation?: Navigation }).navigation;
