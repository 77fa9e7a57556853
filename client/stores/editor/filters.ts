import type { DatasetField } from "../../../core/contract/dataset/edit";
import { fieldIn } from "../../../core/contract/report/filter-field";
import type { FilterOperator } from "../../../core/contract/report/query";
import type { FilterValue } from "../../../core/contract/report/question";
import type { FilterControl, ReportFilter, ReportSpec } from "../../../core/contract/report/report";
import { filterOn } from "../../../core/report/question/filter";
import { freeId } from "./commands";

/** What values of a type are handled with; the first one suits best. */
const CONTROLS: Record<DatasetField["type"], [FilterControl, ...FilterControl[]]> = {
  string: ["select", "text"],
  number: ["numberRange", "select"],
  date: ["dateRange"],
  boolean: ["select"],
};

/** How a control's value may be compared; the first one unless told otherwise. */
const OPERATORS: Record<FilterControl, [FilterOperator, ...FilterOperator[]]> = {
  select: ["equals", "notEquals"],
  text: ["include", "doesNotInclude", "startsWith", "endsWith"],
  numberRange: ["inBetween"],
  dateRange: ["inBetween"],
};

export const MOST_FILTERS = 30;

export const controlsOf = (type: DatasetField["type"]): FilterControl[] => CONTROLS[type];
export const operatorsOf = (control: FilterControl): FilterOperator[] => OPERATORS[control];

/** Fields of other datasets by the datasets' names. */
type Others = ReadonlyMap<string, readonly DatasetField[]>;

/** The field of another dataset that holds the same things, as far as names and types tell. */
export function matchingField(field: DatasetField, others: readonly DatasetField[]): DatasetField | undefined {
  const alike = others.filter(({ role, type }) => role === "dimension" && type === field.type);
  return (
    alike.find(({ name }) => name === field.name) ??
    alike.find(({ label }) => label === field.label) ??
    (field.isTime && alike.find(({ isTime }) => isTime)) ??
    undefined
  );
}

/** A filter for a field of a dataset, which reaches the other datasets too where a field matches. */
export function addFilter(
  spec: ReportSpec,
  { dataset, field, others }: { dataset: string; field: DatasetField; others: Others },
): { spec: ReportSpec; id: string } {
  const id = freeId(field.name, (taken) => spec.filters.some((filter) => filter.id === taken));
  const [control] = CONTROLS[field.type];
  const fields = [...others].flatMap(([name, theirs]): [string, string][] => {
    const match = name === dataset ? undefined : matchingField(field, theirs);
    return match ? [[name, match.name]] : [];
  });
  const filter = {
    id,
    label: field.label.slice(0, 100),
    dataset,
    field: field.name,
    operator: OPERATORS[control][0],
    required: false,
    control,
    ...(fields.length > 0 ? { fields: Object.fromEntries(fields) } : {}),
  } as ReportFilter; // names come from datasets, which checked them
  return { spec: { ...spec, filters: [...spec.filters, filter] }, id };
}

/** Another control: what only the former one knew is gone. */
export function withControl(filter: ReportFilter, control: FilterControl): ReportFilter {
  const { default: _value, presets: _presets, single: _single, ...rest } = filter;
  return { ...rest, control, operator: OPERATORS[control][0] };
}

export function withOperator({ default: value, ...filter }: ReportFilter, operator: FilterOperator): ReportFilter {
  return { ...filter, operator, ...(value ? { default: { ...value, operator } } : {}) };
}

export function withDefault({ default: _value, ...filter }: ReportFilter, value: FilterValue | null): ReportFilter {
  return value ? { ...filter, default: filterOn(filter.field, value) } : filter;
}

/** One value at a time, or several; a default of several keeps its first. */
export function withSingle({ single: _single, ...filter }: ReportFilter, single: boolean): ReportFilter {
  if (!single) return filter;
  const value = filter.default && { default: { ...filter.default, values: filter.default.values.slice(0, 1) } };
  return { ...filter, ...value, single };
}

/** Reaching another dataset by a field, or no longer. */
export function withMatch({ fields, ...filter }: ReportFilter, dataset: string, field: string | null): ReportFilter {
  const { [dataset]: _before, ...rest } = (fields ?? {}) as Record<string, string>;
  const next = field === null ? rest : { ...rest, [dataset]: field };
  return {
    ...filter,
    ...(Object.keys(next).length > 0 ? { fields: next as NonNullable<ReportFilter["fields"]> } : {}),
  };
}

/** Children whose parent is gone, or does not reach their dataset any more, stand alone. */
function withParents(spec: ReportSpec, filters: ReportFilter[]): ReportSpec {
  const orphaned = ({ parent, dataset }: ReportFilter): boolean => {
    const found = filters.find(({ id }) => id === parent);
    return parent !== undefined && (!found || fieldIn(found, dataset) === undefined);
  };
  const mended = filters.map((filter) => {
    if (!orphaned(filter)) return filter;
    const { parent: _parent, ...alone } = filter;
    return alone;
  });
  return { ...spec, filters: mended };
}

export function setFilter(spec: ReportSpec, filter: ReportFilter): ReportSpec {
  return withParents(
    spec,
    spec.filters.map((each) => (each.id === filter.id ? filter : each)),
  );
}

export function removeFilter(spec: ReportSpec, id: string): ReportSpec {
  return withParents(
    spec,
    spec.filters.filter((filter) => filter.id !== id),
  );
}

/** A filter so many places further back, or forward. */
export function moveFilter(spec: ReportSpec, id: string, by: number): ReportSpec {
  const from = spec.filters.findIndex((filter) => filter.id === id);
  const filter = spec.filters[from];
  const to = Math.max(0, Math.min(spec.filters.length - 1, from + by));
  if (!filter || to === from) return spec;
  const filters = spec.filters.filter((each) => each !== filter);
  filters.splice(to, 0, filter);
  return { ...spec, filters };
}

/** Filters that may stand above this one: they reach its dataset and are none of its own children. */
export function parentsFor({ filters }: ReportSpec, filter: ReportFilter): ReportFilter[] {
  const above = (each: ReportFilter): string[] => {
    const ids: string[] = [];
    for (let at: ReportFilter | undefined = each; at && !ids.includes(at.id);) {
      ids.push(at.id);
      const { parent }: ReportFilter = at;
      at = filters.find(({ id }) => id === parent);
    }
    return ids;
  };
  return filters.filter((each) => fieldIn(each, filter.dataset) !== undefined && !above(each).includes(filter.id));
}

/** The datasets that a report's cards ask, in the order of the cards. */
export function datasetsOf({ elements }: ReportSpec): string[] {
  const named = Object.values(elements).flatMap((element) => ("query" in element ? [element.query.dataset] : []));
  return [...new Set(named)];
}

/** Cards that a filter can reach, whether it names them or not. */
export function reachable({ elements }: ReportSpec, filter: ReportFilter): string[] {
  return Object.entries(elements).flatMap(([id, element]) =>
    "query" in element && fieldIn(filter, element.query.dataset) !== undefined ? [id] : [],
  );
}
