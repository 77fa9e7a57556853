import type { z } from "zod";
import type { EnterpriseId, ReportId, UserId } from "../../../core/contract/id";
import { ReportSpec, type Level, type ReportList } from "../../../core/contract/report/report";
import { fitQuestion, NO_QUESTION } from "../../../core/report/question/question";
import { readQuestion } from "../../../core/report/question/link";
import { favourites } from "../../database/report/favourite";
import { reports as reportRows } from "../../database/report/report";
import { reportGrants, type Grantee } from "../../database/report/grant";
import { listFolders, listReadable, type ListQuestion, type ReadableReport } from "../../database/report/reader";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import type { ReadyJson } from "../../ready-json";
import type { AskCards } from "./card";
import { publishBeside } from "./draft";
import { Replies } from "./card-json";
import { readerOf, requireActor } from "../access/policy";
import type { ReportDocuments } from "./document";
import type { Session } from "../access/signed-in";
import type { VisitLog } from "./visit-log";

export interface ReportParts {
  db: Db;
  documents: ReportDocuments;
  cards: AskCards;
  visits: VisitLog;
  now: () => number;
}

export type Reports = ReturnType<typeof createReports>;

export function createReports(parts: ReportParts) {
  const { db, documents } = parts;
  const replies = new Replies();

  return {
    list: async (session: Session, question: ListQuestion): Promise<z.input<typeof ReportList>> => {
      const reader = await readerOf(db, requireActor(session));
      const folders = await listFolders(db, reader);
      const { folder = "top" } = question;
      if (folder !== "top" && !folders.some(({ id }) => id === folder)) {
        throw new AppError("not_found", "There is no such folder.");
      }
      await parts.visits.settle(); // what this person has just opened is among the recent ones
      const { reports, total } = await listReadable(db, reader, question);
      return { reports: reports.map(toSummary), total, folders };
    },

    /** The specification and the data of its cards, for a question as a link carries it. */
    view: async (
      session: Session,
      wanted: {
        reportId: ReportId;
        link?: string | undefined;
        refresh?: boolean | undefined;
        viewAs?: UserId | undefined;
      },
      ending: () => AbortSignal,
    ): Promise<ReadyJson> => {
      const { reportId, link = "", refresh, viewAs } = wanted;
      const actor = requireActor(session);
      const known = viewAs === undefined ? documents.peek(actor, reportId) : undefined;
      const document = known ?? (await documents.open(actor, reportId, viewAs));
      const { report, revision, spec, specJson } = document;
      parts.visits.note({ enterpriseId: actor.enterpriseId, userId: actor.userId, reportId });
      const question = link === "" ? NO_QUESTION : fitQuestion(spec, readQuestion(link));
      const asked = parts.cards(document, { question, refresh }, ending);
      const cards = asked instanceof Promise ? await asked : asked;
      const head = { id: reportId, revision, level: report.level, favourite: report.favourite };
      return replies.of(cards, { head, spec: specJson, now: parts.now() });
    },

    setFavourite: async (session: Session, reportId: ReportId, favourite: boolean): Promise<{ favourite: boolean }> => {
      const actor = requireActor(session);
      await documents.requireReadable(actor, reportId);
      const own = favourites(db, actor.enterpriseId, actor.userId);
      await (favourite ? own.save(reportId) : own.remove(reportId));
      documents.changed(`favourites:${actor.userId}`);
      return { favourite };
    },

    /** For scripts and later editors: stores a checked specification as a new report. */
    create: (input: {
      enterpriseId: EnterpriseId;
      spec: z.input<typeof ReportSpec>;
      createdBy: UserId | null;
      id?: ReportId;
    }): Promise<ReportId> =>
      db
        .transaction()
        .execute((trx) =>
          reportRows(trx, input.enterpriseId).insert(ReportSpec.parse(input.spec), input.createdBy, input.id),
        ),

    /** Adds a revision besides its editors; answers its number. */
    save: async (input: {
      enterpriseId: EnterpriseId;
      reportId: ReportId;
      spec: z.input<typeof ReportSpec>;
      createdBy: UserId | null;
    }): Promise<number> => {
      const spec = ReportSpec.parse(input.spec);
      const at = new Date(parts.now());
      const revision = await db.transaction().execute((trx) => publishBeside(trx, { ...input, spec, at }));
      if (revision === undefined) throw new AppError("report_not_found", "There is no such report.");
      documents.changed(`report:${input.reportId}`);
      return revision;
    },

    grant: async (enterpriseId: EnterpriseId, reportId: ReportId, grantee: Grantee, level: Level): Promise<void> => {
      await reportGrants(db, enterpriseId).save(reportId, grantee, level);
      documents.changed(`report:${reportId}`);
    },
  };
}

function toSummary(report: ReadableReport): z.input<typeof ReportList>["reports"][number] {
  return {
    id: report.id,
    title: report.title,
    description: report.description,
    owner: { id: report.ownerId, name: report.ownerName },
    level: report.level,
    favourite: report.favourite,
    updatedAt: report.updatedAt.toISOString(),
    openedAt: report.openedAt?.toISOString() ?? null,
    folderId: report.folderId,
    ...(report.isUnpublished && { isUnpublished: true as const }),
    ...(report.isDraft && { isDraft: true as const }),
  };
}
