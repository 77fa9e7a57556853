import type { TargetPath } from "../../core/contract/session/hand-off";
import type { Me } from "../../core/contract/session/session";
import type { Caller } from "./transport";

/** Signs a web page inside DingTalk in; the session is a cookie. Fails as the mini program's sign-in does. */
export async function signInInDingTalk(call: Caller, body: { corpId: string; authCode: string }): Promise<Me> {
  return (await call({ method: "POST", path: "/api/session/dingtalk-web", body })) as Me;
}

/** Binds the member of a bind ticket to a local account; the session is a cookie. */
export async function bindInDingTalk(
  call: Caller,
  body: { bindTicket: string; login: string; password: string },
): Promise<Me> {
  return (await call({ method: "POST", path: "/api/session/dingtalk-web/bind", body })) as Me;
}

/** An address with a single-use ticket that takes this session over to the system browser within 60 seconds. */
export async function createHandOff(call: Caller, target: TargetPath): Promise<{ url: string; expiresAt: string }> {
  const reply = await call({ method: "POST", path: "/api/hand-off", body: { target } });
  return reply as { url: string; expiresAt: string };
}

/** Trades a ticket for a session. Fails with `hand_off_other_user` (see `replace`) and `hand_off_spent`. */
export async function redeemHandOff(
  call: Caller,
  body: { ticket: string; replace?: boolean; lastUser?: string },
): Promise<{ target: TargetPath; me: Me }> {
  return (await call({ method: "POST", path: "/api/hand-off/redeem", body })) as { target: TargetPath; me: Me };
}
