import type { Me } from "../../../core/contract/session/session";
import { getUser } from "../../database/people/app-user";
import { departments } from "../../database/people/department";
import { findEnterprise, type EnterpriseRow } from "../../database/enterprise/enterprise";
import type { Db } from "../../database/tables";
import { listChoices } from "./account";
import type { Session } from "../access/signed-in";

/** Who is signed in, for that person's own eyes. */
export async function describeMe(db: Db, session: Session): Promise<Me> {
  const { enterpriseId } = session;
  const [user, own, enterprise, names] = await Promise.all([
    getUser(db, session.userId),
    listChoices(db, { id: session.userId, instanceOwner: session.instanceOwner }),
    enterpriseId ? findEnterprise(db, enterpriseId) : undefined,
    enterpriseId ? departments(db, enterpriseId).listNamesOfUser(session.userId) : [],
  ]);
  return {
    user: { id: user.id, name: user.name, login: user.login, avatar: user.avatar },
    instanceOwner: user.instanceOwner,
    enterprise: enterprise ? shown(enterprise) : null,
    role: session.role,
    departments: names,
    enterprises: own.map(shown),
  };
}

function shown(enterprise: EnterpriseRow): NonNullable<Me["enterprise"]> {
  return { id: enterprise.id, corpId: enterprise.corpId, name: enterprise.name };
}
