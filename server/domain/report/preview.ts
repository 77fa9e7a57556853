import { setMaxListeners } from "node:events";
import type { z } from "zod";
import type { ReportId } from "../../../core/contract/id";
import type { draftRoutes } from "../../../core/contract/report/draft";
import { ReportSpec } from "../../../core/contract/report/report";
import { NO_QUESTION } from "../../../core/report/question/question";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import type { ReadyJson } from "../../ready-json";
import type { Session } from "../access/signed-in";
import type { AskCards } from "./card";
import { replyWithCards } from "./card-json";
import type { ReportDocuments } from "./document";
import { readDraft } from "./draft";
import { requireEditable } from "./editable";
import { requireFit } from "./question";

type Asked = z.output<NonNullable<(typeof draftRoutes)["preview"]["body"]>> & { reportId: ReportId };

/** Cards that are not saved, answered as a reader's are: the same compiler, policies and cache. */
export function createPreviews(parts: { db: Db; documents: ReportDocuments; cards: AskCards; now: () => number }) {
  const running = new Map<string, AbortController>();

  /** Ends what the same client asked before, at the engine too. */
  const begin = (key: string, gone: AbortSignal): { signal: AbortSignal; end: () => void } => {
    running.get(key)?.abort(new AppError("superseded", "A later preview took its place."));
    const controller = new AbortController();
    const signal = AbortSignal.any([gone, controller.signal]);
    setMaxListeners(0, signal); // each card listens: there may be sixty
    running.set(key, controller);
    return {
      signal,
      end: () => void (running.get(key) === controller && running.delete(key)),
    };
  };

  return {
    /** Throws `superseded` where a later preview of the same client came. */
    cards: async (session: Session, asked: Asked, gone: AbortSignal): Promise<ReadyJson> => {
      const { reportId, client, elements, question = NO_QUESTION } = asked;
      const { actor } = await requireEditable(parts.documents, session, reportId);
      const { signal, end } = begin(`${actor.userId}/${reportId}/${client}`, gone);
      try {
        const filters = asked.filters ?? (await readDraft(parts.db, actor.enterpriseId, reportId)).spec.filters;
        const document = await parts.documents.unsaved(actor, reportId, specOf(elements, filters));
        requireFit(document.spec, question);
        const cards = await parts.cards(document, { question }, () => signal);
        signal.throwIfAborted();
        return replyWithCards(cards, { now: parts.now() });
      } finally {
        end();
      }
    },
  };
}

function specOf(elements: ReportSpec["elements"], filters: ReportSpec["filters"]): ReportSpec {
  const pages = [{ id: "preview", title: "", layout: [] }];
  const parsed = ReportSpec.safeParse({ version: 1, title: "preview", pages, elements, filters });
  if (parsed.success) return parsed.data;
  throw new AppError("input_invalid", parsed.error.issues[0]?.message ?? "These are no elements.");
}
