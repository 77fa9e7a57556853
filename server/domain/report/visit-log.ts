import type { EnterpriseId, ReportId, UserId } from "../../../core/contract/id";
import { saveVisits, type Visits } from "../../database/report/visit";
import type { Db } from "../../database/tables";

/** Visits of reports, written some at a time: opening a report waits for no write. */
export interface VisitLog {
  note(visit: { enterpriseId: EnterpriseId; userId: UserId; reportId: ReportId }): void;
  /** Resolves when everything noted so far is stored: what a person sees of their own visits is complete. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const WRITE_EVERY_MS = 500;

export function createVisitLog(parts: { db: Db; now: () => number; failed: (error: unknown) => void }): VisitLog {
  let noted = new Map<string, Visits>();
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;

  const write = (): Promise<void> => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (noted.size === 0) return writing;
    const visits = [...noted.values()];
    noted = new Map();
    // One after the other: two writes at once could lock the same rows in another order.
    writing = writing.then(() => saveVisits(parts.db, visits)).catch(parts.failed);
    return writing;
  };

  return {
    note: (visit) => {
      const key = `${visit.userId}/${visit.enterpriseId}/${visit.reportId}`;
      const known = noted.get(key) ?? { ...visit, at: 0, times: 0 };
      known.at = parts.now();
      known.times += 1;
      if (known.times === 1) noted.set(key, known);
      timer ??= setTimeout(() => void write(), WRITE_EVERY_MS).unref();
    },
    settle: write,
    close: write,
  };
}
