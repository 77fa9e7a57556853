import type { OAuthBack } from "../client/api/oauth-sign-in";
import { wantedPage } from "../client/stores/session/wanted-page";

/** What the address said as the application was opened. */
export interface Entry {
  path: string;
  corpId: string | null;
  /** The page of ours that is wanted in the end. */
  target: string;
  /** Of the fragment; it never stays in the address bar or the history. */
  code: string | null;
  ticket: string | null;
  /** What DingTalk's sign-in page sent back in the query; it does not stay either. */
  oauth: OAuthBack | null;
}

/** Paths that sign in on their own terms, before the session is asked for. */
export const PC_PATH = "/pc";
export const HAND_OFF_PATH = "/hand-off";
/** As the contract has it, without the library that checks contracts. */
export const OAUTH_RETURN_PATH = "/sign-in/dingtalk";

export function isEntryPath(path: string): boolean {
  return path === PC_PATH || path === HAND_OFF_PATH || path === OAUTH_RETURN_PATH;
}

/** Reads an address. A code is believed inside DingTalk only: elsewhere it could sign a stranger's account in. */
export function entryOf(url: URL, insideDingTalk: boolean): Entry {
  const { pathname: path, searchParams: query, hash } = url;
  const fragment = hash.slice(1);
  return {
    path,
    corpId: query.get("corpId") || query.get("corpid") || null,
    target: wantedPage(query.get("target")),
    code: path === PC_PATH && insideDingTalk ? new URLSearchParams(fragment).get("code") || null : null,
    ticket: path === HAND_OFF_PATH ? fragment || null : null,
    oauth: path === OAUTH_RETURN_PATH ? oauthBack(query) : null,
  };
}

/** DingTalk sends the code under two names. https://open.dingtalk.com/document/development/obtain-identity-credentials */
function oauthBack(query: URLSearchParams): OAuthBack | null {
  const state = query.get("state");
  if (!state) return null;
  const [code, error] = [query.get("code") ?? query.get("authCode"), query.get("error")];
  return { state, ...(code ? { code } : {}), ...(error ? { error } : {}) };
}

/** Reads this page's address and takes its secret out of the address bar and the history. */
export function takeEntry(insideDingTalk: boolean): Entry {
  const entry = entryOf(new URL(location.href), insideDingTalk);
  if (entry.oauth) history.replaceState(history.state, "", location.pathname);
  else if (isEntryPath(entry.path) && location.hash) {
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  return entry;
}

interface Mark {
  handedOver?: boolean;
}

/** Whether this launch opened the browser already: kept with the history's entry, so that reloading does not open it again. */
export const attempt = {
  made: (): boolean => (history.state as Mark | null)?.handedOver === true,
  note: (): void => history.replaceState({ handedOver: true } satisfies Mark, ""),
};
