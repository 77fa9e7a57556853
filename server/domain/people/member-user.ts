import type { EnterpriseId } from "../../../core/contract/id";
import type { AddUsers } from "../../../core/contract/people/member";
import { insertUsers, updateUser } from "../../database/people/app-user";
import { bindings } from "../../database/people/binding";
import { departments } from "../../database/people/department";
import type { EnterpriseRow } from "../../database/enterprise/enterprise";
import { enterpriseUsers } from "../../database/people/enterprise-user";
import { listForPlan, listOrphans, listSyncedAccounts } from "../../database/people/member-list";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import { audit, requireActiveAdministrator, type Asker } from "../access/administration";
import { disableOrEnable } from "./enterprise-user";
import { readRules } from "./member-list";
import { digestOf } from "./match";
import type { Session } from "../access/signed-in";
import { planUsers, type UserPlan } from "./user-plan";

const SHOWN = 500;

/** Members become users: shown before it is done. */
export function createMemberUsers({ db, now }: { db: Db; now: () => number }) {
  return {
    preview: async (session: Session, enterpriseId: EnterpriseId, wishes: AddUsers) => {
      const enterprise = await requireActiveAdministrator(db, session, enterpriseId);
      const plan = await makePlan(db, enterprise, wishes);
      return {
        add: plan.add.slice(0, SHOWN),
        rename: plan.rename.slice(0, SHOWN),
        disable: plan.disable.slice(0, SHOWN),
        clashes: plan.clashes.slice(0, SHOWN),
        totals: {
          add: plan.add.length,
          rename: plan.rename.length,
          disable: plan.disable.length,
          clashes: plan.clashes.length,
          unchanged: plan.unchanged,
        },
        digest: digestOf([plan.add, plan.rename, plan.disable]),
      };
    },

    /** Users and bindings together, all or none. Throws `preview_outdated`. */
    apply: async (asker: Asker, enterpriseId: EnterpriseId, { digest, ...wishes }: AddUsers & { digest: string }) => {
      const enterprise = await requireActiveAdministrator(db, asker.session, enterpriseId);
      return db.transaction().execute(async (trx) => {
        const plan = await makePlan(trx, enterprise, wishes);
        if (digestOf([plan.add, plan.rename, plan.disable]) !== digest) {
          throw new AppError("preview_outdated", "Members or users have changed meanwhile. Look at the preview again.");
        }
        await addUsers(trx, enterpriseId, plan.add);
        for (const { userId, to } of plan.rename) await updateUser(trx, userId, { name: to });
        for (const { userId } of plan.disable) await disableOrEnable(trx, enterpriseId, userId, "disabled");
        const counts = { added: plan.add.length, renamed: plan.rename.length, disabled: plan.disable.length };
        const entry = { enterpriseId, action: "users_synced", subject: enterpriseId, detail: counts } as const;
        await audit(trx, asker, entry, new Date(now()));
        return counts;
      });
    },
  };
}

async function makePlan(db: Db, enterprise: EnterpriseRow, wishes: AddUsers): Promise<UserPlan> {
  const { id, corpId } = enterprise;
  const [members, accounts, orphans, tree, rules] = await Promise.all([
    listForPlan(db, id),
    listSyncedAccounts(db, id, corpId),
    listOrphans(db, id),
    departments(db, id).list(),
    readRules(db, id),
  ]);
  return planUsers({ corpId, members, accounts, orphans, departments: tree, rules, wishes });
}

const AT_ONCE = 500;

/** Whoever left and came back gets the same account again: its unionid says whose it is. */
async function addUsers(trx: Db, enterpriseId: EnterpriseId, people: UserPlan["add"]): Promise<void> {
  const users = enterpriseUsers(trx, enterpriseId);
  for (let start = 0; start < people.length; start += AT_ONCE) {
    const some = people.slice(start, start + AT_ONCE);
    const made = await insertUsers(
      trx,
      some.flatMap(({ userId, login, name, avatar }) => (userId === null ? [{ login, name, avatar }] : [])),
    );
    const idOf = new Map(made.map(({ id, login }) => [login, id]));
    const pairs = [];
    for (const { userId: own, login, memberId, role } of some) {
      const userId = own ?? idOf.get(login);
      if (!userId) throw new AppError("preview_outdated", `The login ${login} was taken. Look at the preview again.`);
      pairs.push({ memberId, userId, role });
    }
    await users.saveSynced(pairs);
    if ((await bindings(trx, enterpriseId).insertAll(pairs)) < pairs.length) {
      throw new AppError("preview_outdated", "Somebody was bound meanwhile. Look at the preview again.");
    }
  }
}
