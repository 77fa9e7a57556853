import { useEffect, useState } from "react";
import { awaitDraftState } from "../../client/api/draft";
import { toApiError, type ApiError } from "../../client/api/error";
import type { Transport } from "../../client/api/transport";
import { openEditor, type EditorStore } from "../../client/stores/editor/editor";
import type { Me } from "../../core/contract/session/session";
import { useApp } from "../app-context";
import { later } from "../later";
import { unsavedReports } from "./copies";

const HERE_MS = 15_000;
const AGAIN_MS = 3_000;

/** Hears of the others' doings for as long as the editor is open. */
function follow(call: Transport, reportId: string, editor: EditorStore): () => void {
  let gone = false;
  const listen = async (tag?: string): Promise<void> => {
    if (gone) return;
    try {
      const state = await awaitDraftState(call, reportId, tag);
      if (gone) return;
      editor.heard(state);
      await listen(state.tag);
    } catch {
      later(() => void listen(), AGAIN_MS);
    }
  };
  void listen();
  const here = setInterval(() => void editor.tellPresence(), HERE_MS);
  void editor.tellPresence();
  return () => {
    gone = true;
    clearInterval(here);
    void editor.tellPresence(true);
  };
}

export type Opened =
  { state: "loading" } | { state: "failed"; error: ApiError } | { state: "ready"; editor: EditorStore };

/** Opens a report's draft, and lets go of it with the page. */
export function useEditor(reportId: string, me: Me): { opened: Opened; retry: () => void } {
  const { call } = useApp();
  const [opened, setOpened] = useState<Opened>({ state: "loading" });
  const [turn, setTurn] = useState(0);
  const key = `${me.enterprise?.id ?? ""}/${me.user.id}/${reportId}`;
  useEffect(() => {
    let close = (): void => undefined;
    let gone = false;
    const client = crypto.getRandomValues(new Uint32Array(4)).join("-");
    const parts = { call, reportId, client, later, now: Date.now, copies: { storage: unsavedReports, key } };
    openEditor(parts).then(
      (editor) => {
        if (gone) return editor.dispose();
        const leave = follow(call, reportId, editor);
        close = () => {
          leave();
          void editor.sync.flush().then(() => editor.dispose());
        };
        setOpened({ state: "ready", editor });
      },
      (thrown: unknown) => !gone && setOpened({ state: "failed", error: toApiError(thrown) }),
    );
    return () => {
      gone = true;
      close();
    };
  }, [call, reportId, key, turn]);
  const retry = (): void => {
    setOpened({ state: "loading" });
    setTurn(turn + 1);
  };
  return { opened, retry };
}
