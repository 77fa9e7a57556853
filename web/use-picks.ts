import { useMemo } from "react";
import type { CardData, Scalar } from "../core/contract/report/query";
import type { ReportElement } from "../core/contract/report/element";
import { emittedField } from "../core/report/question/cross";
import { goesDown, levelOf, pathOf, isDimensioned } from "../core/report/question/drill";
import { NO_QUESTION } from "../core/report/question/question";
import { useReaderIfAny, type Reader } from "./reader-context";

/** What a click on a row's mark does in a card. */
export interface Picks {
  /** The field whose value is picked. */
  field: string;
  /** Rows that are picked; empty: none is. */
  picked: ReadonlySet<number>;
  pick: (row: number, more: boolean) => void;
}

const NONE: readonly Scalar[] = [];

function asked(reader: Reader | null, id: string) {
  const store = reader?.store;
  const applied = store?.question.applied ?? NO_QUESTION;
  return { question: store?.question, applied, source: store?.report?.spec.elements[id] };
}

/** Down the hierarchy where there is a way down, else the other cards are filtered; null where a click means nothing. */
export function usePicks(id: string, element: ReportElement, data: CardData): Picks | null {
  const { question, applied, source } = asked(useReaderIfAny(), id);
  const path = pathOf(applied, id);
  const down = goesDown(source, path);
  const field = down && isDimensioned(source) ? levelOf(source, path) : emittedField(source, applied, id);
  const values = data.values[data.columns.findIndex(({ name }) => name === field)];
  const chosen = applied.cross.find((cross) => cross.element === id && cross.field === field)?.values ?? NONE;
  const picked = useMemo(() => {
    const rows = (values ?? []).map((value, row) => (chosen.includes(value) ? row : -1));
    return new Set(rows.filter((row) => row >= 0));
  }, [values, chosen]);
  if (!question || !field || !values || element.type === "kpi") return null;
  return {
    field,
    picked,
    pick: (row, more) => {
      const value = values[row];
      if (value === undefined) return;
      if (down) question.drillDown(id, value);
      else question.pick(id, value, more);
    },
  };
}
