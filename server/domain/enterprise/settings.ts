import type { Edition, EnterpriseSettings, EventMode } from "../../../core/contract/enterprise/enterprise";
import type { EnterpriseId, ReportId } from "../../../core/contract/id";
import type { PcOpening } from "../../../core/contract/session/launch";
import { describeCredentials, saveCredential, saveEventKeys } from "../../database/enterprise/credential";
import { getEnterpriseDetail, updateEnterprise, type EnterprisePatch } from "../../database/enterprise/detail";
import { reports } from "../../database/report/report";
import type { DingTalk } from "../../dingtalk/client";
import type { EventKeys } from "../../dingtalk/event-crypto";
import { AppError } from "../../errors";
import { Secret } from "../../secret";
import { audit, requireActiveAdministrator, requireAdministrator, type Asker } from "../access/administration";
import type { AppParts } from "../access/app";
import type { Session } from "../access/signed-in";

export interface SettingsParts extends AppParts {
  dingtalk: DingTalk;
  now: () => number;
  publicUrl: string;
}

export interface SettingsInput {
  pcOpening?: PcOpening | undefined;
  homeReportId?: ReportId | null | undefined;
  edition?: Edition | undefined;
  quotaLimit?: number | null | undefined;
}

/** What an administrator may set for an enterprise. Secrets go in and never come out. */
export function createEnterpriseSettings(parts: SettingsParts) {
  const { db, now } = parts;

  const read = async (id: EnterpriseId): Promise<EnterpriseSettings> => {
    const [row, { clientId, eventKeys }] = await Promise.all([
      getEnterpriseDetail(db, id),
      describeCredentials(db, id),
    ]);
    const suite = row.appKind === "suite";
    return {
      pcOpening: row.pcOpening,
      homeReportId: row.homeReportId,
      edition: row.edition,
      quotaLimit: row.quotaLimit,
      clientId,
      agentId: row.agentId,
      miniAppId: row.miniAppId,
      eventMode: row.eventMode,
      eventUrl: `${parts.publicUrl}/dingtalk/${suite ? "suite/events" : `events/${id}`}`,
      eventKeys: suite || eventKeys,
      lastEventAt: row.lastEventAt?.toISOString() ?? null,
    };
  };

  return {
    get: async (session: Session, id: EnterpriseId): Promise<EnterpriseSettings> => {
      await requireAdministrator(db, session, id);
      return read(id);
    },

    /** Throws `report_not_found` for a home page that is not the enterprise's own. */
    save: async (asker: Asker, id: EnterpriseId, input: SettingsInput): Promise<EnterpriseSettings> => {
      await requireActiveAdministrator(db, asker.session, id);
      const { homeReportId } = input;
      if (homeReportId && !(await reports(db, id).findSpec(homeReportId))) {
        throw new AppError("report_not_found", "The enterprise has no such report.");
      }
      await db.transaction().execute(async (trx) => {
        await updateEnterprise(trx, id, input);
        const entry = { enterpriseId: id, action: "enterprise_settings_changed", subject: id } as const;
        await audit(trx, asker, { ...entry, detail: changed(input) }, new Date(now()));
      });
      return read(id);
    },

    /** Replaces the internal app's key once DingTalk has confirmed it; the old one works until then. */
    saveApp: async (
      asker: Asker,
      id: EnterpriseId,
      input: { clientId: string; clientSecret: string; agentId?: string | undefined; miniAppId?: string | undefined },
    ): Promise<EnterpriseSettings> => {
      const enterprise = await requireActiveAdministrator(db, asker.session, id);
      if (enterprise.appKind === "suite") throw new AppError("input_invalid", "A suite has no key of its own here.");
      const { clientId, agentId, miniAppId } = input;
      const key = { clientId, clientSecret: new Secret(input.clientSecret) };
      await parts.dingtalk.prove({ enterpriseId: id, corpId: enterprise.corpId, ...key });
      await db.transaction().execute(async (trx) => {
        await saveCredential(trx, parts.vault, id, key);
        await updateEnterprise(trx, id, { agentId, miniAppId });
        const entry = { enterpriseId: id, action: "app_key_changed", subject: id } as const;
        await audit(trx, asker, { ...entry, detail: { clientId } }, new Date(now()));
      });
      return read(id);
    },

    /** Throws `input_invalid` where events by HTTP are chosen and no keys were ever given. */
    saveEvents: async (
      asker: Asker,
      id: EnterpriseId,
      { mode, keys }: { mode: EventMode; keys?: EventKeys | undefined },
    ): Promise<EnterpriseSettings> => {
      const enterprise = await requireActiveAdministrator(db, asker.session, id);
      const { eventKeys } = await describeCredentials(db, id);
      if (mode === "http" && enterprise.appKind === "internal_app" && !keys && !eventKeys) {
        throw new AppError("input_invalid", "Events by HTTP need the Token and the EncodingAESKey.");
      }
      await db.transaction().execute(async (trx) => {
        if (keys) await saveEventKeys(trx, parts.vault, id, keys);
        await updateEnterprise(trx, id, { eventMode: mode });
        const entry = { enterpriseId: id, action: "event_channel_changed", subject: id } as const;
        await audit(trx, asker, { ...entry, detail: { mode, newKeys: keys !== undefined } }, new Date(now()));
      });
      return read(id);
    },
  };
}

function changed(patch: EnterprisePatch): Record<string, string | number | null> {
  return Object.fromEntries(
    Object.entries(patch).flatMap(([name, value]): [string, string | number | null][] =>
      value === undefined || value instanceof Date ? [] : [[name, value]],
    ),
  );
}
