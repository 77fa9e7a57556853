import type { FoundInFile } from "../../../../client/api/file";
import { useApp } from "../../../app-context";
import { useColumnWords } from "../../text/column";
import { useFileWords } from "../../text/file";
import { DAYS } from "./csv-options";

type Found = FoundInFile["columns"][number];

/** Why a column is what it is, and what somebody should know about it. */
export function useColumnNotes(): (column: Found) => string[] {
  const words = useColumnWords();
  const { types } = useFileWords();
  const { language } = useApp();
  const number = new Intl.NumberFormat(language.current);
  const day = ({ dayFormat }: Found): string[] => {
    const example = DAYS.find(([format]) => format === dayFormat)?.[1];
    return example === undefined ? [] : [words.written(example)];
  };
  return (column) => [
    ...(column.reason === "values" ? [] : [words.reasons[column.reason]]),
    ...day(column),
    ...column.marks.map((mark) => words.marks[mark]),
    ...column.nulls.map(({ text, count }) => words.nothing(text, number.format(count))),
    ...column.doubts.map(({ code, texts, count, type }) => {
      const some = texts.join(", ");
      switch (code) {
        case "nearly":
          return words.nearly(type === null ? "" : types[type], some);
        case "zone_assumed":
          return words.zoneAssumed(number.format(count ?? 0));
        default:
          return words.doubts[code](some);
      }
    }),
    ...(column.understood ? [words.roles[column.understood.role]] : []),
  ];
}
