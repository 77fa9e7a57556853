import type { FromPage, PageSettings, ToPage } from "./settings";
import { LOGIN_PREFIX } from "../surface";
import { navigation } from "./navigation";

const STEPS = {
  back: () => navigation?.back(),
  forward: () => navigation?.forward(),
  reload: () => location.reload(),
};

/** Tells the window around the page where it is, and goes where the window's buttons say. */
export function tellPlace({ product, login }: PageSettings): void {
  if (window.parent === window) return;
  const begun: FromPage = { type: "desk-document" };
  window.parent.postMessage(begun, "*");
  let told = "";
  const tell = (): void => {
    const place: FromPage = {
      type: "desk-place",
      url: location.pathname.startsWith(`${LOGIN_PREFIX}/`)
        ? location.href.replace(location.origin + LOGIN_PREFIX, login)
        : location.href.replace(location.origin, product),
      title: document.title,
      canGoBack: navigation?.canGoBack ?? false,
      canGoForward: navigation?.canGoForward ?? false,
    };
    if (told === JSON.stringify(place)) return;
    told = JSON.stringify(place);
    window.parent.postMessage(place, "*");
  };
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name].bind(history);
    history[name] = (...given) => {
      original(...given);
      tell();
    };
  }
  for (const event of ["popstate", "hashchange", "load"]) window.addEventListener(event, tell);
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(tell).observe(document.head, { subtree: true, childList: true, characterData: true });
    tell();
  });
  window.addEventListener("message", ({ source, data }: MessageEvent<ToPage | null>) => {
    if (source === window.parent && data?.type === "desk-step") STEPS[data.step]();
  });
  tell();
}
