import { monthOf } from "../clock";
import type { Dialect } from "./exchange";

/** `counted` against the month, `exempt` from it, or `none`: refused before an organisation was known. */
export type Cost = "counted" | "exempt" | "none";

/** One call as the desk page and tests see it. */
export interface LedgerCall {
  number: number;
  /** ISO 8601, by the stand-in's clock. */
  time: string;
  /** The API's name, such as `/topapi/v2/user/get`; the asked path where there is no such API. */
  api: string;
  method: string;
  dialect: Dialect;
  corpId: string | null;
  appKey: string | null;
  cost: Cost;
  /** HTTP status; null while no answer has gone out. */
  status: number | null;
  /** `errcode` (the inner one behind 88) or `code`; null for success. */
  error: string | null;
  /** The fault that was switched on for it, if any. */
  fault: string | null;
  /** From its arrival to the end of its answer; null while it runs. */
  milliseconds: number | null;
}

const KEPT = 2000;
/** Faults after which no proper answer goes out. */
const BREAKING_FAULTS = /hang|html|status|truncated/;

/** What the calls of one organisation to one API came to in one month. */
export interface CallTotal {
  corpId: string;
  api: string;
  /** The natural month in China, `2026-11`. */
  month: string;
  /** All that the organisation was known for: counted, exempt, and refused for rate or a spent month. */
  calls: number;
  counted: number;
  exempt: number;
  /** Of all: answered with an error, or not at all. */
  failed: number;
}

/** The calls in order, the newest 2,000. */
export class Ledger {
  private calls: LedgerCall[] = [];
  private last = 0;
  private readonly byApi = new Map<string, CallTotal>();

  /** `tell` is called after every change. */
  constructor(private readonly tell: () => void) {}

  open(call: Omit<LedgerCall, "number" | "status" | "milliseconds">): number {
    const number = ++this.last;
    this.calls.push({ number, ...call, status: null, milliseconds: null });
    if (this.calls.length > KEPT) this.calls.shift();
    this.add(call);
    this.tell();
    return number;
  }

  /** `status` stays null when the caller went away before an answer. */
  close(number: number, status: number | null, milliseconds: number): void {
    const call = this.calls.find((candidate) => candidate.number === number);
    if (!call) return;
    call.status = status;
    call.milliseconds = Math.round(milliseconds);
    this.tell();
  }

  /** Calls with a higher number than `after`, oldest first. */
  after(after: number): LedgerCall[] {
    return this.calls.filter((call) => call.number > after).map((call) => ({ ...call }));
  }

  /** Totals of all calls since the start, whether they are still kept one by one or not. */
  totals(): CallTotal[] {
    return [...this.byApi.values()].map((total) => ({ ...total }));
  }

  private add({ corpId, api, time, cost, error, fault }: Omit<LedgerCall, "number" | "status" | "milliseconds">): void {
    if (corpId === null) return;
    const month = monthOf(Date.parse(time));
    const key = `${corpId} ${api} ${month}`;
    const total = this.byApi.get(key) ?? { corpId, api, month, calls: 0, counted: 0, exempt: 0, failed: 0 };
    total.calls += 1;
    if (cost !== "none") total[cost] += 1;
    if (error !== null || BREAKING_FAULTS.test(fault ?? "")) total.failed += 1;
    this.byApi.set(key, total);
  }

  clear(): void {
    this.calls = [];
    this.tell();
  }
}
