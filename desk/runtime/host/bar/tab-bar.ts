import type { TabBar as Manifest } from "../../compiled";
import { element } from "../element";
import { failure } from "../failure";

type Item = Manifest["items"][number];

export interface TabBar {
  root: HTMLElement;
  /** Marks the tab of that page and shows the bar; any other path hides it. */
  show(path: string): void;
  /** A badge's text; "" is a red dot; null takes it away. Throws what `fail` gets where there is no such tab. */
  setBadge(index: number, text: string | null): void;
  insert(index: number, item: Item): void;
  remove(index: number): void;
}

/** More characters than this are shown as dots. https://open.dingtalk.com/document/development/dd-settabbarbadge */
const LONGEST_BADGE = 4;

/** The row of tabs at the bottom of the screen. */
export function createTabBar(
  manifest: Manifest,
  assetUrl: (path: string) => string,
  press: (path: string, index: number, name: string) => void,
): TabBar {
  const root = element("nav", "tab-bar");
  root.style.background = manifest.backgroundColor ?? "#ffffff";
  const color = manifest.textColor ?? "#8d8d92";
  const selectedColor = manifest.selectedColor ?? "#007fff";
  const tabs = manifest.items.map((item) => ({ item, badge: null as string | null }));
  let current = "";

  function draw(): void {
    root.hidden = !tabs.some(({ item }) => item.pagePath === current);
    root.replaceChildren(...tabs.map(({ item, badge }, index) => tab(item, badge, index)));
  }

  function tab(item: Item, badge: string | null, index: number): HTMLElement {
    const active = item.pagePath === current;
    const source = active ? (item.activeIcon ?? item.icon) : item.icon;
    const made = element("button", "tab", [
      ...(source ? [picture(assetUrl(source))] : []),
      element("span", "", item.name),
      ...(badge === null ? [] : [element("b", badge === "" ? "dot" : "badge", badge)]),
    ]);
    made.type = "button";
    made.style.color = active ? selectedColor : color;
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
    setBadge(index, text) {
      const found = tabs[index];
      if (!found) throw failure(2, `There is no tab ${index}.`);
      found.badge = text !== null && text.length > LONGEST_BADGE ? "..." : text;
      draw();
    },
    insert(index, item) {
      tabs.splice(index, 0, { item, badge: null });
      draw();
    },
    remove(index) {
      tabs.splice(index, 1);
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
