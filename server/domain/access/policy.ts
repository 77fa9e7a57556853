import type { EnterpriseId, UserId } from "../../../core/contract/id";
import type { Asker } from "../../analytics/query/asker";
import { departments } from "../../database/people/department";
import { enterpriseUsers } from "../../database/people/enterprise-user";
import type { Reader } from "../../database/report/reader";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import type { Session } from "./signed-in";

/** A session that acts in an enterprise. */
export type Actor = Session & { enterpriseId: EnterpriseId };

/** Throws `forbidden` for a browser session that has not chosen an enterprise, or has none to choose. */
export function requireActor(session: Session): Actor {
  if (!isActor(session)) throw new AppError("forbidden", "Choose an enterprise first.");
  return session;
}

function isActor(session: Session): session is Actor {
  return session.enterpriseId !== null;
}

/** Administrators see and edit all that their enterprise owns; so does the instance owner, above all enterprises. */
export function administers(actor: Actor): boolean {
  return actor.role === "administrator" || actor.instanceOwner;
}

/** Role decides first who may edit: a viewer does not, whatever the grants say, and everybody only what their enterprise owns. */
export function isEditor(actor: Actor): boolean {
  return administers(actor) || actor.role === "editor";
}

/** Throws `forbidden`, with this message, for anybody who neither edits nor administers in the session's enterprise. */
export function requireEditor(session: Session, message: string): Actor {
  const actor = requireActor(session);
  if (isEditor(actor)) return actor;
  throw new AppError("forbidden", message);
}

/** The actor as the queries for readable reports want it. */
export async function readerOf(db: Db, actor: Actor): Promise<Reader> {
  const userId: UserId = actor.userId;
  const { enterpriseId } = actor;
  const departmentIds = await departments(db, enterpriseId).listIdsAroundUser(userId);
  return { userId, enterpriseId, seesAll: administers(actor), edits: isEditor(actor), departmentIds };
}

/** The actor as the datasets' policies want it. */
export async function askerOf(db: Db, actor: Pick<Actor, "instanceOwner" | "role">, reader: Reader): Promise<Asker> {
  const { userId, enterpriseId, departmentIds } = reader;
  const role = actor.instanceOwner ? "administrator" : actor.role;
  const attributes = await enterpriseUsers(db, enterpriseId).findAttributes(userId);
  return { userId, enterpriseId, role, departmentIds, attributes };
}
