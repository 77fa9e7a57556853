import type { z } from "zod";
import type { EnterpriseId, FolderId, ReportId, UserId } from "../../../core/contract/id";
import type { draftRoutes } from "../../../core/contract/report/draft";
import { ReportSpec } from "../../../core/contract/report/report";
import { mergeSpecs } from "../../../core/report/merge/merge";
import { same } from "../../../core/report/merge/same";
import { drafts, type DraftHead } from "../../database/report/draft";
import { folders } from "../../database/report/folder";
import { reportGrants } from "../../database/report/grant";
import { reports } from "../../database/report/report";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import { requireEditor, type Actor } from "../access/policy";
import type { Session } from "../access/signed-in";
import type { ReportDocuments } from "./document";
import { requireEditable } from "./editable";

type Routes = typeof draftRoutes;
type Reply<Name extends "get" | "save"> = z.input<Routes[Name]["reply"]>;
type Body<Name extends "create" | "save" | "publish"> = z.output<NonNullable<Routes[Name]["body"]>>;

export interface DraftParts {
  db: Db;
  documents: ReportDocuments;
  now: () => number;
}

/** A report as its editors work on it. */
interface Draft extends DraftHead {
  spec: ReportSpec;
}

/** Making and changing reports. Each enterprise's own editors and administrators; see `requireEditable`. */
export function createDrafts({ db, documents, now }: DraftParts) {
  const open = async (session: Session, reportId: ReportId) => requireEditable(documents, session, reportId);

  const describe = async (session: Session, reportId: ReportId): Promise<Reply<"get">> => {
    const { actor, report } = await open(session, reportId);
    const { spec, savedAt, ...head } = await readDraft(db, actor.enterpriseId, reportId);
    const { level, folderId } = report;
    return { id: reportId, ...head, savedAt: savedAt?.toISOString() ?? null, spec, level, folderId };
  };

  const specOf = async (actor: Actor, { title, description, from }: Body<"create">): Promise<ReportSpec> => {
    const heading = { title, ...(description === undefined ? {} : { description }) };
    if (from.kind === "spec") return { ...from.spec, ...heading };
    if (from.kind === "blank") return ReportSpec.parse({ ...BLANK, ...heading });
    const { ownerId, level } = await documents.requireReadable(actor, from.reportId);
    if (ownerId !== actor.enterpriseId) throw new AppError("forbidden", "Another enterprise's report is not copied.");
    const published = await reports(db, ownerId).findSpec(from.reportId);
    if (!published && level !== "edit") throw new AppError("report_not_found", "There is no such report.");
    const spec = ReportSpec.parse(published?.spec ?? (await readDraft(db, ownerId, from.reportId)).spec);
    return { ...spec, ...heading };
  };

  return {
    /** Makes a report with a draft and nothing published; whoever makes it may edit it. */
    create: async (session: Session, wanted: Body<"create">): Promise<{ reportId: ReportId }> => {
      const actor = requireEditor(session, "Only editors and administrators may make reports.");
      const { enterpriseId, userId } = actor;
      if (wanted.folderId !== null) await requireFolder(db, enterpriseId, wanted.folderId);
      const spec = await specOf(actor, wanted);
      const reportId = await db.transaction().execute(async (trx) => {
        const id = await reports(trx, enterpriseId).insertUnpublished(spec, userId, wanted.folderId);
        await reportGrants(trx, enterpriseId).save(id, { kind: "user", userId }, "edit");
        await drafts(trx, enterpriseId).lock(id);
        const first = { version: 1, spec, sent: null, client: null, savedBy: userId, isDraft: true };
        await drafts(trx, enterpriseId).save(id, { ...first, at: new Date(now()) });
        return id;
      });
      return { reportId };
    },

    get: describe,

    /** Throws `draft_base_gone` where it is not known any more what `version` was. */
    save: async (
      session: Session,
      { reportId, spec: sent, version, client }: Body<"save"> & { reportId: ReportId },
    ): Promise<Reply<"save">> => {
      const { actor } = await open(session, reportId);
      return db.transaction().execute(async (trx) => {
        const own = drafts(trx, actor.enterpriseId);
        await own.lock(reportId);
        const theirs = await readDraft(trx, actor.enterpriseId, reportId);
        const base = await baseOf(trx, actor.enterpriseId, { reportId, version, client, theirs });
        const { spec, conflicts } = mergedSafely({ base, mine: sent, theirs: theirs.spec });
        const asSent = same(spec, sent);
        const answer = { spec: asSent ? null : spec, conflicts };
        if (same(spec, theirs.spec)) {
          return { ...answer, version: theirs.version, savedAt: theirs.savedAt?.toISOString() ?? null };
        }
        const at = new Date(now());
        const next = { version: theirs.version + 1, spec, sent: asSent ? null : sent, client };
        await keepPublished(trx, actor.enterpriseId, reportId, theirs);
        await own.save(reportId, { ...next, savedBy: actor.userId, isDraft: true, at });
        if (theirs.revision === 0) await reports(trx, actor.enterpriseId).rename(reportId, spec);
        return { ...answer, version: next.version, savedAt: at.toISOString() };
      });
    },

    /** Throws `draft_changed` where somebody saved since, `report_unpublished` where nothing is left to go back to. */
    discard: async (session: Session, reportId: ReportId, version: number): Promise<Reply<"get">> => {
      const { actor } = await open(session, reportId);
      const { enterpriseId, userId } = actor;
      await db.transaction().execute(async (trx) => {
        const own = drafts(trx, enterpriseId);
        await own.lock(reportId);
        const draft = await requireVersion(trx, enterpriseId, { reportId, version });
        if (!draft.isDraft) return;
        const published = await reports(trx, enterpriseId).findSpec(reportId);
        if (!published) throw new AppError("report_unpublished", "Nothing of this report is published yet.");
        const next = { version: version + 1, spec: ReportSpec.parse(published.spec), sent: null, client: null };
        await own.save(reportId, { ...next, savedBy: userId, isDraft: false, at: new Date(now()) });
      });
      return describe(session, reportId);
    },

    /** Puts another specification in the draft's place. Throws `draft_changed` where somebody saved since. */
    replace: async (
      session: Session,
      { reportId, version, spec }: { reportId: ReportId; version: number; spec: ReportSpec },
    ): Promise<Reply<"get">> => {
      const { actor } = await open(session, reportId);
      await db.transaction().execute(async (trx) => {
        const own = drafts(trx, actor.enterpriseId);
        await own.lock(reportId);
        const draft = await requireVersion(trx, actor.enterpriseId, { reportId, version });
        await keepPublished(trx, actor.enterpriseId, reportId, draft);
        const next = { version: version + 1, spec, sent: null, client: null, savedBy: actor.userId };
        await own.save(reportId, { ...next, isDraft: true, at: new Date(now()) });
      });
      return describe(session, reportId);
    },

    /** Answers the revision's number; where everything is published already, the present one. Throws `draft_changed`. */
    publish: async (
      session: Session,
      { reportId, version, note }: Body<"publish"> & { reportId: ReportId },
    ): Promise<{ revision: number }> => {
      const { actor } = await open(session, reportId);
      const { enterpriseId, userId } = actor;
      const revision = await db.transaction().execute(async (trx) => {
        await drafts(trx, enterpriseId).lock(reportId);
        const draft = await requireVersion(trx, enterpriseId, { reportId, version });
        if (!draft.isDraft) return draft.revision;
        await drafts(trx, enterpriseId).end(reportId);
        return reports(trx, enterpriseId).addRevision(reportId, draft.spec, { createdBy: userId, note });
      });
      if (revision === undefined) throw gone();
      documents.changed(`report:${reportId}`);
      return { revision };
    },
  };
}

