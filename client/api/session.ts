import type { z } from "zod";
import type { Me, SessionReply, sessionRoutes } from "../../core/contract/session/session";
import type { Caller } from "./transport";

type Body<Name extends "signInWithDingTalk" | "bind" | "refresh" | "chooseEnterprise" | "signInWithPassword"> = z.input<
  NonNullable<(typeof sessionRoutes)[Name]["body"]>
>;

/** Ids are checked by the server; to a client they are the strings it was given. */
type Plain<T> = { [Key in keyof T]: T[Key] extends string ? string : T[Key] };

/** Trades a DingTalk auth code for a session. Fails with `not_bound`, `auth_code_spent`, `corp_not_authorised` and others. */
export async function signInWithDingTalk(call: Caller, body: Plain<Body<"signInWithDingTalk">>): Promise<SessionReply> {
  return (await call({ method: "POST", path: "/api/session/dingtalk", body })) as SessionReply;
}

/** Binds the member of a bind ticket to a local account, and signs in. */
export async function bind(call: Caller, body: Body<"bind">): Promise<SessionReply> {
  return (await call({ method: "POST", path: "/api/session/bind", body })) as SessionReply;
}

/** The next pair of tokens. Fails with `session_ended` when there is nothing to continue. */
export async function refresh(call: Caller, body: Body<"refresh">): Promise<SessionReply> {
  return (await call({ method: "POST", path: "/api/session/refresh", body })) as SessionReply;
}

/** Ends the session on the server. */
export async function signOut(call: Caller): Promise<void> {
  await call({ method: "POST", path: "/api/session/sign-out", body: {} });
}

/** Signs a browser in; the session is a cookie. */
export async function signInWithPassword(call: Caller, body: Body<"signInWithPassword">): Promise<Me> {
  return (await call({ method: "POST", path: "/api/session/password", body })) as Me;
}

/** Acts in another of the person's enterprises from now on. */
export async function chooseEnterprise(call: Caller, body: Plain<Body<"chooseEnterprise">>): Promise<Me> {
  return (await call({ method: "POST", path: "/api/session/enterprise", body })) as Me;
}

/** Who is signed in. */
export async function me(call: Caller): Promise<Me> {
  return (await call({ method: "GET", path: "/api/me" })) as Me;
}
