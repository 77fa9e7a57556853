import type { PageWindow } from "../../compiled";
import { isDark } from "./color";
import { button, element, icon } from "../element";
import type { Words } from "../words";

/** What the bar shows for one page. */
export interface NavigationState {
  title: string;
  background: string;
  dark: boolean;
  image: string | null;
  loading: boolean;
}

/** What a person can do with the bar. */
export interface NavigationActions {
  back(): void;
  titleTap(): void;
  more(): void;
  close(): void;
}

export interface NavigationBar {
  /** The bar and the status bar above it, which share a colour. */
  root: HTMLElement;
  show(state: NavigationState, canGoBack: boolean): void;
}

/** How a page's bar starts: its own window settings over the app's. */
export function navigationState(app: PageWindow, page: PageWindow): NavigationState {
  const merged = { ...app, ...page };
  const background = merged.titleBarColor ?? "#ffffff";
  const dark = merged.navigationBarTextStyle ? merged.navigationBarTextStyle === "white" : isDark(background);
  return { title: merged.defaultTitle ?? "", background, dark, image: null, loading: false };
}

/** DingTalk's title bar: back, title, and the capsule. */
export function createNavigationBar(words: Words, actions: NavigationActions): NavigationBar {
  const back = button("back", [icon("", "M15 4.5 7.5 12l7.5 7.5")], actions.back);
  back.setAttribute("aria-label", words.back);
  const title = element("div", "title");
  title.addEventListener("click", actions.titleTap);
  const more = button("capsule-more", [icon("dots", "M6 12h.01", "M12 12h.01", "M18 12h.01")], actions.more);
  more.setAttribute("aria-label", words.more);
  const close = button("capsule-close", [icon("", "M6.5 6.5l11 11", "M17.5 6.5l-11 11")], actions.close);
  close.setAttribute("aria-label", words.close);
  const capsule = element("div", "capsule", [more, element("i", ""), close]);
  const bar = element("div", "title-bar", [back, title, capsule]);
  const root = element("header", "bars", [statusBar(), bar]);

  return {
    root,
    show(state, canGoBack) {
      root.style.setProperty("--bar", state.background);
      root.classList.toggle("dark", state.dark);
      back.hidden = !canGoBack;
      title.replaceChildren(...titleContent(state));
      title.title = state.title;
    },
  };
}

function titleContent(state: NavigationState): (Node | string)[] {
  const text = state.image ? picture(state.image, state.title) : element("span", "", state.title);
  return state.loading ? [element("i", "spinner"), text] : [text];
}

function picture(source: string, title: string): HTMLElement {
  const image = element("img", "");
  image.src = source;
  image.alt = title;
  return image;
}

/** Time, signal, battery. PC has none (hidden by style). */
function statusBar(): HTMLElement {
  const time = element("span", "time");
  const tell = (): void => {
    const now = new Date();
    time.textContent = `${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`;
  };
  tell();
  setInterval(tell, 10_000);
  const signal = icon("solid", "M2 17h3v3H2z M7 14h3v6H7z M12 10h3v10h-3z M17 5h3v15h-3z");
  const wifi = icon("", "M3 10a13 13 0 0 1 18 0", "M6.5 13.5a8 8 0 0 1 11 0", "M10 17a3 3 0 0 1 4 0");
  const battery = element("span", "battery");
  return element("div", "status-bar", [time, element("span", "status-icons", [signal, wifi, battery])]);
}
