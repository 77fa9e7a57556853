import { z } from "zod";
import { FolderId, ReportId, UserId } from "../id";
import { route } from "../route";
import { CardsReply, Question } from "./question";
import { ReportElement } from "./element";
import { ElementId, Level, ReportFilter, ReportSpec } from "./report";

/** A draft's number: rises by one with each save, and never falls, also not by publishing or discarding. */
export const DraftVersion = z.number().int().min(0).max(2_000_000_000);

/** One page that has the editor open: made anew each time it is opened. */
export const EditorClient = z.string().regex(/^[\w-]{8,64}$/);

export const NamedUser = z.object({ id: UserId, name: z.string() });
export type NamedUser = z.infer<typeof NamedUser>;

/** What a merge could not settle by itself; see `core/report/merge/conflict.ts`. */
export const DraftConflict = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("both"), unit: z.string(), mine: z.unknown(), theirs: z.unknown() }),
  z.object({ kind: z.literal("kept"), unit: z.string(), removedBy: z.enum(["mine", "theirs"]) }),
  z.object({ kind: z.literal("renamed"), unit: z.string(), to: z.string() }),
  z.object({ kind: z.literal("full"), unit: z.string(), mine: z.unknown() }),
]);

/** Somebody who has the report open in the editor. */
export const Presence = z.object({
  client: EditorClient,
  user: NamedUser,
  /** The card that they have open. */
  element: ElementId.nullable(),
});
export type Presence = z.infer<typeof Presence>;

/** What editors of a report want to hear of without asking. */
export const DraftState = z.object({
  version: DraftVersion,
  /** The published revision; 0 where nothing is published yet. */
  revision: z.number().int(),
  /** Whether there are changes that are not published. */
  isDraft: z.boolean(),
  savedBy: NamedUser.nullable(),
  savedAt: z.iso.datetime().nullable(),
  people: z.array(Presence),
  /** Stands for all of this: whoever knows it is told when it is another. */
  tag: z.string(),
});
export type DraftState = z.infer<typeof DraftState>;

export const ReportDraft = z.object({
  ...DraftState.omit({ people: true, tag: true }).shape,
  id: ReportId,
  /** The draft, or what is published where there is none. */
  spec: ReportSpec,
  level: Level,
  folderId: FolderId.nullable(),
});
export type ReportDraft = z.infer<typeof ReportDraft>;

const SavedDraft = z.object({
  version: DraftVersion,
  /** The merged draft; null where it is what was sent. */
  spec: ReportSpec.nullable(),
  conflicts: z.array(DraftConflict),
  savedAt: z.iso.datetime().nullable(),
});

const params = z.object({ reportId: ReportId });
const title = ReportSpec.shape.title;
const few = <Value>(record: Record<string, Value>): boolean => Object.keys(record).length <= 60;

/**
 * Drafts of reports, for those who may edit them in the enterprise that owns them: administrators, and editors with an
 * `edit` grant. Anybody else who may see the report gets `forbidden`, and `report_not_found` who may not.
 */
export const draftRoutes = {
  create: route({
    method: "POST",
    path: "/api/reports",
    summary: "Makes a report that nobody but its editors sees until it is published",
    access: "session",
    body: z.object({
      title,
      description: ReportSpec.shape.description,
      folderId: FolderId.nullable().default(null),
      from: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("blank") }),
        z.object({ kind: z.literal("spec"), spec: ReportSpec }),
        /** A report of the same enterprise that this person may see: as published, or its draft where nothing is. */
        z.object({ kind: z.literal("copy"), reportId: ReportId }),
      ]),
    }),
    reply: z.object({ reportId: ReportId }),
  }),
  get: route({
    method: "GET",
    path: "/api/reports/:reportId/draft",
    summary: "A report as its editors work on it",
    access: "session",
    params,
    reply: ReportDraft,
  }),
  save: route({
    method: "POST",
    path: "/api/reports/:reportId/draft",
    summary:
      "Saves a draft that was made from `version`, merged with what was saved since; `draft_base_gone` where that is no longer known",
    access: "session",
    params,
    body: z.object({ spec: ReportSpec, version: DraftVersion, client: EditorClient }),
    reply: SavedDraft,
  }),
  discard: route({
    method: "POST",
    path: "/api/reports/:reportId/draft/discard",
    summary: "Goes back to what is published; `report_unpublished` where nothing is",
    access: "session",
    params,
    body: z.object({ version: DraftVersion }),
    reply: ReportDraft,
  }),
  publish: route({
    method: "POST",
    path: "/api/reports/:reportId/publish",
    summary: "Shows readers the draft; `draft_changed` where somebody saved since `version`",
    access: "session",
    params,
    body: z.object({ version: DraftVersion, note: z.string().trim().max(500).optional() }),
    reply: z.object({ revision: z.number().int() }),
  }),
  preview: route({
    method: "POST",
    path: "/api/reports/:reportId/preview",
    summary: "The data of cards that are not saved, as a view would answer it; a later one of the same client ends it",
    access: "session",
    params,
    body: z.object({
      client: EditorClient,
      elements: z.record(ElementId, ReportElement).refine(few),
      /** The draft's where absent. */
      filters: z.array(ReportFilter).max(30).optional(),
      question: Question.optional(),
    }),
    reply: CardsReply,
  }),
  /** Answers server-sent events `state` with a `DraftState` in each, and `ended` with an error's code; ends by itself within a minute. */
  events: route({
    method: "GET",
    path: "/api/reports/:reportId/draft/events",
    summary: "Tells a report's editors of saves, publishing and each other as they happen",
    access: "session",
    params,
    reply: DraftState,
  }),
  changes: route({
    method: "GET",
    path: "/api/reports/:reportId/draft/changes",
    summary: "The same for clients without streams: answers when the state has another tag than `after`, or 25 s later",
    access: "session",
    params,
    query: z.object({ after: z.string().max(100).optional() }),
    reply: DraftState,
  }),
  presence: route({
    method: "POST",
    path: "/api/reports/:reportId/presence",
    summary: "Says that a person has the report open, and which card; to be said again within 30 s",
    access: "session",
    params,
    body: z.object({
      client: EditorClient,
      element: ElementId.nullable().default(null),
      /** The page is being closed. */
      leaves: z.boolean().default(false),
    }),
    reply: z.object({}),
  }),
};
