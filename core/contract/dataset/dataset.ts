import { z } from "zod";
import { because } from "./reason";
import { DataSourceId } from "../id";
import { FieldName, Filter, FilterOperator, Format, Scalar } from "../report/query";
import { isTimeZone } from "../time-zone";
import { FileSource, isSqlSource, SemanticModel, SqlSource, TableSource } from "./semantic-model";

/** Not offered to those who make reports; cards that ask it already go on. */
const hidden = z.boolean().optional();

const DimensionSettings = z.strictObject({
  /** What people read; the field's name where absent. */
  label: z.string().min(1).max(100),
  format: Format.optional(),
  hidden,
});

const MeasureSettings = z.strictObject({
  label: z.string().min(1).max(100),
  format: Format.optional(),
  /** Whether more is better; colours a comparison. */
  direction: z.enum(["up_good", "down_good", "neutral"]).optional(),
  hidden,
});

const PolicyFilter = z.strictObject({
  /** A dimension. */
  member: FieldName,
  operator: FilterOperator,
  /**
   * `{ userAttributes.email }` stands for what the reader's attribute of that name holds: one value or several. There are
   * `user_id`, `enterprise_id`, `role`, `department_ids`, the account's `login`, `name`, `email`, `mobile`, `job_number`
   * and the DingTalk member's `userid`, `title`. An attribute that the reader does not have lets no row through.
   */
  values: z.array(Scalar).max(1_000).default([]),
  unit: Filter.shape.unit,
  completed: Filter.shape.completed,
});

/**
 * Whom an entry is for: `*` everybody in the owning enterprise; `role:editor`; `user:<id>`; `department:<DingTalk's id>`
 * with all below it; `enterprise:<id>` another enterprise that the report is shared with; `attribute:<name>=<value>`.
 * Roles, departments and attributes count in the owning enterprise only: another one's administrator could give them
 * to anybody.
 */
const PolicyGroup = z
  .string()
  .max(300)
  .regex(
    /^(?:\*|role:(?:administrator|editor|viewer)|user:[0-9a-f-]{36}|department:\d{1,15}|enterprise:[0-9a-f-]{36}|attribute:[a-z][a-z0-9_]{0,62}=.+)$/,
    {
      message: "A group is *, role:<role>, user:<id>, department:<id>, enterprise:<id> or attribute:<name>=<value>.",
    },
  );

/**
 * One entry of Cube's `access_policy` (https://cube.dev/docs/reference/data-model/data-access-policies): who it is for,
 * which members and which rows they see (all where it does not say). Entries add up (OR): a row is seen with the members
 * that one of its entries gives. Whoever none of them names sees nothing.
 */
export const AccessPolicy = z
  .strictObject({
    group: PolicyGroup.optional(),
    groups: z.array(PolicyGroup).min(1).max(100).optional(),
    member_level: z
      .strictObject({
        includes: z.union([z.literal("*"), z.array(FieldName)]).optional(),
        excludes: z.union([z.literal("*"), z.array(FieldName)]).optional(),
      })
      .optional(),
    row_level: z
      .strictObject({ filters: z.array(PolicyFilter).max(50).optional(), allow_all: z.boolean().optional() })
      .refine((rows) => rows.allow_all === true || (rows.filters ?? []).length > 0, {
        message: "Rows are either filtered or all allowed: `filters`, or `allow_all: true`.",
        ...because("rows_not_said"),
      })
      .optional(),
  })
  .refine((policy) => (policy.group === undefined) !== (policy.groups === undefined), {
    message: "A policy names either `group` or `groups`.",
    ...because("group_or_groups"),
  });
export type AccessPolicy = z.infer<typeof AccessPolicy>;

/**
 * A way down, from the coarsest field to the finest, in Cube's words
 * (https://cube.dev/docs/reference/data-model/hierarchies): region, city, store.
 */
export const Hierarchy = z.strictObject({
  name: FieldName,
  /** What people read. */
  title: z.string().min(1).max(100),
  levels: z.array(FieldName).min(2).max(8),
});
export type Hierarchy = z.infer<typeof Hierarchy>;