const BLANK = { version: 1, pages: [{ id: "page-1", title: "", layout: [] }], elements: {} };

export type Drafts = ReturnType<typeof createDrafts>;

/** The draft, or what is published where there is none. Throws `report_not_found`. */
export async function readDraft(db: Db, enterpriseId: EnterpriseId, reportId: ReportId): Promise<Draft> {
  const own = drafts(db, enterpriseId);
  const head = await own.findHead(reportId);
  const spec = head?.isDraft
    ? await own.findSave(reportId, head.version)
    : (await reports(db, enterpriseId).findSpec(reportId))?.spec;
  if (!head || spec === undefined) throw gone();
  return { ...head, spec: ReportSpec.parse(spec) };
}

async function requireVersion(
  db: Db,
  enterpriseId: EnterpriseId,
  { reportId, version }: { reportId: ReportId; version: number },
): Promise<Draft> {
  const draft = await readDraft(db, enterpriseId, reportId);
  if (draft.version === version) return draft;
  throw new AppError("draft_changed", "Somebody has saved the draft since.");
}

/**
 * What a client's state was made from: what it sent last, where it does not know the answer to that, or else the version
 * that it names. Throws `draft_base_gone`.
 */
async function baseOf(
  db: Db,
  enterpriseId: EnterpriseId,
  asked: { reportId: ReportId; version: number; client: string; theirs: Draft },
): Promise<ReportSpec> {
  const { reportId, version, client, theirs } = asked;
  if (version === theirs.version) return theirs.spec;
  const own = drafts(db, enterpriseId);
  const spec =
    version > theirs.version
      ? undefined
      : ((await own.findSentSince(reportId, version, client)) ?? (await own.findSave(reportId, version)));
  if (spec === undefined) throw new AppError("draft_base_gone", "It is no longer known what this was made from.");
  return ReportSpec.parse(spec);
}

