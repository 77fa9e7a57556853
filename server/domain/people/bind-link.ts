import type { AppKind } from "../../../core/contract/enterprise/enterprise";
import type { CorpId, EnterpriseId } from "../../../core/contract/id";
import { getUser } from "../../database/people/app-user";
import {
  findOwnBindLink,
  findWaitingBindLink,
  insertBindLink,
  openBindLink,
  settleBindLink,
  type BindLinkRow,
} from "../../database/people/bind-link";
import { insertAuditEntry } from "../../database/access/audit-entry";
import { findEnterprise } from "../../database/enterprise/enterprise";
import { getEnterpriseDetail } from "../../database/enterprise/detail";
import { enterpriseUsers } from "../../database/people/enterprise-user";
import { members } from "../../database/people/member";
import type { SessionTokens } from "../../../core/contract/session/session";
import { AppError } from "../../errors";
import { appOf } from "../access/app";
import { bind } from "./binding";
import { miniProgramLinks } from "./mini-program-link";
import type { Session } from "../access/signed-in";
import { knownMember, requireAuthorised, type SignInParts } from "../session/sign-in";
import { hashToken, newToken } from "../access/token";

const LINK_MS = 5 * 60_000;

const MISSING: Record<AppKind, string> = {
  internal_app: "Enter the app's MiniAppId and AgentId in the enterprise's settings first.",
  suite: "DINGTALK_SUITE_APP_ID and DINGTALK_SUITE_MINI_APP_ID are not set on this server.",
};

export interface BindLinkParts extends SignInParts {
  applinkUrl: string;
}

/**
 * Binding by QR: the computer shows a link that opens our mini program; the phone names the account, asks, and binds the
 * member whom DingTalk vouches for. The token works once, for the first phone that opens it.
 */
export function createBindLinks(parts: BindLinkParts) {
  const { db } = parts;
  const shown = async (link: BindLinkRow) => {
    const member = link.memberId ? await members(db, link.enterpriseId).find(link.memberId) : undefined;
    const over = ["waiting", "opened"].includes(link.state) && link.expiresAt.getTime() <= parts.now();
    return {
      id: link.id,
      state: over ? ("expired" as const) : link.state,
      memberName: member?.name ?? null,
      expiresAt: link.expiresAt.toISOString(),
    };
  };

  return {
    /** Throws `forbidden` for an enterprise of others, `app_ids_missing` where no link can open its mini program. */
    create: async (session: Session, enterpriseId: EnterpriseId) => {
      await parts.attempts.spend("bindLinkUser", session.userId);
      const role = await enterpriseUsers(db, enterpriseId).findRole(session.userId);
      const enterprise = await findEnterprise(db, enterpriseId);
      if (role === null || enterprise?.state !== "active") {
        throw new AppError("forbidden", "You do not belong to this enterprise.");
      }
      const link = miniProgramLinks(parts, await getEnterpriseDetail(db, enterpriseId));
      if (!link) throw new AppError("app_ids_missing", MISSING[enterprise.appKind]);
      const token = newToken();
      const made = await insertBindLink(db, {
        hash: hashToken(token),
        userId: session.userId,
        enterpriseId,
        expiresAt: new Date(parts.now() + LINK_MS),
      });
      return { ...(await shown(made)), url: link(`pages/bind/bind?link=${token}`) };
    },

    /** Throws `not_found` for what is not the person's own. */
    state: async (session: Session, id: string) => {
      const link = await findOwnBindLink(db, session.userId, id);
      if (!link) throw new AppError("not_found", "There is no such link.");
      return shown(link);
    },

    /** Who may be bound to whom. Throws `bind_link_spent`, `auth_code_spent`, `bound_elsewhere`, `already_bound`. */
    open: async (input: { token: string; corpId: CorpId; authCode: string; address: string; signal: AbortSignal }) => {
      await parts.attempts.spend("signInAddress", input.address);
      const link = await findWaitingBindLink(db, hashToken(input.token), new Date(parts.now()));
      if (!link) throw spent();
      const enterprise = requireAuthorised(await findEnterprise(db, link.enterpriseId));
      if (enterprise.corpId !== input.corpId) {
        throw new AppError("forbidden", "Open this link in the organisation for which it was made.");
      }
      const app = await appOf(parts, enterprise);
      const who = await parts.dingtalk.identify(app, input.authCode, input.signal);
      const member = await knownMember(parts, app, who, input.signal);
      const user = await getUser(db, link.userId);
      const confirmTicket = newToken();
      if (!(await openBindLink(db, link.id, member.id, hashToken(confirmTicket)))) throw spent();
      return {
        accountName: user.name,
        login: user.login,
        enterpriseName: enterprise.name,
        memberName: member.name,
        confirmTicket,
      };
    },

    /** Null where the person refused. Throws `bind_link_spent`, `bound_elsewhere`, `already_bound`, `user_disabled`. */
    confirm: async (input: {
      confirmTicket: string;
      accept: boolean;
      deviceId: string;
      deviceName: string;
    }): Promise<SessionTokens | null> => {
      const hash = hashToken(input.confirmTicket);
      const at = new Date(parts.now());
      const bound = await db.transaction().execute(async (trx) => {
        const link = await settleBindLink(trx, hash, input.accept ? "bound" : "refused", at);
        if (!link?.memberId) throw spent();
        const { enterpriseId, userId, memberId } = link;
        if (!input.accept) {
          const entry = { enterpriseId, actorId: null, subject: memberId, origin: "request" } as const;
          await insertAuditEntry(trx, { ...entry, action: "bind_link_refused", detail: { userId } }, at);
          return null;
        }
        requireAuthorised(await findEnterprise(trx, enterpriseId));
        const user = await getUser(trx, userId);
        if (user.state === "disabled" || (await enterpriseUsers(trx, enterpriseId).findRole(userId)) === null) {
          throw new AppError("user_disabled", "This account is disabled. Ask your administrator.");
        }
        const binding = await bind(trx, { enterpriseId, memberId }, userId, at);
        return { userId, enterpriseId, bindingId: binding.id };
      });
      if (!bound) return null;
      return parts.sessions.start({ ...bound, deviceId: input.deviceId, deviceName: input.deviceName });
    },
  };
}

function spent(): AppError {
  return new AppError("bind_link_spent", "This link was used already or is too old. Show a new one on the computer.");
}
