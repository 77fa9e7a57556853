import type { Relationship } from "../../../core/contract/dataset/semantic-model";
import { QueryError } from "../query-error";

/** Which datasets of a model belong to which: each relationship leads from many rows to one. */
export class Relationships {
  private readonly ways = new Map<string, Map<string, Relationship[]>>();

  /** The model's own check has seen to it that there is at most one way from one dataset to another, and no circle. */
  constructor(datasets: string[], relationships: readonly Relationship[]) {
    for (const start of datasets) {
      const ways = new Map<string, Relationship[]>([[start, []]]);
      for (const [dataset, way] of ways) {
        for (const relationship of relationships.filter(({ from }) => from === dataset)) {
          if (!ways.has(relationship.to)) ways.set(relationship.to, [...way, relationship]);
        }
      }
      this.ways.set(start, ways);
    }
  }

  /** The relationships from many rows to the one that belongs to them; null where none lead there. */
  way(from: string, to: string): Relationship[] | null {
    return this.ways.get(from)?.get(to) ?? null;
  }

  reachesAll(from: string, datasets: Iterable<string>): boolean {
    return [...datasets].every((to) => this.way(from, to) !== null);
  }

  /**
   * The dataset whose rows tell which rows of all these datasets belong together: one of them, or the nearest that leads
   * to all. Throws `input_invalid`, naming them, where there is none, or several that could be meant.
   */
  baseOf(datasets: string[]): string {
    const own = datasets.find((dataset) => this.reachesAll(dataset, datasets));
    if (own !== undefined) return own;
    const candidates = [...this.ways.keys()].filter((dataset) => this.reachesAll(dataset, datasets));
    const nearest = candidates.filter((dataset) => candidates.every((other) => this.way(other, dataset) !== null));
    const [base] = nearest;
    if (base !== undefined) return base;
    const names = [...new Set(datasets)].map((name) => `"${name}"`).join(", ");
    const which = candidates.map((name) => `"${name}"`).join(" or ");
    throw new QueryError(
      "input_invalid",
      candidates.length > 0
        ? `Whether ${names} belong together by ${which} is not clear: ask for a field of one of them too.`
        : `No relationship of the model says which rows of ${names} belong together.`,
    );
  }
}
