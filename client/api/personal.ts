import type { personalRoutes } from "../../core/contract/people/personal";
import type { Body, Reply } from "./reply";
import type { Caller } from "./transport";

type Routes = typeof personalRoutes;

export type Devices = Reply<Routes["devices"]>["devices"];
export type PersonalBindings = Reply<Routes["bindings"]>["bindings"];
export type BindLink = Reply<Routes["createBindLink"]>;
export type OpenedBindLink = Reply<Routes["openBindLink"]>;
export type BindLinkState = Reply<Routes["bindLink"]>;

/** Where the person is signed in. */
export async function listDevices(call: Caller): Promise<Devices> {
  return ((await call({ method: "GET", path: "/api/me/devices" })) as Reply<Routes["devices"]>).devices;
}

/** Ends one of the person's own sessions. */
export async function signOutDevice(call: Caller, sessionId: string): Promise<void> {
  await call({ method: "POST", path: `/api/me/devices/${encodeURIComponent(sessionId)}/sign-out`, body: {} });
}

/** Changes the password; the person's other sessions end. Fails with `wrong_credentials`. */
export async function changePassword(call: Caller, body: Body<Routes["changePassword"]>): Promise<void> {
  await call({ method: "POST", path: "/api/me/password", body });
}

/** The person's DingTalk account in each of their enterprises. */
export async function listBindings(call: Caller): Promise<PersonalBindings> {
  return ((await call({ method: "GET", path: "/api/me/bindings" })) as Reply<Routes["bindings"]>).bindings;
}

/** Unbinds the person's own DingTalk account. */
export async function unbindOwn(call: Caller, enterpriseId: string): Promise<void> {
  await call({ method: "POST", path: "/api/me/bindings/unbind", body: { enterpriseId } });
}

/** A one-time link, to be drawn as a QR code. */
export async function createBindLink(call: Caller, enterpriseId: string): Promise<BindLink> {
  return (await call({ method: "POST", path: "/api/me/bind-link", body: { enterpriseId } })) as BindLink;
}

/** What became of a bind link. */
export async function bindLinkState(call: Caller, linkId: string): Promise<BindLinkState> {
  return (await call({ method: "GET", path: `/api/me/bind-link/${encodeURIComponent(linkId)}` })) as BindLinkState;
}

/** The phone opened a bind link: whose accounts would be bound. Fails with `bind_link_spent`, `auth_code_spent` and others. */
export async function openBindLink(
  call: Caller,
  body: { token: string; corpId: string; authCode: string },
): Promise<OpenedBindLink> {
  return (await call({ method: "POST", path: "/api/bind-link/open", body })) as OpenedBindLink;
}

/** Binds and signs in, or refuses: then there is no session. Fails with `bind_link_spent`, `bound_elsewhere`, `already_bound`. */
export async function confirmBindLink(
  call: Caller,
  body: Body<Routes["confirmBindLink"]>,
): Promise<Reply<Routes["confirmBindLink"]>["session"]> {
  const reply = (await call({ method: "POST", path: "/api/bind-link/confirm", body })) as Reply<
    Routes["confirmBindLink"]
  >;
  return reply.session;
}
