import { useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import type { Person } from "../../open-platform/control/contract";
import type { Language } from "../words";
import { type Frames, listenToFrames } from "./frames";
import type { WindowActs } from "./jsapi";
import { EMPTY, type Opened, pcAfter, type PcState } from "./state";
import { surfaceAddress, wayOf } from "./way";

/** What the windows show and do. */
export interface PcParts {
  state: PcState;
  /** The client's own setting: all pages of Workbench apps open inside. */
  keptInside: boolean;
  setKeptInside(keptInside: boolean): void;
  openMiniProgram(): void;
  openWebApp(): void;
  /** Opens a link that somebody sent; a path is the product's. */
  openLink(link: string): void;
  /** Types an address into the browser. */
  browse(address: string): void;
  show(id: string | null): void;
  close(id: string): void;
  raise(window: PcState["front"]): void;
  openBrowser(): void;
  closeBrowser(): void;
  frame(id: string): (frame: HTMLIFrameElement | null) => void;
  step: Frames["step"];
}

const KEPT_INSIDE = "desk-kept-inside";

/** One person's PC: what is open, and what the pages in it ask for. */
export function usePc(person: Person, product: string, language: Language): PcParts {
  const [state, dispatch] = useReducer(pcAfter, EMPTY);
  const [keptInside, setKept] = useState(() => localStorage.getItem(KEPT_INSIDE) === "true");
  // What a page asks is answered as the client is set then, not as it was when it began to listen.
  const setting = useRef(keptInside);
  setting.current = keptInside;

  const acts = useMemo(() => {
    let count = 0;
    const visitor = { who: person.who, language, product };
    const opened = (kind: string, url: string, title = ""): Opened => ({
      id: `${kind}-${++count}`,
      kind: "page",
      src: surfaceAddress(kind === "browser" ? "browser" : "workbench", url, visitor),
      title,
      url,
      canGoBack: false,
      canGoForward: false,
    });
    const openTab = (url: string): void => dispatch({ do: "openTab", opened: opened("tab", url) });
    const openPanel = (url: string, title: string): void =>
      dispatch({ do: "openPanel", opened: opened("panel", url, title) });
    const browse = (url: string): void => dispatch({ do: "openBrowser", opened: opened("browser", url) });
    const openLink = (link: string): boolean => {
      const way = wayOf(link, setting.current);
      if (way?.to === "tab") openTab(way.url);
      if (way?.to === "panel") openPanel(way.url, "");
      if (way?.to === "browser") browse(way.url);
      return way !== null;
    };
    const windowOf = (id: string): WindowActs => ({
      openLink,
      openPanel,
      openTab,
      setTitle: (title) => dispatch({ do: "change", id, change: { title } }),
      close: () => dispatch({ do: "close", id }),
      isTab: id.startsWith("tab"),
    });
    const openMiniProgram = (): void => {
      const given = new URLSearchParams({ who: person.who, lang: language, platform: "pc" });
      const src = `/phone/?${given.toString()}`;
      dispatch({
        do: "openTab",
        opened: { ...opened("tab", "/"), kind: "mini-program", src, title: "Dingboard", url: "" },
      });
    };
    const openWebApp = (): void => openTab(`${product}/pc?corpId=${encodeURIComponent(person.corpId)}`);
    return { openTab, openLink, openMiniProgram, openWebApp, windowOf, browse };
  }, [person.who, person.corpId, product, language]);

  const frames = useMemo(
    () =>
      listenToFrames({
        who: person.who,
        windowOf: acts.windowOf,
        moved: (id, place) => dispatch({ do: "change", id, change: place }),
        miniProgramOpensLink: acts.openLink,
        miniProgramClosed: (id) => dispatch({ do: "close", id }),
      }),
    [acts, person.who],
  );
  useEffect(() => () => frames.stop(), [frames]);

  return {
    state,
    keptInside,
    setKeptInside(next) {
      localStorage.setItem(KEPT_INSIDE, String(next));
      setKept(next);
    },
    openMiniProgram: acts.openMiniProgram,
    openWebApp: acts.openWebApp,
    openLink: (link) => void acts.openLink(link.startsWith("/") ? product + link : link),
    browse: (address) => acts.browse(typedAddress(address, product)),
    show: (id) => dispatch({ do: "show", id }),
    close: (id) => dispatch({ do: "close", id }),
    raise: (window) => dispatch({ do: "raise", window }),
    openBrowser: () => dispatch({ do: "openBrowser", opened: null }),
    closeBrowser: () => dispatch({ do: "closeBrowser" }),
    frame: (id) => (frame) => frames.put(id, frame),
    step: frames.step,
  };
}

/** What a person typed, as a browser reads it: a path is the product's, a host needs no scheme. */
function typedAddress(text: string, product: string): string {
  const typed = text.trim();
  if (typed.startsWith("/")) return product + typed;
  return /^[a-z]+:\/\//i.test(typed) ? typed : `http://${typed}`;
}
