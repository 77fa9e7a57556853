import { createContext, useContext } from "react";
import type { Transport } from "../client/api/transport";
import type { ArrivalStore } from "../client/stores/session/arrival";
import type { BrowserSessionStore } from "../client/stores/session/browser-session";
import type { LanguageStore } from "../client/stores/language";
import type { LaunchStore } from "../client/stores/session/launch";
import type { Texts } from "../client/text/texts";
import type { DingTalkClient } from "./dingtalk/client";
import type { Environment } from "./dingtalk/environment";
import type { DingTalkDoor } from "./dingtalk-door";
import type { Entry } from "./entry";
import { WORDS, type Words } from "./text/words";

/** What the whole application stands on: made once, in main.tsx. */
export interface AppParts {
  session: BrowserSessionStore;
  language: LanguageStore;
  call: Transport;
  /** How the app opens on this PC. */
  launch: LaunchStore;
  /** Whose account a hand-off opened here. */
  arrival: ArrivalStore;
  /** What the address said as the application was opened. */
  entry: Entry;
  environment: Environment;
  /** The DingTalk client around this page; only inside DingTalk does it answer. */
  dingtalk: DingTalkClient;
  /** The way through `/pc`, for pages that are shown inside DingTalk already. */
  door: DingTalkDoor;
  /** Shows a page of ours in place of this one, which only leads there. */
  leave: (target: string) => void;
}

const AppContext = createContext<AppParts | null>(null);
export const AppProvider = AppContext.Provider;

/** The application around the calling component, which must be an observer to follow the language. */
export function useApp(): AppParts & { texts: Texts; words: Words } {
  const parts = useContext(AppContext);
  if (!parts) throw new Error("useApp outside of AppProvider");
  return { ...parts, texts: parts.language.texts, words: WORDS[parts.language.current] };
}
