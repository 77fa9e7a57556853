import { createContext, useContext } from "react";
import type { ReportStore } from "../client/stores/report/report";

/** What the parts of one open report share. */
export interface Reader {
  store: ReportStore;
  /** Tells the person that something was done, on screen and to screen readers. */
  announce: (text: string) => void;
}

const ReaderContext = createContext<Reader | null>(null);
export const ReaderProvider = ReaderContext.Provider;

/** The report around the calling component. */
export function useReader(): Reader {
  const reader = useContext(ReaderContext);
  if (!reader) throw new Error("useReader outside of ReaderProvider");
  return reader;
}

/** The same where there may be none: the editor shows cards that nobody reads yet. */
export const useReaderIfAny = (): Reader | null => useContext(ReaderContext);
