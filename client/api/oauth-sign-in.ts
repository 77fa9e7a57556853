import type { Me } from "../../core/contract/session/session";
import type { Caller } from "./transport";

/** An enterprise to sign in to. */
export interface EnterpriseChoice {
  corpId: string;
  name: string;
}

/** Enterprises to choose from; none unless the operator lists them. */
export async function listSignInEnterprises(call: Caller): Promise<EnterpriseChoice[]> {
  const reply = await call({ method: "GET", path: "/api/session/oauth/enterprises" });
  return (reply as { enterprises: EnterpriseChoice[] }).enterprises;
}

/** The address of DingTalk's sign-in page. Fails with `corp_not_authorised`, `authorisation_revoked`. */
export async function beginOAuth(call: Caller, corpId: string): Promise<string> {
  const reply = await call({ method: "POST", path: "/api/session/oauth/begin", body: { corpId } });
  return (reply as { url: string }).url;
}

/** What DingTalk's sign-in page sent back: a code, or an error. */
export interface OAuthBack {
  state: string;
  code?: string;
  error?: string;
}

/** Trades it for a session. Fails with `sign_in_expired`, `consent_refused`, `not_a_member`, `not_bound` and others. */
export async function finishOAuth(call: Caller, back: OAuthBack): Promise<Me> {
  return (await call({ method: "POST", path: "/api/session/oauth/finish", body: back })) as Me;
}
