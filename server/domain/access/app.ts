import { z } from "zod";
import type { CorpId, EnterpriseId } from "../../../core/contract/id";
import type { SuiteConfig } from "../../config";
import { findCredential } from "../../database/enterprise/credential";
import type { EnterpriseRow } from "../../database/enterprise/enterprise";
import { findSetting, saveSetting } from "../../database/access/instance-setting";
import type { Db } from "../../database/tables";
import type { AuthorisedApp } from "../../dingtalk/client";
import { AppError } from "../../errors";
import { Secret } from "../../secret";
import type { Vault } from "../../vault";

export interface AppParts {
  db: Db;
  vault: Vault;
  suite: SuiteConfig | null;
}

/** The app with which that enterprise was authorised, whatever its kind. Throws `dingtalk_misconfigured`. */
export async function appOf(parts: AppParts, enterprise: EnterpriseRow): Promise<AuthorisedApp> {
  if (enterprise.appKind === "suite") return suiteApp(parts, enterprise);
  const credential = await findCredential(parts.db, parts.vault, enterprise.id);
  if (!credential) throw new AppError("dingtalk_misconfigured", "Your organisation's DingTalk app has no key stored.");
  return { enterpriseId: enterprise.id, corpId: enterprise.corpId, ...credential };
}

/** Our suite as one organisation's app. Throws `dingtalk_misconfigured` without a suite or its ticket. */
export async function suiteApp(
  parts: AppParts,
  { id, corpId }: { id: EnterpriseId; corpId: CorpId },
): Promise<AuthorisedApp> {
  const { suite } = parts;
  if (!suite) throw new AppError("dingtalk_misconfigured", "No third-party suite is configured on this server.");
  const suiteTicket = await findSuiteTicket(parts);
  if (!suiteTicket) {
    throw new AppError("dingtalk_misconfigured", "DingTalk has not sent the suite's ticket yet. Let it be sent again.");
  }
  return { enterpriseId: id, corpId, clientId: suite.key, clientSecret: suite.secret, suiteTicket };
}

const TICKET = "suite_ticket";
const Stored = z.object({ keyId: z.string(), sealed: z.base64() });

/** DingTalk's latest ticket for the suite; it has no end of its own, the next one replaces it. */
export async function saveSuiteTicket({ db, vault }: AppParts, ticket: string): Promise<void> {
  const { keyId, sealed } = vault.seal(ticket, TICKET);
  await saveSetting(db, TICKET, { keyId, sealed: sealed.toString("base64") });
}

/** Null where none came yet, or where it was sealed with an earlier APP_SECRET_KEY: DingTalk sends one every few hours. */
export async function findSuiteTicket({ db, vault }: AppParts): Promise<Secret | null> {
  const stored = Stored.safeParse(await findSetting(db, TICKET));
  if (!stored.success || stored.data.keyId !== vault.keyId) return null;
  const { keyId, sealed } = stored.data;
  return new Secret(vault.open({ keyId, sealed: Buffer.from(sealed, "base64") }, TICKET));
}
