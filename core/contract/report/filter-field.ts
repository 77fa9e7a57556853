import { own } from "../../own";

/** The field that a filter restricts in a dataset: its own, or the one that matches there; undefined where it reaches none. */
export function fieldIn(
  filter: { dataset: string; field: string; fields?: Readonly<Record<string, string>> | undefined },
  dataset: string,
): string | undefined {
  return dataset === filter.dataset ? filter.field : filter.fields && own(filter.fields, dataset);
}
