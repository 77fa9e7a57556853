import type { Scalar } from "../../../core/contract/report/query";
import { compareNumbers } from "../../../core/report/digits";
import { codeOrder, naturalOrder } from "../../../core/report/natural-order";
import type { Plan } from "./plan";
import { OTHERS } from "./top";

/** One column that rows are ordered by. */
interface Term {
  values: Scalar[];
  descending: boolean;
  isText: boolean;
}

/**
 * The columns of a whole answer with its rows in the order that people expect of texts (2月 before 10月, pinyin), where
 * texts decide: engines know only the order of code points, by which they also cut what is too long. `names` are those of
 * the columns.
 */
export function inNaturalOrder(plan: Plan, names: string[], values: Scalar[][]): Scalar[][] {
  if (!isOrderedByText(plan)) return values;
  const terms = plan.order.map(({ name, descending }): Term => {
    return { values: values[names.indexOf(name)] ?? [], descending, isText: isText(plan, name) };
  });
  const rows = (values[0] ?? []).map((_, row) => row);
  rows.sort((a, b) => {
    for (const term of terms) {
      const order = compare(term.values[a] ?? null, term.values[b] ?? null, term);
      if (order !== 0) return order;
    }
    return a - b;
  });
  return values.map((column) => rows.map((row) => column[row] ?? null));
}

/** Within time, and before others, the first thing that decides is a text. */
function isOrderedByText(plan: Plan): boolean {
  const first = plan.order.find(({ name }) => !name.endsWith(OTHERS) && !isDate(plan, name));
  return first !== undefined && isText(plan, first.name);
}

const isText = ({ current }: Plan, name: string): boolean =>
  current.groups.some(({ member }) => member.name === name && member.type === "string");

const isDate = ({ current }: Plan, name: string): boolean =>
  current.groups.some(({ member }) => member.name === name && member.type === "date");

/** Nulls last, whichever the direction. */
function compare(left: Scalar, right: Scalar, { descending, isText }: Term): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  const order = isText ? naturalOrder(String(left), String(right)) : compareOthers(left, right);
  return descending ? 0 - order : order;
}

function compareOthers(left: Exclude<Scalar, null>, right: Exclude<Scalar, null>): number {
  if (typeof left === "boolean" || typeof right === "boolean") return Number(left) - Number(right);
  const isNumber = typeof left === "number" || typeof right === "number" || /^-?\d+(\.\d+)?$/.test(left);
  return isNumber ? compareNumbers(left, right) : codeOrder(left, right);
}
