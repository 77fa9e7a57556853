import type { BrowserSessionState } from "../client/stores/session/browser-session";

/** Under this name an address says of which enterprise it is: whoever opens it inside DingTalk is signed in there. */
export const CORP_ID = "corpId";

/** The CorpId of the enterprise that the person acts in; null where there is none. */
export function actingCorpId({ state }: { state: BrowserSessionState }): string | null {
  return state.kind === "ready" ? (state.me.enterprise?.corpId ?? null) : null;
}

/** A link to a report for everybody of the person's enterprise, wherever they open it. */
export function reportLink(reportId: string, session: { state: BrowserSessionState }): URL {
  const link = new URL(`/r/${encodeURIComponent(reportId)}`, location.origin);
  const corpId = actingCorpId(session);
  if (corpId !== null) link.searchParams.set(CORP_ID, corpId);
  return link;
}
