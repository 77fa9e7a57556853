import type { Language } from "../../core/report/format";
import { useApp } from "../app-context";
import { enUS } from "./text/en-US";
import { FILTER_WORDS, type FilterWords } from "./text/filters";
import type { EditorWords } from "./text/words";
import { zhCN } from "./text/zh-CN";

const WORDS: Record<Language, EditorWords> = { "zh-CN": zhCN, "en-US": enUS };

/** The editor's texts; the caller must be an observer to follow the language. */
export function useEditorWords(): EditorWords {
  return WORDS[useApp().language.current];
}

/** The texts of filters' settings, as `useEditorWords`. */
export function useFilterWords(): FilterWords {
  return FILTER_WORDS[useApp().language.current];
}
