import { element } from "./element";

/** What is seen until the first page is drawn. */
export interface Splash {
  root: HTMLElement;
  hide(): void;
}

export function createSplash(title: string): Splash {
  const root = element("div", "splash", [
    element("div", "mark", title.slice(0, 1)),
    element("p", "", title),
    element("i", "spinner"),
  ]);
  return { root, hide: () => root.remove() };
}
