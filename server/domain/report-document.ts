import { DatasetModel } from "../../core/contract/dataset";
import type { DatasetName, EnterpriseId, ReportId } from "../../core/contract/id";
import { ReportSpec } from "../../core/contract/report";
import { datasets } from "../database/dataset";
import { reports as reportRows } from "../database/report";
import type { Asker } from "../analytics/query/asker";
import { findReadable, type Reader, type ReadableReport } from "../database/report-reader";
import type { Db } from "../database/tables";
import { AppError } from "../errors";
import { Memo } from "./memo";
import { askerOf, readerOf, type Actor } from "./policy";

/** A report that somebody may see: its document, and the models of the datasets that it asks. */
export interface ReportDocument {
  report: ReadableReport;
  revision: number;
  spec: ReportSpec;
  models: ReadonlyMap<DatasetName, DatasetModel>;
  /** The person who reads: the datasets' policies judge them, not the owner. */
  asker: Asker;
}

export type ReportDocuments = ReturnType<typeof createReportDocuments>;

const MEMO_SIZE = 500;

/** Opens reports for the people who may see them. */
export function createReportDocuments(db: Db) {
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

  const getModels = async (ownerId: EnterpriseId, spec: ReportSpec): Promise<ReportDocument["models"]> => {
    const stored = await datasets(db, ownerId).listModels(datasetsOf(spec));
    return new Map(
      stored.map(({ id, name, updatedAt, model }) => [
        name,
        models.get(`${id}/${updatedAt.getTime()}`, () => DatasetModel.parse(model)),
      ]),
    );
  };

  const findFor = async (reader: Reader, reportId: ReportId): Promise<ReadableReport> => {
    const report = await findReadable(db, reader, reportId);
    // The same answer whether it does not exist or is somebody else's: a stranger learns nothing.
    if (!report) throw notFound();
    return report;
  };

  return {
    /** Throws `report_not_found` for strangers too. */
    requireReadable: async (actor: Actor, reportId: ReportId): Promise<ReadableReport> =>
      findFor(await readerOf(db, actor), reportId),

    /** Throws `report_not_found` for strangers too. */
    open: async (actor: Actor, reportId: ReportId): Promise<ReportDocument> => {
      const reader = await readerOf(db, actor);
      const report = await findFor(reader, reportId);
      const { revision, spec } = await getSpec(report.ownerId, reportId);
      const models = await getModels(report.ownerId, spec);
      return { report, revision, spec, models, asker: askerOf(actor, reader) };
    },
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
