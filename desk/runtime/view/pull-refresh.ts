import type { PageContext } from "./node";
import { infoOf, isOn } from "./node";

/** Pulled this far (CSS pixels of the indicator), the page refreshes; the indicator stands this high meanwhile. */
const TRIGGER = 50;
const HEIGHT = 56;
/** The indicator moves slower than the finger. */
const RESISTANCE = 0.45;

/** The pull-down refresh of a page. https://open.dingtalk.com/document/development/onpulldownrefresh */
export interface PullRefresh {
  start(y: number, path: Element[]): void;
  /** Returns whether the finger pulls the indicator (and must not scroll the page). */
  move(y: number): boolean;
  end(): void;
  refresh(): void;
  stop(): void;
}

/** A page without `pullRefresh` cannot be pulled, but its logic may start and stop a refresh. */
export function createPullRefresh(page: PageContext, indicator: HTMLElement, enabled: boolean): PullRefresh {
  let from: number | null = null;
  let height = 0;
  let busy = false;

  function stand(next: number, settle: boolean): void {
    height = next;
    indicator.toggleAttribute("data-settle", settle);
    indicator.style.height = `${next}px`;
    indicator.setAttribute("aria-hidden", String(next === 0));
  }

  function refresh(): void {
    busy = true;
    stand(HEIGHT, true);
    page.send({ type: "pageEvent", pageId: page.pageId, name: "onPullDownRefresh", argument: null });
  }

  function mayPull(path: Element[]): boolean {
    // Documented: inside a scroll-view there is no pull-down refresh; a canvas may forbid it.
    const held = path.some((element) => {
      const info = infoOf(element);
      return (
        (info?.tag === "scroll-view" && isOn(info.attributes["scroll-y"])) || isOn(info?.attributes["disable-scroll"])
      );
    });
    return enabled && !busy && !held && page.scroller.scrollTop <= 0;
  }

  return {
    start(y, path) {
      from = mayPull(path) ? y : null;
    },
    move(y) {
      if (from === null) return false;
      const pulled = Math.max(0, y - from) * RESISTANCE;
      if (pulled === 0 && height === 0) return false;
      stand(Math.min(pulled, HEIGHT * 1.6), false);
      return true;
    },
    end() {
      if (from === null) return;
      from = null;
      if (height >= TRIGGER) refresh();
      else if (height > 0) stand(0, true);
    },
    refresh: () => {
      if (!busy) refresh();
    },
    stop() {
      busy = false;
      stand(0, true);
    },
  };
}
