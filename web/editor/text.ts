import type { Language } from "../../core/report/format";
import { useApp } from "../app-context";
import { CANVAS_WORDS, type CanvasWords } from "./text/canvas";
import { enUS } from "./text/en-US";
import { FILTER_WORDS, type FilterWords } from "./text/filters";
import { PHONE_WORDS, type PhoneWords } from "./text/phone";
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

/** The texts of the phone's view, as `useEditorWords`. */
export function usePhoneWords(): PhoneWords {
  return PHONE_WORDS[useApp().language.current];
}

/** The texts of the canvas and its pages, as `useEditorWords`. */
export function useCanvasWords(): CanvasWords {
  return CANVAS_WORDS[useApp().language.current];
}
