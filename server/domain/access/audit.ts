import { z } from "zod";
import type { AuditItem } from "../../../core/contract/access/audit";
import type { EnterpriseId, UserId } from "../../../core/contract/id";
import { listAuditActions, listAuditEntries } from "../../database/access/audit-entry";
import type { Db } from "../../database/tables";
import { audit, requireAdministrator, type Asker } from "./administration";
import { endOfDayInChina, startOfDayInChina } from "./china-time";
import { csvText } from "./csv";
import type { Session } from "./signed-in";

export interface AuditFilter {
  action?: string | undefined;
  actorId?: UserId | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const EXPORTED = 10_000;
const Detail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).catch({});

const HEADINGS = {
  "zh-CN": ["时间", "操作", "操作人", "账号", "来源", "地址", "对象", "对象标识", "详情"],
  "en-US": ["Time", "Action", "Person", "Login", "Origin", "Address", "Subject", "Subject id", "Detail"],
} as const;

/** Who did what, for administrators. */
export function createAudits({ db, now }: { db: Db; now: () => number }) {
  const read = async (
    enterpriseId: EnterpriseId,
    filter: AuditFilter & { before?: number | undefined },
    limit: number,
  ): Promise<AuditItem[]> => {
    const rows = await listAuditEntries(db, enterpriseId, {
      action: filter.action,
      actorId: filter.actorId,
      from: filter.from === undefined ? undefined : startOfDayInChina(filter.from),
      until: filter.to === undefined ? undefined : endOfDayInChina(filter.to),
      before: filter.before,
      limit,
    });
    return rows.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      action: row.action,
      actor: row.actorId === null ? null : { id: row.actorId, name: row.actorName ?? "", login: row.actorLogin ?? "" },
      origin: row.origin,
      address: row.address,
      subject: row.subject,
      subjectName: row.subjectName,
      detail: Detail.parse(row.detail),
    }));
  };

  return {
    list: async (
      session: Session,
      enterpriseId: EnterpriseId,
      { limit, ...filter }: AuditFilter & { before?: number | undefined; limit: number },
    ) => {
      await requireAdministrator(db, session, enterpriseId);
      const [items, actions] = await Promise.all([
        read(enterpriseId, filter, limit + 1),
        listAuditActions(db, enterpriseId),
      ]);
      return { items: items.slice(0, limit), actions, more: items.length > limit };
    },

    /** The newest 10,000 entries; taking them away is on record too. */
    export: async (
      asker: Asker,
      enterpriseId: EnterpriseId,
      { language, ...filter }: AuditFilter & { language: "zh-CN" | "en-US" },
    ) => {
      await requireAdministrator(db, asker.session, enterpriseId);
      const items = await read(enterpriseId, filter, EXPORTED);
      const entry = { enterpriseId, action: "audit_exported", subject: null } as const;
      await audit(db, asker, { ...entry, detail: { entries: items.length } }, new Date(now()));
      const rows = items.map((item) => [
        item.at,
        item.action,
        item.actor?.name ?? "",
        item.actor?.login ?? "",
        item.origin ?? "",
        item.address ?? "",
        item.subjectName ?? "",
        item.subject ?? "",
        JSON.stringify(item.detail),
      ]);
      return { name: "audit.csv", ...csvText([HEADINGS[language], ...rows]) };
    },
  };
}
