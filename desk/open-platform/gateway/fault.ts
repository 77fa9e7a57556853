import { z } from "zod";

/**
 * Without `api` (a ledger name) a fault holds for every call; with `after` it begins after so many calls, with `times` it
 * ends after it has hit so many.
 */
const scope = {
  api: z.string().min(1).optional(),
  after: z.int().positive().optional(),
  times: z.int().positive().optional(),
};

/** What can be made to go wrong. */
export const Fault = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("latency"), milliseconds: z.int().min(0).max(120_000), ...scope }),
  z.strictObject({ kind: z.literal("status"), status: z.int().min(500).max(599), ...scope }),
  /** The call is taken and never answered. */
  z.strictObject({ kind: z.literal("hang"), ...scope }),
  /** A page instead of JSON, as DingTalk's per-address limit answers. */
  z.strictObject({ kind: z.literal("html"), ...scope }),
  /** DingTalk's own "busy, try again": errcode -1. */
  z.strictObject({ kind: z.literal("busy"), ...scope }),
  /** The month's quota is spent: counted calls are refused, exempt ones are not. */
  z.strictObject({ kind: z.literal("quota"), ...scope }),
  /** The app's calls per second are used up. */
  z.strictObject({ kind: z.literal("qps"), ...scope }),
  /** All apps together call too much; the answer names the time at which that ends, so much later. */
  z.strictObject({ kind: z.literal("crowded"), milliseconds: z.int().min(0).max(600_000).default(1000), ...scope }),
  /** The app's permission point for the call was taken away. */
  z.strictObject({ kind: z.literal("permission"), ...scope }),
  /** The token is not valid any more, although its time is not over. */
  z.strictObject({ kind: z.literal("token"), ...scope }),
  /** The answer breaks off in the middle. */
  z.strictObject({ kind: z.literal("truncated"), ...scope }),
  /** A page of members holds half of what was asked for, though more follow: `has_more` and `next_cursor` stay true. */
  z.strictObject({ kind: z.literal("partial"), ...scope }),
]);
export type Fault = z.infer<typeof Fault>;

/** A fault that is switched on. */
export interface ActiveFault {
  id: number;
  fault: Fault;
}

/** The faults that are switched on. */
export class Faults {
  private active: ActiveFault[] = [];
  private last = 0;

  add(fault: Fault): number {
    const id = ++this.last;
    this.active.push({ id, fault: { ...fault } });
    return id;
  }

  /** Switches one off, or all. */
  clear(id?: number): void {
    this.active = id === undefined ? [] : this.active.filter((entry) => entry.id !== id);
  }

  list(): ActiveFault[] {
    return structuredClone(this.active);
  }

  /** The faults that hit a call to that API; those with `after` or `times` are counted on. */
  hitting(api: string): Fault[] {
    const concerned = this.active.filter(({ fault }) => fault.api === undefined || fault.api === api);
    const hit = concerned.filter(({ fault }) => !(fault.after && fault.after > 0));
    for (const { fault } of concerned) if (fault.after) fault.after -= 1;
    for (const { id, fault } of hit) {
      if (fault.times === undefined) continue;
      fault.times -= 1;
      if (fault.times === 0) this.clear(id);
    }
    return hit.map(({ fault }) => fault);
  }
}
