import type { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { DatasetDocument } from "../../../core/contract/dataset/edit";
import type { EnterpriseId } from "../../../core/contract/id";
import { departments } from "../../database/people/department";
import { enterpriseUsers } from "../../database/people/enterprise-user";
import { reportGrants } from "../../database/report/grant";
import type { Db } from "../../database/tables";

/** Whom a model's policies name by an id. Only names that the enterprise has at hand anyway: an id tells nothing of others. */
export async function policyNames(
  db: Db,
  enterpriseId: EnterpriseId,
  { dingboard }: DatasetModel,
): Promise<DatasetDocument["groups"]> {
  const groups = (dingboard.access_policy ?? []).flatMap(({ group, groups = [] }) => [...groups, group ?? ""]);
  const idsOf = (kind: string): string[] =>
    [...new Set(groups)].filter((group) => group.startsWith(`${kind}:`)).map((group) => group.slice(kind.length + 1));
  const [users, departmentsNamed, enterprises] = await Promise.all([
    enterpriseUsers(db, enterpriseId).listNames(idsOf("user").filter(isUuid)),
    departments(db, enterpriseId).listNames(idsOf("department").map(Number)),
    reportGrants(db, enterpriseId).listGranteeNames(idsOf("enterprise").filter(isUuid)),
  ]);
  return [
    ...users.map(({ id, name }) => ({ group: `user:${id}`, name })),
    ...departmentsNamed.map(({ id, name }) => ({ group: `department:${id}`, name })),
    ...enterprises.map(({ id, name }) => ({ group: `enterprise:${id}`, name })),
  ];
}

/** A group is 36 letters of an id; not all of those are one. */
function isUuid(id: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
}
