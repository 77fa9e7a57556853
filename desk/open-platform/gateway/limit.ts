import { type Clock, monthOf } from "../clock";

/** Counted calls a standard organisation may make in a month. https://open.dingtalk.com/document/development/dingtalk-application-development-platform-billing-model */
export const MONTHLY_CALLS = 5000;
/** Calls of one app to one API in one second, on the standard edition. */
export const CALLS_PER_SECOND = 20;

/** Counts calls: per second for each app and API, per month for each organisation. */
export class Limits {
  private second = 0;
  private readonly inSecond = new Map<string, number>();
  private readonly inMonth = new Map<string, number>();
  private readonly monthly = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  /** Notes one call; false when it is one too many in this second. Refused calls fill the second too. */
  admit(appKey: string, api: string): boolean {
    const second = Math.floor(this.clock.now() / 1000);
    if (second !== this.second) this.inSecond.clear();
    this.second = second;
    const key = `${appKey} ${api}`;
    const calls = (this.inSecond.get(key) ?? 0) + 1;
    this.inSecond.set(key, calls);
    return calls <= CALLS_PER_SECOND;
  }

  /** Counted calls of all the organisation's apps in the running month. */
  used(corpId: string): number {
    return this.inMonth.get(this.monthKey(corpId)) ?? 0;
  }

  limit(corpId: string): number {
    return this.monthly.get(corpId) ?? MONTHLY_CALLS;
  }

  count(corpId: string): void {
    this.setUsed(corpId, this.used(corpId) + 1);
  }

  setUsed(corpId: string, calls: number): void {
    this.inMonth.set(this.monthKey(corpId), calls);
  }

  setLimit(corpId: string, calls: number): void {
    this.monthly.set(corpId, calls);
  }

  private monthKey(corpId: string): string {
    return `${corpId} ${monthOf(this.clock.now())}`;
  }
}
