import type { ReportDraft } from "../../../core/contract/report/draft";
import type { ReportSpec } from "../../../core/contract/report/report";
import { mergeSpecs } from "../../../core/report/merge/merge";
import type { SavedDraft } from "../../api/draft";
import type { Transport } from "../../api/transport";
import { clock, FakeServer, memoryStorage, settle } from "../server.testing";
import { EditorStore } from "./editor";

export const query = (measures: string[], dimensions: string[] = []) => ({
  dataset: "sales",
  dimensions: dimensions.map((field) => ({ field })),
  measures,
  filters: [],
  sort: [],
  limit: 1_000,
});

/** A report of one page with two cards below each other. */
export function specOfTwo(): ReportSpec {
  return {
    version: 1,
    title: "Sales",
    pages: [
      {
        id: "main",
        title: "",
        layout: [
          { element: "total", x: 0, y: 0, w: 9, h: 4 },
          { element: "trend", x: 0, y: 4, w: 18, h: 9 },
        ],
        mobile: { mode: "auto" },
      },
    ],
    elements: {
      total: { type: "kpi", title: "Total", query: query(["amount"]) },
      trend: { type: "pie", title: "Trend", query: query(["amount"], ["region"]) },
    },
    filters: [],
  } as unknown as ReportSpec;
}

/** A draft as its server has it: editors save to it, and it merges as the real one does. */
export class FakeDraft {
  version = 1;
  revision = 0;
  readonly server = new FakeServer();
  private readonly known: Map<number, ReportSpec>;

  constructor(public spec = specOfTwo()) {
    this.known = new Map([[1, spec]]);
    this.server
      .on("GET /api/reports/r1/draft", () => this.document())
      .on("POST /api/reports/r1/draft", ({ body }) => this.save(body as { spec: ReportSpec; version: number }))
      .on("POST /api/reports/r1/publish", () => ({ revision: ++this.revision }))
      .on("POST /api/reports/r1/preview", ({ body }) => {
        const { elements } = body as { elements: object };
        const ready = { state: "ready", data: { columns: [], values: [], rowCount: 0, truncated: false } };
        return { cards: Object.fromEntries(Object.keys(elements).map((id) => [id, ready])), dataAsOf: "" };
      })
      .on("POST /api/reports/r1/presence", () => ({}));
  }

  document(): ReportDraft {
    const { spec, version, revision } = this;
    const rest = { isDraft: true, savedBy: null, savedAt: null, level: "edit", folderId: null };
    return { id: "r1", spec, version, revision, ...rest } as unknown as ReportDraft;
  }

  private save({ spec, version }: { spec: ReportSpec; version: number }): SavedDraft {
    const base = this.known.get(version);
    if (!base) throw new Error("An editor names a version that it cannot know.");
    const merged = mergeSpecs({ base, mine: spec, theirs: this.spec });
    this.spec = merged.spec;
    this.version += 1;
    this.known.set(this.version, this.spec);
    const answer = merged.spec === spec ? null : merged.spec;
    return { version: this.version, spec: answer, conflicts: merged.conflicts, savedAt: null } as SavedDraft;
  }
}

/** An editor of a draft, with a clock that the test moves. */
export function openOn(
  draft: FakeDraft,
  parts: { client?: string; kept?: Record<string, string>; call?: Transport } = {},
) {
  const time = clock();
  const storage = memoryStorage(parts.kept);
  const at = { now: 0 };
  const editor = new EditorStore(
    {
      call: parts.call ?? draft.server.transport,
      reportId: "r1",
      client: parts.client ?? "client-one",
      later: time.later,
      now: () => (at.now += 10),
      copies: { storage, key: "e1/u1/r1" },
    },
    draft.document(),
  );
  /** Time goes by until nothing is left to be done. */
  const rest = async (): Promise<void> => {
    await settle();
    for (let turn = 0; turn < 10 && time.waiting() > 0; turn += 1) await time.tick();
  };
  return { editor, storage, at, rest, time };
}
