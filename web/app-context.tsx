import { createContext, useContext } from "react";
import type { Transport } from "../client/api/transport";
import type { BrowserSessionStore } from "../client/stores/browser-session";
import type { LanguageStore } from "../client/stores/language";
import type { Texts } from "../client/text/text";
import { WORDS, type Words } from "./text/words";

/** What the whole application stands on: made once, in main.tsx. */
export interface AppParts {
  session: BrowserSessionStore;
  language: LanguageStore;
  call: Transport;
}

const AppContext = createContext<AppParts | null>(null);
export const AppProvider = AppContext.Provider;

/** The application around the calling component, which must be an observer to follow the language. */
export function useApp(): AppParts & { texts: Texts; words: Words } {
  const parts = useContext(AppContext);
  if (!parts) throw new Error("useApp outside of AppProvider");
  return { ...parts, texts: parts.language.texts, words: WORDS[parts.language.current] };
}