/** What Ossie has no words for (display names, formats, policies, what "today" means). Never part of its `semantic_model`. */
export const DatasetSettings = z.strictObject({
  /** The dataset's name as people read it. */
  label: z.string().min(1).max(100),
  /**
   * Where relative periods ("the past 30 days") end. `now`: today in `timeZone`. `latest`: the last day until today that
   * the data has in its first time field, for data that arrives late, in batches, or not any more: there `now` would show the
   * person an empty report, or compare three days of this month with four of the last.
   */
  asOf: z.enum(["now", "latest"]).default("latest"),
  /** IANA name. Says which day it is, and cuts instants (`DateTimeTz`) into days. */
  timeZone: z
    .string()
    .refine(isTimeZone, { message: "Not a time zone's IANA name.", ...because("not_a_time_zone") })
    .default("Asia/Shanghai"),
  /** On which day weeks begin: in time grains, and in periods such as "the current week". */
  weekStart: z.enum(["monday", "sunday"]).default("monday"),
  /** The data source that has the tables which `source` names; absent: files of the enterprise. */
  dataSource: DataSourceId.optional(),
  dimensions: z.record(FieldName, DimensionSettings).default({}),
  measures: z.record(FieldName, MeasureSettings).default({}),
  /** Cards that show a level, and say of themselves neither a way down nor what a tap does, lead on to the next one. */
  hierarchies: z.array(Hierarchy).max(50).optional(),
  /**
   * Empty or absent: everybody who may see a report of this dataset sees all of its rows. With one entry or more the
   * dataset denies by default, to administrators too.
   */
  access_policy: z.array(AccessPolicy).max(100).optional(),
});
export type DatasetSettings = z.infer<typeof DatasetSettings>;

/** A dataset's stored document: one Ossie semantic model and, beside it, our settings. */
export const DatasetModel = z
  .strictObject({ version: z.literal(1), semantic_model: SemanticModel, dingboard: DatasetSettings })
  .superRefine((model, context) => {
    const refuse = (path: PropertyKey[], message: string, reason?: ReturnType<typeof because>): void =>
      context.addIssue({ code: "custom", path, message, ...reason });
    const fields = model.semantic_model.datasets.flatMap((dataset) => dataset.fields.map((field) => field.name));
    const measures = metricsOf(model.semantic_model).map((metric) => metric.name);
    const names = [...fields, ...measures];
    for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
      refuse(
        ["semantic_model", "datasets", 0],
        `The name "${name}" is taken twice; fields and metrics of all datasets share one space.`,
        because("name_twice", name),
      );
    }
    model.semantic_model.datasets.forEach(({ source }, index) => {
      const table = model.dingboard.dataSource === undefined ? FileSource : TableSource;
      const kind = isSqlSource(source) ? SqlSource : table;
      for (const issue of kind.safeParse(source).error?.issues ?? []) {
        refuse(["semantic_model", "datasets", index, "source"], issue.message, sourceReason(kind, issue.code));
      }
    });
    for (const name of Object.keys(model.dingboard.dimensions)) {
      if (!fields.includes(name))
        refuse(["dingboard", "dimensions", name], `The model has no field "${name}".`, because("no_such_field", name));
    }
    for (const name of Object.keys(model.dingboard.measures)) {
      if (!measures.includes(name))
        refuse(["dingboard", "measures", name], `The model has no metric "${name}".`, because("no_such_metric", name));
    }
    for (const { path, message, params } of hierarchyFaults(model.dingboard.hierarchies ?? [], fields)) {
      refuse(["dingboard", "hierarchies", ...path], message, { params });
    }
    (model.dingboard.access_policy ?? []).forEach((policy, index) => {
      for (const member of membersOf(policy).filter((member) => !names.includes(member))) {
        const message = `The model has no field or metric "${member}".`;
        refuse(["dingboard", "access_policy", index], message, because("no_such_member", member));
      }
      for (const { member } of (policy.row_level?.filters ?? []).filter(({ member }) => measures.includes(member))) {
        const message = `"${member}" is a metric: rows are told apart by fields.`;
        refuse(["dingboard", "access_policy", index], message, because("metric_tells_no_rows", member));
      }
    });
  });
export type DatasetModel = z.infer<typeof DatasetModel>;

/** Why a source is none, by what it had to be. */
function sourceReason(kind: z.ZodType, code: string): ReturnType<typeof because> | undefined {
  if (code === "too_big") return undefined;
  if (kind === FileSource) return because("source_not_a_file");
  if (kind === SqlSource) return because("source_not_a_query");
  return because(code === "custom" ? "source_of_the_engine" : "source_not_a_table");
}

interface HierarchyFault extends ReturnType<typeof because> {
  path: (string | number)[];
  message: string;
}

function hierarchyFaults(hierarchies: Hierarchy[], fields: string[]): HierarchyFault[] {
  const names = hierarchies.map(({ name }) => name);
  return hierarchies.flatMap(({ name, levels }, index) => {
    const taken =
      names.indexOf(name) < index
        ? [
            {
              path: [index, "name"],
              message: `The hierarchy "${name}" is there twice.`,
              ...because("hierarchy_twice", name),
            },
          ]
        : [];
    const faults = levels.flatMap((level, at) => {
      const path = [index, "levels", at];
      if (!fields.includes(level))
        return [{ path, message: `The model has no field "${level}".`, ...because("no_such_field", level) }];
      const again = { path, message: `"${level}" is a level twice.`, ...because("level_twice", level) };
      return levels.indexOf(level) < at ? [again] : [];
    });
    return [...taken, ...faults];
  });
}

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
