import { DatasetModel, type Hierarchy } from "../../../core/contract/dataset/dataset";
import type { DatasetName, EnterpriseId, ReportId, UserId } from "../../../core/contract/id";
import { ReportSpec } from "../../../core/contract/report/report";
import { withHierarchies } from "../../../core/report/question/hierarchy";
import { datasets } from "../../database/dataset/dataset";
import { reports as reportRows } from "../../database/report/report";
import type { AccessChanges } from "../../database/access/access-changed";
import type { Asker } from "../../analytics/query/asker";
import { findReadable, type ReadableReport } from "../../database/report/reader";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import { Memo } from "../access/memo";
import { administers, askerOf, readerOf, type Actor } from "../access/policy";
import { seenAs } from "./view-as";
import { Remembered, type Cause, type Found } from "../access/remembered";

/** What is the same for all who may see a report: its document, and the models of the datasets that it asks. */
interface Content {
  revision: number;
  spec: ReportSpec;
  /** The specification as it is sent. */
  specJson: Buffer;
  models: ReadonlyMap<DatasetName, DatasetModel>;
}

/** A report that somebody may see. */
export interface ReportDocument extends Content {
  report: ReadableReport;
  /** The person who reads: the datasets' policies judge them, not the owner. */
  asker: Asker;
}

type Access = Pick<ReportDocument, "report" | "asker">;

export type ReportDocuments = ReturnType<typeof createReportDocuments>;

const MEMO_SIZE = 500;

/** Opens reports for the people who may see them. What was read is remembered until any of it changes, on any node. */
export function createReportDocuments(parts: { db: Db; changes: AccessChanges; now: () => number }) {
  const { db, changes, now } = parts;
  const accesses = new Remembered<Access>(changes, now);
  const contents = new Remembered<Content>(changes, now);
  // Checking a stored document costs more than reading it, and a revision never changes.
  const specs = new Memo<Pick<Content, "spec" | "specJson">>(MEMO_SIZE);
  const models = new Memo<DatasetModel>(MEMO_SIZE);

  const readContent = async (ownerId: EnterpriseId, reportId: ReportId): Promise<Found<Content> | undefined> => {
    const stored = await reportRows(db, ownerId).findSpec(reportId);
    if (!stored) return undefined;
    const { revision } = stored;
    const own = specs.get(`${reportId}/${revision}`, () => checked(stored.spec));
    const models = await readModels(ownerId, own.spec);
    return {
      value: { revision, ...ledDown(own, models), models },
      causes: [`report:${reportId}`, `datasets:${ownerId}`],
    };
  };

  const readModels = async (ownerId: EnterpriseId, spec: ReportSpec): Promise<Content["models"]> => {
    const stored = await datasets(db, ownerId).listModels(datasetsOf(spec));
    return new Map(
      stored.map(({ id, name, revision, model }) => [
        name,
        models.get(`${id}/${revision}`, () => DatasetModel.parse(model)),
      ]),
    );
  };

  const readAccess = async (actor: Actor, reportId: ReportId): Promise<Found<Access> | undefined> => {
    const reader = await readerOf(db, actor);
    const report = await findReadable(db, reader, reportId);
    if (!report) return undefined;
    const { userId, enterpriseId } = actor;
    return {
      value: { report, asker: await askerOf(db, actor, reader) },
      causes: [
        `report:${reportId}`,
        `enterprise:${report.ownerId}`,
        `enterprise:${enterpriseId}`,
        `organisation:${enterpriseId}`,
        `user:${userId}`,
        `favourites:${userId}`,
      ],
    };
  };

  const accessKey = (actor: Actor, reportId: ReportId): string =>
    `${actor.enterpriseId}/${actor.userId}/${actor.role}/${administers(actor)}/${reportId}`;

  const requireAccess = async (actor: Actor, reportId: ReportId): Promise<Access> => {
    const access = await accesses.find(accessKey(actor, reportId), () => readAccess(actor, reportId));
    // The same answer whether it does not exist or is somebody else's: a stranger learns nothing.
    if (!access) throw notFound();
    return access;
  };

  // One object for as long as nothing changes.
  const documents = new WeakMap<Access, { content: Content; document: ReportDocument }>();
  const documentOf = (access: Access, content: Content): ReportDocument => {
    const known = documents.get(access);
    if (known?.content === content) return known.document;
    const document = { ...access, ...content };
    documents.set(access, { content, document });
    return document;
  };

  return {
    /** Throws `report_not_found` for strangers too. */
    requireReadable: async (actor: Actor, reportId: ReportId): Promise<ReadableReport> =>
      (await requireAccess(actor, reportId)).report,

    /** Throws `report_not_found` for strangers too. `viewAs`: shows what another user would see; see `seenAs`. */
    open: async (actor: Actor, reportId: ReportId, viewAs?: UserId): Promise<ReportDocument> => {
      const own = await requireAccess(actor, reportId);
      const access = viewAs === undefined ? own : await seenAs({ db, now }, { actor, report: own.report, viewAs });
      const { ownerId } = access.report;
      const content = await contents.find(`${ownerId}/${reportId}`, () => readContent(ownerId, reportId));
      if (!content) throw notFound();
      return documentOf(access, content);
    },

    /** A report as it would be with this specification, for the person who looks at it before it is saved. */
    unsaved: async (actor: Actor, reportId: ReportId, spec: ReportSpec): Promise<ReportDocument> => {
      const access = await requireAccess(actor, reportId);
      const models = await readModels(access.report.ownerId, spec);
      return { ...access, revision: 0, ...ledDown(written(spec), models), models };
    },

    /** `open` of one's own view, where all of it is remembered: nothing is waited for. */
    peek: (actor: Actor, reportId: ReportId): ReportDocument | undefined => {
      const access = accesses.peek(accessKey(actor, reportId));
      const content = access && contents.peek(`${access.report.ownerId}/${reportId}`);
      return content && documentOf(access, content);
    },

    /** This node changed something: its next request must not race the notification. */
    changed: (cause: Cause): void => {
      accesses.forget(cause);
      contents.forget(cause);
    },
  };
}

/** What the datasets' hierarchies add is no part of the stored report. */
function ledDown(
  own: Pick<Content, "spec" | "specJson">,
  models: Content["models"],
): Pick<Content, "spec" | "specJson"> {
  const hierarchies = new Map<string, Hierarchy[]>(
    [...models].map(([name, { dingboard }]) => [name, dingboard.hierarchies ?? []]),
  );
  if ([...hierarchies.values()].every((each) => each.length === 0)) return own;
  return written(withHierarchies(own.spec, (dataset) => hierarchies.get(dataset) ?? []));
}

function checked(stored: unknown): Pick<Content, "spec" | "specJson"> {
  return written(ReportSpec.parse(stored));
}

function written(spec: ReportSpec): Pick<Content, "spec" | "specJson"> {
  return { spec, specJson: Buffer.from(JSON.stringify(spec)) };
}

function notFound(): AppError {
  return new AppError("report_not_found", "There is no such report, or it is not shared with you.");
}

function datasetsOf(spec: ReportSpec): DatasetName[] {
  const names = Object.values(spec.elements).flatMap((element) => {
    if (!("query" in element)) return [];
    const trend = element.type === "kpi" ? element.trend : undefined;
    return trend ? [element.query.dataset, trend.dataset] : [element.query.dataset];
  });
  return [...new Set(names)];
}
