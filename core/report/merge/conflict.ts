/** Whose state: `theirs` was stored first, `mine` is merged into it. */
export type Side = "mine" | "theirs";

/** What a merge could not settle by itself. `unit` is a path of ids, e.g. `elements/sales/query`, `pages/main/layout/sales`. */
export type Conflict =
  /** Both changed it, differently: theirs stays, and mine is here to be taken instead. Null where that side has none. */
  | { kind: "both"; unit: string; mine: unknown; theirs: unknown }
  /** One removed what the other changed: it stays. */
  | { kind: "kept"; unit: string; removedBy: Side }
  /** Both added something of that id: mine is called `to` now. */
  | { kind: "renamed"; unit: string; to: string }
  /** The report's limits leave no room for what I added. */
  | { kind: "full"; unit: string; mine: unknown };

/** Says that both changed a unit. */
export function both(unit: string, mine: unknown, theirs: unknown): Conflict {
  return { kind: "both", unit, mine: mine ?? null, theirs: theirs ?? null };
}
