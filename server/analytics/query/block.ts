import type { Field, Measure, Part, QueryModel } from "./query-model";
import { membersOf } from "./plan";
import type { Plan, Selection } from "./plan";

/** The aggregates of one selection over the rows of one dataset. */
export interface Block {
  /** The dataset whose rows are added up. */
  home: string;
  /** The dataset whose rows say which groups a row of `home` belongs to; the same one unless many of them share it. */
  base: string;
  parts: { name: string; part: Part }[];
}

/**
 * How a selection is computed without counting anything twice: each dataset's rows are added up by themselves. Throws
 * `input_invalid`, naming the datasets, where the relationships do not say which rows belong together.
 */
export function blocksOf(model: QueryModel, selection: Selection): Block[] {
  const { groups, where, related, only } = selection;
  const fields = [
    ...groups.map(({ member }) => member),
    ...where.flatMap(membersOf).filter((member): member is Field => member.role === "dimension"),
    ...related,
    ...(only ? [only.member] : []),
  ];
  const around = [...new Set(fields.map(({ dataset }) => dataset))];
  const measures = measuresOf(selection);
  if (measures.length === 0) {
    const base = model.relationships.baseOf(around);
    return [{ home: base, base, parts: [] }];
  }
  const homes = new Map<string, Block>();
  for (const measure of measures) {
    measure.parts.forEach((part, index) => {
      const block = homes.get(part.dataset) ?? blockOf(model, part.dataset, around);
      homes.set(part.dataset, block);
      block.parts.push({ name: measure.outer ? `${measure.name}~${index}` : measure.name, part });
    });
  }
  return [...homes.values()];
}

function blockOf({ relationships }: QueryModel, home: string, around: string[]): Block {
  const base = relationships.reachesAll(home, around) ? home : relationships.baseOf([home, ...around]);
  return { home, base, parts: [] };
}

/** The measures that a selection shows, and those that its groups are told apart by. */
export function measuresOf({ measures, having }: Selection): Measure[] {
  const asked = having.flatMap(membersOf).filter((member): member is Measure => member.role === "measure");
  return [...new Set([...measures, ...asked])];
}

/** Throws `input_invalid` where the relationships do not say which rows belong together. */
export function requireRelated({ model, current }: Plan): void {
  blocksOf(model, current);
}
