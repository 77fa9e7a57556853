import type { MonthUse, Person } from "../open-platform/control/contract";
import type { ActiveFault } from "../open-platform/gateway/fault";
import type { LedgerCall } from "../open-platform/gateway/ledger";

/** What the desk page shows of the desk; sent whole after every change. */
export interface DeskState {
  people: Person[];
  /** The newest calls, newest first. */
  calls: LedgerCall[];
  months: MonthUse[];
  faults: ActiveFault[];
  /** The product's origin, for the PC; null where the desk was not told. */
  product: string | null;
}
