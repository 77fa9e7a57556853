import type { QuestionStore } from "../client/stores/report/question";
import type { Preset } from "../core/contract/report/report";
import { PRESETS } from "../core/report/question/filter";
import type { FilterRequest } from "./components/filter-drawer/filter-drawer";

/** What a person did in the filter drawer, done to the draft: nothing is asked of the cards before it is applied. */
export function askFilter(question: QuestionStore, { kind, filter, value }: FilterRequest): void {
  const shown = question.view.filters.find(({ id }) => id === filter);
  if (!shown) return;
  switch (kind) {
    case "open":
      if (shown.control === "select") void question.loadOptions(filter);
      return;
    case "search":
      return void question.loadOptions(filter, value);
    case "preset":
      return question.edit(filter, PRESETS[value as Preset]);
    case "option": {
      const option = shown.options.items.find(({ key }) => key === value);
      return option && question.toggleOption(filter, option.value);
    }
    case "typed":
      return question.editText(filter, value);
    case "clear":
      return question.edit(filter, null);
    default:
      return question.editEnd(filter, kind, value);
  }
}
