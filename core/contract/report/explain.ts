import { z } from "zod";
import { ERRORS, type ErrorCode } from "../error";
import { DatasetName, EnterpriseId, ReportId } from "../id";
import { Scalar } from "./query";
import { ElementId } from "./report";
import { route } from "../route";

/** How one question of a card is answered. */
export const ExplainedQuestion = z.object({
  /** A KPI asks a second one for its small line. */
  part: z.enum(["main", "trend"]),
  dataset: DatasetName,
  /** What the cache had when the explanation was asked for. A stale answer is shown while the next one is computed. */
  cache: z.enum(["fresh", "stale", "absent"]),
  /** Null where the question failed. */
  answer: z
    .object({
      /** `duckdb`, `postgresql`, ... */
      engine: z.string(),
      /** What the engine was given: its SQL, with placeholders, and the values that were bound to them, in order. */
      statements: z.array(z.object({ sql: z.string(), values: z.array(Scalar) })),
      computedAt: z.iso.datetime(),
      /** How long the engine took, and how long the question waited for its turn, in ms, when it was computed. */
      engineMs: z.number(),
      queueMs: z.number(),
      rows: z.number().int(),
      /** Of the answer as it is sent. */
      bytes: z.number().int(),
    })
    .nullable(),
  failure: z
    .object({ code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]), message: z.string() })
    .nullable(),
});
export type ExplainedQuestion = z.infer<typeof ExplainedQuestion>;

export const Explanation = z.object({ questions: z.array(ExplainedQuestion) });
export type Explanation = z.infer<typeof Explanation>;

/** How slow queries are told apart; a failure has a code of its own besides. */
export const SlowOutcome = z.enum(["answered", "abandoned", "failed"]);
export type SlowOutcome = z.infer<typeof SlowOutcome>;

/** A statement that took its engine long. No value of a question is in it. */
export const SlowQuery = z.object({
  at: z.iso.datetime(),
  /** Null where the report is gone. */
  report: z.object({ id: ReportId, title: z.string() }).nullable(),
  dataset: z.string(),
  engine: z.string(),
  sql: z.string(),
  /** `answered`, `abandoned` (everybody who waited had gone), or the code of the failure. */
  outcome: z.string(),
  engineMs: z.number().int(),
  queueMs: z.number().int(),
  rows: z.number().int().nullable(),
});
export type SlowQuery = z.infer<typeof SlowQuery>;

export const explainRoutes = {
  card: route({
    method: "GET",
    path: "/api/reports/:reportId/elements/:elementId/explain",
    summary: "How a card is computed, for those who may edit the report",
    access: "session",
    params: z.object({ reportId: ReportId, elementId: ElementId }),
    /** A question as a link carries it. */
    query: z.object({ question: z.string().max(8_000).optional() }),
    reply: Explanation,
  }),
  slow: route({
    method: "GET",
    path: "/api/enterprises/:enterpriseId/slow-queries",
    summary: "What took the engines long in the last 30 days, the latest first; for administrators",
    access: "session",
    params: z.object({ enterpriseId: EnterpriseId }),
    query: z.object({
      limit: z.coerce.number().int().min(1).max(500).default(100),
      outcome: SlowOutcome.optional(),
    }),
    reply: z.object({
      queries: z.array(SlowQuery),
      /** From how many ms of the engine's time a query counts as slow here. */
      slowMs: z.number().int(),
    }),
  }),
};
