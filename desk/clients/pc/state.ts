/** A page or mini program that is open in the client. */
export interface Opened {
  id: string;
  kind: "page" | "mini-program";
  /** Where its frame begins; null for a page of others. */
  src: string | null;
  title: string;
  /** Its address as the product has it. */
  url: string;
  canGoBack: boolean;
  canGoForward: boolean;
}

/** Stands for the chat where a tab's id could be. */
export const CHAT = "chat";

/** The PC as it stands. */
export interface PcState {
  tabs: Opened[];
  /** The tab in front; null is the Workbench itself, CHAT the chat. */
  active: string | null;
  panel: Opened | null;
  browser: Opened | null;
  /** The browser's window is on the screen, with or without a page. */
  hasBrowser: boolean;
  front: "dingtalk" | "browser";
}

export const EMPTY: PcState = {
  tabs: [],
  active: null,
  panel: null,
  browser: null,
  hasBrowser: false,
  front: "dingtalk",
};

export type PcAction =
  | { do: "openTab"; opened: Opened }
  | { do: "openPanel"; opened: Opened }
  | { do: "openBrowser"; opened: Opened | null }
  | { do: "show"; id: string | null }
  | { do: "close"; id: string }
  | { do: "closeBrowser" }
  | { do: "raise"; window: PcState["front"] }
  | { do: "change"; id: string; change: Partial<Opened> };

/** The PC after a person or an app did something. */
export function pcAfter(state: PcState, action: PcAction): PcState {
  switch (action.do) {
    case "openTab":
      return { ...state, tabs: [...state.tabs, action.opened], active: action.opened.id, front: "dingtalk" };
    case "openPanel":
      return { ...state, panel: action.opened, front: "dingtalk" };
    case "openBrowser":
      return { ...state, browser: action.opened ?? state.browser, hasBrowser: true, front: "browser" };
    case "show":
      return { ...state, active: action.id, front: "dingtalk" };
    case "close":
      return close(state, action.id);
    case "closeBrowser":
      return { ...state, browser: null, hasBrowser: false, front: "dingtalk" };
    case "raise":
      return { ...state, front: action.window };
    case "change":
      return change(state, action.id, action.change);
  }
}

function close(state: PcState, id: string): PcState {
  if (state.panel?.id === id) return { ...state, panel: null };
  const at = state.tabs.findIndex((tab) => tab.id === id);
  if (at < 0) return state;
  const tabs = state.tabs.filter((tab) => tab.id !== id);
  const next = (tabs[at] ?? tabs[at - 1])?.id ?? null;
  return { ...state, tabs, active: state.active === id ? next : state.active };
}

function change(state: PcState, id: string, given: Partial<Opened>): PcState {
  const changed = <One extends Opened | null>(one: One): One => (one?.id === id ? { ...one, ...given } : one);
  return {
    ...state,
    tabs: state.tabs.map(changed),
    panel: changed(state.panel),
    browser: changed(state.browser),
  };
}
