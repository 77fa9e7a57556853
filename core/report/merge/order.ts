import { same } from "./same";
import type { Three } from "./three";

/**
 * The order of what is left of both sides: of the side that changed it, theirs where both did; `differ` says that both did,
 * differently. What only the other side has stands behind what it stands behind there.
 */
export function mergeOrder(
  orders: Three<readonly string[]>,
  left: ReadonlySet<string>,
): { order: string[]; differ: boolean } {
  const { base, mine, theirs } = orders;
  const shared = new Set(base.filter((id) => mine.includes(id) && theirs.includes(id)));
  const [before, own, other] = [base, mine, theirs].map((order) => order.filter((id) => shared.has(id)));
  const isMine = same(other, before);
  const differ = !isMine && !same(own, before) && !same(own, other);
  const [main, rest] = isMine ? [mine, theirs] : [theirs, mine];
  const order = main.filter((id) => left.has(id));
  for (const ids of [rest, base]) insert(order, ids, left);
  return { order, differ };
}

function insert(order: string[], ids: readonly string[], left: ReadonlySet<string>): void {
  let at = 0;
  for (const id of ids) {
    const known = order.indexOf(id);
    if (known >= 0) at = known + 1;
    else if (left.has(id)) order.splice(at++, 0, id);
  }
}
