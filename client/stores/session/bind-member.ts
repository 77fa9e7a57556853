import { toApiError, type ApiError } from "../../api/error";
import { bindInDingTalk } from "../../api/hand-off";
import type { Caller } from "../../api/transport";
import type { BrowserSessionStore } from "./browser-session";

/** After these the bind ticket is of no more use. */
const TICKET_GONE = ["bind_ticket_spent", "already_bound"];

/** Why a browser's bind form was refused. `gone`: the person must sign in again for a new ticket. */
export interface BindRefusal {
  error: ApiError;
  gone: boolean;
}

/** Binds the member of a ticket to a local account and signs this browser in; null where it worked. */
export async function bindMember(
  { call, session }: { call: Caller; session: BrowserSessionStore },
  bound: { bindTicket: string; login: string; password: string },
): Promise<BindRefusal | null> {
  try {
    session.adopt(await bindInDingTalk(call, { ...bound, login: bound.login.trim() }));
    return null;
  } catch (thrown) {
    const error = toApiError(thrown);
    return { error, gone: TICKET_GONE.includes(error.code) };
  }
}
