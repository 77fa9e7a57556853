import type { Edition } from "../../../core/contract/enterprise/enterprise";
import type { EnterpriseId } from "../../../core/contract/id";
import type { QuotaReport } from "../../../core/contract/enterprise/quota";
import { listLedger } from "../../database/enterprise/dingtalk-call";
import { getEnterpriseDetail } from "../../database/enterprise/detail";
import type { Db } from "../../database/tables";
import { requireAdministrator } from "../access/administration";
import { dayInChina, monthDays } from "../access/china-time";
import type { Session } from "../access/signed-in";

/** Counted calls a month; none is published for the exclusive edition. https://open.dingtalk.com/document/development/dingtalk-application-development-platform-billing-model */
const LIMITS: Record<Edition, number | null> = { standard: 5_000, professional: 200_000, exclusive: null };
const NEAR = 0.8;

export function quotaLimit(enterprise: { edition: Edition; quotaLimit: number | null }): number | null {
  return enterprise.quotaLimit ?? LIMITS[enterprise.edition];
}

/** `near` from 80 % on of what was counted or is expected. */
export function quotaWarning(counted: number, expected: number, limit: number | null): QuotaReport["warning"] {
  if (limit === null) return "none";
  if (counted >= limit) return "spent";
  return Math.max(counted, expected) >= limit * NEAR ? "near" : "none";
}

/** What the days so far make of the whole month; `elapsed` days of `days` are over, parts of a day included. */
export function forecast(counted: number, elapsed: number, days: number): number {
  // Less than a day says nothing about the other thirty.
  return elapsed >= days ? counted : Math.round(counted * (days / Math.max(1, elapsed)));
}

/** What DingTalk costs an enterprise, from our own ledger. */
export function createQuotas({ db, now }: { db: Db; now: () => number }) {
  return {
    month: async (session: Session, enterpriseId: EnterpriseId, asked?: string): Promise<QuotaReport> => {
      await requireAdministrator(db, session, enterpriseId);
      const enterprise = await getEnterpriseDetail(db, enterpriseId);
      const month = asked ?? dayInChina(now()).slice(0, 7);
      const { first, last, days } = monthDays(month);
      const rows = await listLedger(db, enterpriseId, first, last);
      const [counted, exempt] = [sum(rows.filter((row) => row.counted)), sum(rows.filter((row) => !row.counted))];
      const expected = forecast(counted, elapsedDays(now(), first), days);
      const limit = quotaLimit(enterprise);
      return {
        month,
        edition: enterprise.edition,
        limit,
        counted,
        exempt,
        forecast: expected,
        warning: quotaWarning(counted, expected, limit),
        apis: groupBy(rows, (row) => `${row.api} ${row.counted}`).map((group) => ({
          api: group[0].api,
          counted: group[0].counted,
          calls: sum(group),
          failed: sum(group.filter((row) => row.outcome !== "ok")),
        })),
        days: groupBy(rows, (row) => row.day).map((group) => ({
          day: group[0].day,
          counted: sum(group.filter((row) => row.counted)),
          exempt: sum(group.filter((row) => !row.counted)),
        })),
        stops: ["verify", "self_check", "partial_scope_sync"],
      };
    },
  };
}

const DAY_MS = 24 * 3_600_000;

function elapsedDays(now: number, firstDay: string): number {
  const start = Date.parse(`${firstDay}T00:00:00+08:00`);
  return (now - start) / DAY_MS;
}

function sum(rows: readonly { calls: number }[]): number {
  return rows.reduce((total, row) => total + row.calls, 0);
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): [Row, ...Row[]][] {
  const groups = new Map<string, [Row, ...Row[]]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return [...groups.values()];
}