/** A report that was never saved by its editors begins with what is published: others may have that in hand. */
async function keepPublished(db: Db, enterpriseId: EnterpriseId, reportId: ReportId, draft: Draft): Promise<void> {
  if (!draft.isDraft) await drafts(db, enterpriseId).keep(reportId, draft.version, draft.spec);
}

/** A merge that the format refuses must not cost anybody a change: theirs stays, and all of mine is there to be taken. */
function mergedSafely(three: Parameters<typeof mergeSpecs>[0]): ReturnType<typeof mergeSpecs> {
  const merged = mergeSpecs(three);
  const checked = ReportSpec.safeParse(merged.spec);
  if (checked.success) return { ...merged, spec: checked.data };
  const { mine, theirs } = three;
  return { spec: theirs, conflicts: [{ kind: "both", unit: "", mine, theirs }] };
}

/**
 * Adds a revision besides its editors, as scripts do. A draft that they have goes on with what it changed itself. Answers
 * the revision's number; undefined where the enterprise has no such report.
 */
export async function publishBeside(
  db: Db,
  input: { enterpriseId: EnterpriseId; reportId: ReportId; spec: ReportSpec; createdBy: UserId | null; at: Date },
): Promise<number | undefined> {
  const { enterpriseId, reportId, spec, createdBy, at } = input;
  const [own, rows] = [drafts(db, enterpriseId), reports(db, enterpriseId)];
  if (!(await own.findHead(reportId))) return undefined;
  const { version, isDraft } = await own.lock(reportId);
  const published = (await rows.findSpec(reportId))?.spec;
  const next = { version: version + 1, sent: null, client: null, savedBy: createdBy, isDraft, at };
  if (isDraft && published !== undefined) {
    const { spec: mine } = await readDraft(db, enterpriseId, reportId);
    const merged = mergedSafely({ base: ReportSpec.parse(published), mine: spec, theirs: mine });
    await own.save(reportId, { ...next, spec: merged.spec });
  } else if (!isDraft) {
    await own.keep(reportId, version, published);
    await own.save(reportId, { ...next, spec });
  }
  return rows.addRevision(reportId, spec, { createdBy });
}

async function requireFolder(db: Db, enterpriseId: EnterpriseId, folderId: FolderId): Promise<void> {
  if ((await folders(db, enterpriseId).depth(folderId)) > 0) return;
  throw new AppError("not_found", "The enterprise has no such folder.");
}

function gone(): AppError {
  return new AppError("report_not_found", "There is no such report, or it is not shared with you.");
}
