import { z } from "zod";
import { FieldName, FilterOperator, Format, Scalar } from "./query";
import { SemanticModel } from "./semantic-model";

const DimensionSettings = z.strictObject({
  /** What people read; the field's name where absent. */
  label: z.string().min(1).max(100),
  format: Format.optional(),
});

const MeasureSettings = z.strictObject({
  label: z.string().min(1).max(100),
  format: Format.optional(),
  /** Whether more is better; colours a comparison. */
  direction: z.enum(["up_good", "down_good", "neutral"]).optional(),
});

const PolicyFilter = z.strictObject({
  member: FieldName,
  operator: FilterOperator,
  /** A text such as `{ userAttributes.department }` stands for a value of the person who asks. */
  values: z.array(Scalar).max(1_000).default([]),
});

/**
 * One entry of Cube's `access_policy` (https://cube.dev/docs/reference/data-model/data-access-policies): who it is for,
 * which members and which rows they see. Entries add up (OR); whoever none of them names sees nothing.
 */
export const AccessPolicy = z
  .strictObject({
    group: z.string().min(1).optional(),
    groups: z.array(z.string().min(1)).min(1).optional(),
    member_level: z
      .strictObject({
        includes: z.union([z.literal("*"), z.array(FieldName)]).optional(),
        excludes: z.union([z.literal("*"), z.array(FieldName)]).optional(),
      })
      .optional(),
    row_level: z
      .strictObject({ filters: z.array(PolicyFilter).optional(), allow_all: z.boolean().optional() })
      .optional(),
  })
  .refine((policy) => (policy.group === undefined) !== (policy.groups === undefined), {
    message: "A policy names either `group` or `groups`.",
  });
export type AccessPolicy = z.infer<typeof AccessPolicy>;

/** What Ossie has no words for (display names, formats, policies, what "today" means). Never part of its `semantic_model`. */
export const DatasetSettings = z.strictObject({
  /** The dataset's name as people read it. */
  label: z.string().min(1).max(100),
  /**
   * Where relative periods ("the past 30 days") end. `now`: today in `timeZone`. `latest`: the last day that the data
   * has in its first time field, for data that arrives late, in batches, or not any more: there `now` would show the
   * person an empty report, or compare three days of this month with four of the last.
   */
  asOf: z.enum(["now", "latest"]).default("latest"),
  /** IANA name. Says which day it is, and cuts instants (`DateTimeTz`) into days. */
  timeZone: z.string().refine(isTimeZone, { message: "Not a time zone's IANA name." }).default("Asia/Shanghai"),
  dimensions: z.record(FieldName, DimensionSettings).default({}),
  measures: z.record(FieldName, MeasureSettings).default({}),
  /**
   * Empty or absent: everybody who may see a report of this dataset sees all of its rows. With one entry or more the
   * dataset denies by default; since enforcing them comes later, the engine refuses every query of such a dataset
   * rather than show rows that a policy hides.
   */
  access_policy: z.array(AccessPolicy).max(100).optional(),
});
export type DatasetSettings = z.infer<typeof DatasetSettings>;

/** A dataset's stored document: one Ossie semantic model and, beside it, our settings. */
export const DatasetModel = z
  .strictObject({ version: z.literal(1), semantic_model: SemanticModel, dingboard: DatasetSettings })
  .superRefine((model, context) => {
    const refuse = (path: PropertyKey[], message: string): void => context.addIssue({ code: "custom", path, message });
    const fields = (model.semantic_model.datasets[0]?.fields ?? []).map((field) => field.name);
    const measures = metricsOf(model.semantic_model).map((metric) => metric.name);
    const names = [...fields, ...measures];
    for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
      refuse(
        ["semantic_model", "datasets", 0],
        `The name "${name}" is taken twice; fields and metrics share one space.`,
      );
    }
    for (const name of Object.keys(model.dingboard.dimensions)) {
      if (!fields.includes(name)) refuse(["dingboard", "dimensions", name], `The model has no field "${name}".`);
    }
    for (const name of Object.keys(model.dingboard.measures)) {
      if (!measures.includes(name)) refuse(["dingboard", "measures", name], `The model has no metric "${name}".`);
    }
    (model.dingboard.access_policy ?? []).forEach((policy, index) => {
      for (const member of membersOf(policy).filter((member) => !names.includes(member))) {
        refuse(["dingboard", "access_policy", index], `The model has no field or metric "${member}".`);
      }
    });
  });
export type DatasetModel = z.infer<typeof DatasetModel>;

/** All metrics of a model: those of its dataset, then those of the model itself. */
export function metricsOf(model: SemanticModel): NonNullable<SemanticModel["metrics"]> {
  return [...model.datasets.flatMap((dataset) => dataset.metrics ?? []), ...(model.metrics ?? [])];
}

function membersOf(policy: AccessPolicy): string[] {
  const listed = [policy.member_level?.includes, policy.member_level?.excludes].flatMap((names) =>
    Array.isArray(names) ? names : [],
  );
  return [...listed, ...(policy.row_level?.filters ?? []).map((filter) => filter.member)];
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
