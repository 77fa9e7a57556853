import { createHash } from "node:crypto";
import type { EnterpriseId } from "../../../core/contract/id";
import type { MatchRule } from "../../../core/contract/people/member";
import { listCandidates, type Candidate } from "../../database/people/member-list";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import { audit, requireActiveAdministrator, type Asker } from "../access/administration";
import { bind } from "./binding";
import type { Session } from "../access/signed-in";

type Reason = "ambiguous" | "administrator" | "bound_elsewhere" | "other_enterprises" | "another_person";

interface Matches {
  matches: Candidate[];
  skipped: { memberId: Candidate["memberId"]; memberName: string; reason: Reason }[];
}

const SHOWN = 500;

/**
 * Who is bound to whom by a rule. A DingTalk administrator can write any mobile, e-mail or job number, so a rule never
 * gives away an administrator, nor a user who acts or is bound anywhere else, and never guesses between two.
 */
export function decideMatches(candidates: readonly Candidate[]): Matches {
  const times = new Map<string, number>();
  for (const { memberId, userId } of candidates) {
    for (const id of [memberId, userId]) times.set(id, (times.get(id) ?? 0) + 1);
  }
  const result: Matches = { matches: [], skipped: [] };
  const told = new Set<string>();
  for (const candidate of candidates) {
    const { memberId, memberName } = candidate;
    const reason = reasonAgainst(candidate, times);
    if (reason === null) result.matches.push(candidate);
    else if (!told.has(memberId)) result.skipped.push({ memberId, memberName, reason });
    told.add(memberId);
  }
  return result;
}

function reasonAgainst(candidate: Candidate, times: Map<string, number>): Reason | null {
  const several = (times.get(candidate.memberId) ?? 0) > 1 || (times.get(candidate.userId) ?? 0) > 1;
  if (several) return "ambiguous";
  if (candidate.administrator) return "administrator";
  if (candidate.bound) return "bound_elsewhere";
  if (candidate.another) return "another_person";
  return candidate.elsewhere ? "other_enterprises" : null;
}

/** Names a state of affairs: who applies a preview applies exactly this. */
export function digestOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 32);
}

export function createMemberMatches({ db, now }: { db: Db; now: () => number }) {
  const decide = async (on: Db, enterpriseId: EnterpriseId, rule: MatchRule) => {
    const decided = decideMatches(await listCandidates(on, enterpriseId, rule));
    const digest = digestOf(decided.matches.map(({ memberId, userId }) => [memberId, userId]));
    return { ...decided, digest };
  };
  return {
    preview: async (session: Session, enterpriseId: EnterpriseId, rule: MatchRule) => {
      await requireActiveAdministrator(db, session, enterpriseId);
      const { matches, skipped, digest } = await decide(db, enterpriseId, rule);
      return {
        matches: matches.slice(0, SHOWN).map(({ memberId, memberName, userId, userName, login }) => ({
          member: { id: memberId, name: memberName },
          user: { id: userId, name: userName, login },
        })),
        total: matches.length,
        skipped: skipped
          .slice(0, SHOWN)
          .map(({ memberId, memberName, reason }) => ({ member: { id: memberId, name: memberName }, reason })),
        digest,
      };
    },

    /** All or none. Throws `preview_outdated`. */
    apply: async (asker: Asker, enterpriseId: EnterpriseId, input: { rule: MatchRule; digest: string }) => {
      await requireActiveAdministrator(db, asker.session, enterpriseId);
      return db.transaction().execute(async (trx) => {
        const { matches, digest } = await decide(trx, enterpriseId, input.rule);
        if (digest !== input.digest) {
          throw new AppError("preview_outdated", "Members or users have changed meanwhile. Look at the preview again.");
        }
        const at = new Date(now());
        for (const { memberId, userId } of matches) await bind(trx, { enterpriseId, memberId }, userId, at, asker);
        const detail = { rule: input.rule, bound: matches.length };
        await audit(trx, asker, { enterpriseId, action: "members_matched", subject: enterpriseId, detail }, at);
        return { bound: matches.length };
      });
    },
  };
}
