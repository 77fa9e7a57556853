import { useEffect, useState } from "preact/hooks";
import type { DeskState } from "../state";

/** What a part of the page asked the desk for. */
export interface Loaded<Value> {
  /** Null until the first answer. */
  value: Value | null;
  /** Why the last asking failed; null when it did not. */
  fault: string | null;
}

/** Asks again whenever the desk changed or one of the wishes did; the last answer stays in sight meanwhile. */
export function useLoaded<Value>(
  load: () => Promise<Value>,
  state: DeskState,
  wishes: readonly unknown[],
): Loaded<Value> {
  const [loaded, setLoaded] = useState<Loaded<Value>>({ value: null, fault: null });
  useEffect(() => {
    let isOver = false;
    load().then(
      (value) => !isOver && setLoaded({ value, fault: null }),
      (error: unknown) => !isOver && setLoaded((last) => ({ ...last, fault: messageOf(error) })),
    );
    return () => {
      isOver = true;
    };
  }, [state, ...wishes]);
  return loaded;
}

/** A deed of the administrator: tells what is under way and why the last one failed. */
export function useDeed(): {
  isBusy: boolean;
  fault: string | null;
  run: (deed: () => Promise<unknown>) => Promise<boolean>;
} {
  const [isBusy, setIsBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const run = async (deed: () => Promise<unknown>): Promise<boolean> => {
    setIsBusy(true);
    setFault(null);
    try {
      await deed();
      return true;
    } catch (error) {
      setFault(messageOf(error));
      return false;
    } finally {
      setIsBusy(false);
    }
  };
  return { isBusy, fault, run };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
