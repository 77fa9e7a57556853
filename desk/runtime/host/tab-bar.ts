import type { TabBar as Manifest } from "../compiled";
import { element } from "./element";

export interface TabBar {
  root: HTMLElement;
  /** Marks the tab of that page and shows the bar; any other path hides it. */
  show(path: string): void;
  setVisible(visible: boolean): void;
  /** A badge's text; "" is a red dot; null takes it away. */
  setBadge(index: number, text: string | null): void;
  setItem(index: number, item: { text?: string; icon?: string; activeIcon?: string }): void;
  setStyle(style: { color?: string; selectedColor?: string; backgroundColor?: string }): void;
}

/** The row of tabs at the bottom of the screen. */
export function createTabBar(
  manifest: Manifest,
  assetUrl: (path: string) => string,
  press: (path: string, index: number, name: string) => void,
): TabBar {
  const root = element("nav", "tab-bar");
  const items = manifest.items.map((item) => ({ ...item }));
  const style = {
    color: manifest.textColor ?? "#8d8d92",
    selectedColor: manifest.selectedColor ?? "#007fff",
    backgroundColor: manifest.backgroundColor ?? "#ffffff",
  };
  const badges: (string | null)[] = items.map(() => null);
  let current = "";
  let visible = true;

  function draw(): void {
    root.style.background = style.backgroundColor;
    root.hidden = !visible || !items.some((item) => item.pagePath === current);
    root.replaceChildren(...items.map(tab));
  }

  function tab(item: Manifest["items"][number], index: number): HTMLElement {
    const active = item.pagePath === current;
    const source = active ? (item.activeIcon ?? item.icon) : item.icon;
    const badge = badges[index] ?? null;
    const made = element("button", "tab", [
      ...(source ? [picture(assetUrl(source))] : []),
      element("span", "", item.name),
      ...(badge === null ? [] : [element("b", badge === "" ? "dot" : "badge", badge)]),
    ]);
    made.type = "button";
    made.style.color = active ? style.selectedColor : style.color;
    if (active) made.setAttribute("aria-current", "page");
    made.addEventListener("click", () => press(item.pagePath, index, item.name));
    return made;
  }

  return {
    root,
    show(path) {
      current = path;
      draw();
    },
    setVisible(next) {
      visible = next;
      draw();
    },
    setBadge(index, text) {
      badges[index] = text;
      draw();
    },
    setItem(index, change) {
      const item = items[index];
      if (!item) return;
      if (change.text !== undefined) item.name = change.text;
      if (change.icon !== undefined) item.icon = change.icon;
      if (change.activeIcon !== undefined) item.activeIcon = change.activeIcon;
      draw();
    },
    setStyle(change) {
      Object.assign(style, change);
      draw();
    },
  };
}

function picture(source: string): HTMLElement {
  const image = element("img", "");
  image.src = source;
  image.alt = "";
  return image;
}
