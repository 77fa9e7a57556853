import { useEffect, useRef, useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent } from "react";

/** Asks whether the page may be left with what is not saved there. */
type Guard = () => Promise<boolean>;

const watchers = new Set<() => void>();
let guard: Guard | null = null;
let asking = false;
/** The address of what is shown: going back has changed the browser's before anybody can be asked. */
let shown = "";
/** The person has agreed to go back. */
let goingBack = false;

/** True where nothing keeps the page from being left, or the person gives it up. */
export async function mayLeave(): Promise<boolean> {
  if (!guard) return true;
  if (asking) return false;
  asking = true;
  try {
    return await guard();
  } finally {
    asking = false;
  }
}

/** While `on`, whoever follows a link, goes back, signs out or closes the page is asked first. */
export function useLeaveGuard(on: boolean, ask: Guard): void {
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    if (!on) return;
    const mine: Guard = () => latest.current();
    const closing = (event: BeforeUnloadEvent): void => event.preventDefault();
    guard = mine;
    shown = location.href;
    addEventListener("beforeunload", closing);
    return () => {
      if (guard === mine) guard = null;
      removeEventListener("beforeunload", closing);
    };
  }, [on]);
}

/** What every address of this page carries in its query. */
const standing = new Map<string, string>();

/** Has the address, now and wherever the person goes, say this in its query: clients copy it as the page's link. */
export function keepInAddress(name: string, value: string): void {
  standing.set(name, value);
  history.replaceState(history.state, "", withStanding(location.href));
}

function withStanding(to: string): string {
  const url = new URL(to, location.href);
  for (const [name, value] of standing) url.searchParams.set(name, value);
  return url.pathname + url.search + url.hash;
}

interface Going {
  /** In the place of this address. */
  replace?: boolean;
  /** What is not saved here is given up already. */
  unasked?: boolean;
  /** To the top of the page. */
  top?: boolean;
}

/** Goes to an address of this application without loading it anew. */
export function navigate(to: string, options: Going = {}): void {
  if (!guard || options.unasked || isHere(to)) return go(to, options);
  void mayLeave().then((may) => {
    if (may) go(to, options);
  });
}

function go(to: string, { replace, top }: Going): void {
  const address = standing.size > 0 ? withStanding(to) : to;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  moved();
  if (top) scrollTo(0, 0);
}

function moved(): void {
  shown = location.href;
  for (const changed of watchers) changed();
}

/** Whether an address is one of the page that is shown: its query says only which part. */
function isHere(to: string): boolean {
  return new URL(to, location.href).pathname === new URL(shown).pathname;
}

function wentBack(): void {
  const agreed = goingBack;
  goingBack = false;
  if (!guard || agreed || isHere(location.href)) return moved();
  history.pushState(null, "", shown); // the entry before this one is where the person wanted to go, back or forth
  void mayLeave().then((may) => {
    goingBack = may;
    if (may) history.back();
  });
}

function subscribe(changed: () => void): () => void {
  if (watchers.size === 0) addEventListener("popstate", wentBack);
  watchers.add(changed);
  return () => {
    watchers.delete(changed);
    if (watchers.size === 0) removeEventListener("popstate", wentBack);
  };
}

/** The address's path, now and whenever it changes. */
export const usePath = (): string => useSyncExternalStore(subscribe, () => location.pathname);

/** One value of the address's query, now and whenever it changes. */
export const useQuery = (name: string): string | null =>
  useSyncExternalStore(subscribe, () => new URLSearchParams(location.search).get(name));

/** A link inside this application; with a modifier key it opens as any link does. */
export function Link({ href, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const follow = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(href, { top: true });
  };
  return <a href={href} onClick={follow} {...rest} />;
}

/** Changes values of the address's query without a new entry in the history; an empty value is left out. */
export function setQuery(values: Record<string, string>): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const text = query.toString();
  navigate(location.pathname + (text ? `?${text}` : ""), { replace: true });
}
