import { DatasetModel } from "../../core/contract/dataset";
import type { DatasetName, EnterpriseId, ReportId } from "../../core/contract/id";
import { ReportSpec } from "../../core/contract/report";
import { datasets } from "../database/dataset";
import { reports as reportRows } from "../database/report";
import { findReadable, type ReadableReport } from "../database/report-reader";
import type { Db } from "../database/tables";
import { AppError } from "../errors";
import { Memo } from "./memo";
import { readerOf, type Actor } from "./policy";

/** A report that somebody may see: its document, and the models of the datasets that it asks. */
export interface ReportDocument {
  report: ReadableReport;
  revision: number;
  spec: ReportSpec;
  models: ReadonlyMap<DatasetName, DatasetModel>;
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

  const requireReadable = async (actor: Actor, reportId: ReportId): Promise<ReadableReport> => {
    const report = await findReadable(db, await readerOf(db, actor), reportId);
    // The same answer whether it does not exist or is somebody else's: a stranger learns nothing.
    if (!report) throw notFound();
    return report;
  };

  return {
    /** Throws `report_not_found` for strangers too. */
    requireReadable,

    /** Throws `report_not_found` for strangers too. */
    open: async (actor: Actor, reportId: ReportId): Promise<ReportDocument> => {
      const report = await requireReadable(actor, reportId);
      const { revision, spec } = await getSpec(report.ownerId, reportId);
      return { report, revision, spec, models: await getModels(report.ownerId, spec) };
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
