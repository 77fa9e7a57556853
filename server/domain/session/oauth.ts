import { OAUTH_RETURN_PATH } from "../../../core/contract/session/oauth";
import type { CorpId } from "../../../core/contract/id";
import { findEnterprise, findEnterpriseByCorpId, listActiveEnterprises } from "../../database/enterprise/enterprise";
import { members, type MemberRow } from "../../database/people/member";
import { insertOAuthState, takeOAuthState } from "../../database/session/oauth-state";
import type { AuthorisedApp } from "../../dingtalk/client";
import { oauthPage } from "../../dingtalk/oauth";
import { AppError } from "../../errors";
import type { CookieToken, PresentSession } from "./session";
import { appOf } from "../access/app";
import { knownMember, requireAuthorised, startInDingTalk, vouchFor, type SignInParts } from "./sign-in";
import { hashToken, newToken } from "../access/token";

/** Long enough to find the phone and scan. */
const STATE_MS = 10 * 60_000;

export interface OAuthParts extends SignInParts {
  publicUrl: string;
  /** Of DingTalk's sign-in page. */
  loginUrl: string;
  /** Whether anybody may read which enterprises there are. */
  listsEnterprises: boolean;
}

/** What came back from DingTalk's page, to which browser. */
export interface OAuthReturn {
  state: string;
  code?: string | undefined;
  error?: string | undefined;
  deviceId: string;
  present: PresentSession | null;
  address: string;
  signal: AbortSignal;
}

/** Signing in with DingTalk in a browser that DingTalk knows nothing of. */
export function createOAuthSignIns(parts: OAuthParts) {
  const { db, attempts } = parts;
  return {
    /**
     * Enterprises by name where the operator lists them, or the only one there is: whoever knows the address knows whose it
     * is. Of several, strangers need not know who uses this server.
     */
    list: async (): Promise<{ corpId: CorpId; name: string }[]> => {
      const enterprises = await listActiveEnterprises(db);
      return parts.listsEnterprises || enterprises.length === 1 ? enterprises : [];
    },

    /**
     * Sends a browser to DingTalk's page for one enterprise. Throws `corp_not_authorised`, `authorisation_revoked`,
     * `dingtalk_misconfigured`, `too_many_attempts`.
     */
    begin: async (asked: { corpId: CorpId; deviceId: string; address: string }): Promise<{ url: string }> => {
      await attempts.spend("signInAddress", asked.address);
      const enterprise = requireAuthorised(await findEnterpriseByCorpId(db, asked.corpId));
      const app = await appOf(parts, enterprise);
      const state = newToken();
      await insertOAuthState(db, {
        hash: hashToken(state),
        deviceHash: hashToken(asked.deviceId),
        enterpriseId: enterprise.id,
        expiresAt: new Date(parts.now() + STATE_MS),
      });
      const redirectUri = parts.publicUrl + OAUTH_RETURN_PATH;
      return { url: oauthPage(parts.loginUrl, app, { redirectUri, state }) };
    },

    /**
     * Signs in whom DingTalk's page vouched for. The state is spent whatever comes of it. Throws `sign_in_expired` for
     * a state that is not this browser's, `consent_refused`, `not_a_member`, and what signing in inside DingTalk throws.
     */
    finish: async (back: OAuthReturn): Promise<CookieToken> => {
      await attempts.spend("signInAddress", back.address);
      const hashes = { hash: hashToken(back.state), deviceHash: hashToken(back.deviceId) };
      const begun = await takeOAuthState(db, hashes, new Date(parts.now()));
      if (!begun) throw new AppError("sign_in_expired", "This sign-in is too old or was used. Please start again.");
      if (back.code === undefined) {
        throw new AppError(
          "consent_refused",
          "DingTalk did not sign you in. Please start again and agree on the phone.",
        );
      }
      const enterprise = requireAuthorised(await findEnterprise(db, begun.enterpriseId));
      const app = await appOf(parts, enterprise);
      const member = await memberBehind(parts, app, back.code, back.signal);
      const person = await vouchFor(parts, enterprise, member);
      return startInDingTalk(parts.sessions, person, back);
    },
  };
}

async function memberBehind(
  parts: OAuthParts,
  app: AuthorisedApp,
  code: string,
  signal: AbortSignal,
): Promise<MemberRow> {
  const { unionId, corpId } = await parts.dingtalk.identifyByOAuth(app, code, signal);
  // An internal app lets in nobody else; this holds should DingTalk, or another kind of app, be more generous.
  if (corpId !== app.corpId) throw new AppError("not_a_member", "You signed in to another organisation of DingTalk.");
  const known = await members(parts.db, app.enterpriseId).findByUnionId(unionId);
  if (known) return known;
  return knownMember(parts, app, await parts.dingtalk.getUserid(app, unionId, signal), signal);
}
