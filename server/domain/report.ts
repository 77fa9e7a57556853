import type { z } from "zod";
import { DatasetModel } from "../../core/contract/dataset";
import type { DatasetName, EnterpriseId, ReportId, UserId } from "../../core/contract/id";
import { ReportSpec, type Level, type ReportList, type ReportView } from "../../core/contract/report";
import { datasets } from "../database/dataset";
import { favourites } from "../database/favourite";
import { reports as reportRows } from "../database/report";
import { reportGrants, type Grantee } from "../database/report-grant";
import { findReadable, listReadable, type ListQuestion, type ReadableReport } from "../database/report-reader";
import { saveVisit } from "../database/report-visit";
import type { Db } from "../database/tables";
import { AppError } from "../errors";
import { computeCards, type CardEngine } from "./card";
import { Memo } from "./memo";
import { readerOf, requireActor, type Actor } from "./policy";
import type { Session } from "./session";

export interface ReportParts {
  db: Db;
  engine: CardEngine;
  now: () => number;
  /** Told about cards that failed for a reason of ours. */
  cardFailed: (reportId: ReportId, elementId: string, error: unknown) => void;
}

export type Reports = ReturnType<typeof createReports>;

const MEMO_SIZE = 500;

export function createReports(parts: ReportParts) {
  const { db } = parts;
  // Checking a stored document costs more than reading it, and a revision never changes.
  const specs = new Memo<ReportSpec>(MEMO_SIZE);
  const models = new Memo<DatasetModel>(MEMO_SIZE);

  const getSpec = async (
    ownerId: EnterpriseId,
    reportId: ReportId,
  ): Promise<{ revision: number; spec: ReportSpec }> => {
    const stored = await reportRows(db, ownerId).findSpec(reportId);
    if (!stored) throw notFound();
    const { revision, spec } = stored;
    return { revision, spec: specs.get(`${reportId}/${revision}`, () => ReportSpec.parse(spec)) };
  };

  const getModels = async (
    ownerId: EnterpriseId,
    spec: ReportSpec,
  ): Promise<ReadonlyMap<DatasetName, DatasetModel>> => {
    const stored = await datasets(db, ownerId).listModels(datasetsOf(spec));
    return new Map(
      stored.map(({ id, name, updatedAt, model }) => [
        name,
        models.get(`${id}/${updatedAt.getTime()}`, () => DatasetModel.parse(model)),
      ]),
    );
  };

  const getReadable = async (actor: Actor, reportId: ReportId): Promise<ReadableReport> => {
    const report = await findReadable(db, await readerOf(db, actor), reportId);
    // The same answer whether it does not exist or is somebody else's: a stranger learns nothing.
    if (!report) throw notFound();
    return report;
  };

  return {
    list: async (session: Session, question: ListQuestion): Promise<z.input<typeof ReportList>> => {
      const reader = await readerOf(db, requireActor(session));
      const { reports, total } = await listReadable(db, reader, question);
      return { reports: reports.map(toSummary), total };
    },

    /** The specification and the data of its cards. */
    view: async (session: Session, reportId: ReportId, signal: AbortSignal): Promise<z.input<typeof ReportView>> => {
      const actor = requireActor(session);
      const report = await getReadable(actor, reportId);
      const { revision, spec } = await getSpec(report.ownerId, reportId);
      const at = new Date(parts.now());
      const visit = { enterpriseId: actor.enterpriseId, userId: actor.userId, reportId, at };
      const [known] = await Promise.all([getModels(report.ownerId, spec), saveVisit(db, visit)]);
      const cards = await computeCards(
        {
          engine: parts.engine,
          enterpriseId: report.ownerId,
          datasets: known,
          signal,
          failed: (elementId, error) => parts.cardFailed(reportId, elementId, error),
        },
        spec,
      );
      return {
        id: reportId,
        revision,
        level: report.level,
        favourite: report.favourite,
        spec,
        cards,
        dataAsOf: at.toISOString(),
      };
    },

    setFavourite: async (session: Session, reportId: ReportId, favourite: boolean): Promise<{ favourite: boolean }> => {
      const actor = requireActor(session);
      await getReadable(actor, reportId);
      const own = favourites(db, actor.enterpriseId, actor.userId);
      await (favourite ? own.save(reportId) : own.remove(reportId));
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

    /** Adds a revision; answers its number. */
    save: async (input: {
      enterpriseId: EnterpriseId;
      reportId: ReportId;
      spec: z.input<typeof ReportSpec>;
      createdBy: UserId | null;
    }): Promise<number> => {
      const spec = ReportSpec.parse(input.spec);
      const revision = await db
        .transaction()
        .execute((trx) => reportRows(trx, input.enterpriseId).addRevision(input.reportId, spec, input.createdBy));
      if (revision === undefined) throw new AppError("report_not_found", "There is no such report.");
      return revision;
    },

    grant: (enterpriseId: EnterpriseId, reportId: ReportId, grantee: Grantee, level: Level): Promise<void> =>
      reportGrants(db, enterpriseId).save(reportId, grantee, level),
  };
}

function notFound(): AppError {
  return new AppError("report_not_found", "There is no such report, or it is not shared with you.");
}

function datasetsOf(spec: ReportSpec): DatasetName[] {
  const names = Object.values(spec.elements).flatMap((element) => {
    if (element.type === "text") return [];
    const trend = element.type === "kpi" ? element.trend : undefined;
    return trend ? [element.query.dataset, trend.dataset] : [element.query.dataset];
  });
  return [...new Set(names)];
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
  };
}
