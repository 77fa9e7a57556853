import type { DatasetField } from "../../../core/contract/dataset/edit";
import { dressed, lookNamed, lookOf, type CardElement, type LookName, type Well } from "./look";

type Query = CardElement["query"];

/** Why a field does not go where somebody wants it. */
export type Refusal = "onlyMeasures" | "onlyDimensions" | "alreadyThere" | "full" | "lastMeasure";

export type Put = { element: CardElement } | { refused: Refusal };

/** A look together with what it has in each of its places. */
export interface FilledWell {
  well: Well;
  fields: string[];
}

export function wellsOf(element: CardElement): FilledWell[] {
  const { dimensions, measures } = element.query;
  const names = dimensions.map(({ field }) => field);
  return (lookOf(element)?.wells ?? []).map((well) => ({
    well,
    fields: (well.role === "measure" ? measures : names).slice(well.from, well.from + well.most),
  }));
}

/** Whether a place takes a field, and why not. */
export function refusalOf(element: CardElement, well: Well, field: DatasetField): Refusal | null {
  if (field.role !== well.role) return well.role === "measure" ? "onlyMeasures" : "onlyDimensions";
  const fields = wellsOf(element).find((each) => each.well.name === well.name)?.fields ?? [];
  if (fields.includes(field.name)) return "alreadyThere";
  return well.most > 1 && fields.length >= well.most ? "full" : null;
}

/** A field in a place: behind what is there, or instead of it where there is room for one only. */
export function putField(element: CardElement, well: Well, field: DatasetField): Put {
  const refused = refusalOf(element, well, field);
  if (refused) return { refused };
  const { query } = element;
  if (well.role === "measure") {
    const measures = well.most === 1 ? [field.name] : [...query.measures, field.name];
    return made(element, { ...query, measures });
  }
  const dimension = { field: field.name, ...(field.type === "date" ? { grain: "month" as const } : {}) };
  const others = query.dimensions.filter((each) => each.field !== field.name);
  const dimensions = [...others];
  dimensions.splice(well.most === 1 ? well.from : others.length, well.most === 1 ? 1 : 0, dimension);
  return made(element, { ...query, dimensions });
}

/** A field in the first place that takes it and has room, else instead of what is there. */
export function addField(element: CardElement, field: DatasetField): Put {
  const wells = wellsOf(element).filter(({ well }) => well.role === field.role);
  const free = wells.find(({ well, fields }) => fields.length < well.most) ?? wells[0];
  if (free) return putField(element, free.well, field);
  return { refused: field.role === "measure" ? "onlyDimensions" : "onlyMeasures" };
}

/** Without a field. A question needs a measure. */
export function takeField(element: CardElement, field: string): Put {
  const { query } = element;
  const measures = query.measures.filter((name) => name !== field);
  if (measures.length === 0) return { refused: "lastMeasure" };
  return made(element, { ...query, measures, dimensions: query.dimensions.filter((each) => each.field !== field) });
}

/** A field one place further to the front or the back of its kind. */
export function moveField(element: CardElement, field: string, by: number): Put {
  const { query } = element;
  const moved = <Item>(items: Item[], name: (item: Item) => string): Item[] => {
    const from = items.findIndex((item) => name(item) === field);
    const item = items[from];
    const to = from + by;
    if (!item || to < 0 || to >= items.length) return items;
    const left = items.filter((each) => each !== item);
    return [...left.slice(0, to), item, ...left.slice(to)];
  };
  const measures = moved(query.measures, (name) => name);
  return made(element, { ...query, measures, dimensions: moved(query.dimensions, (each) => each.field) });
}

function made(element: CardElement, query: Query): Put {
  const look = lookOf(element);
  return { element: look ? dressed(element, look.name, query) : ({ ...element, query } as CardElement) };
}

/** What a look lacks to be drawn from an element's fields; null where it lacks nothing. */
export function lackOf(element: CardElement, name: LookName): "dimension" | "measure" | null {
  const { needs } = lookNamed(name);
  if (element.query.dimensions.length < needs.dimensions) return "dimension";
  return element.query.measures.length < needs.measures ? "measure" : null;
}

const SIZES: Partial<Record<LookName, { w: number; h: number }>> = {
  kpi: { w: 9, h: 4 },
  ring: { w: 12, h: 9 },
  pie: { w: 12, h: 9 },
  table: { w: 18, h: 10 },
};

/** How large a new card of a look is. */
export const sizeOf = (name: LookName): { w: number; h: number } => SIZES[name] ?? { w: 18, h: 9 };

const BY_TIME: ReadonlySet<LookName> = new Set(["line", "area", "column", "combo"]);

/** What a new card of a look goes by: charts of a course by time, others by the first category. */
function along(name: LookName, fields: readonly DatasetField[]): DatasetField | undefined {
  if (name === "kpi") return undefined;
  const time = fields.find(({ isTime }) => isTime);
  const category = fields.find(({ role, type }) => role === "dimension" && type === "string");
  return BY_TIME.has(name) ? (time ?? category) : (category ?? time);
}

/** A new card of a dataset that shows something at once; null where the dataset has no measure. */
export function newCard(
  name: LookName,
  dataset: Query["dataset"],
  fields: readonly DatasetField[],
): CardElement | null {
  const measures = fields.filter(({ role }) => role === "measure");
  const [first] = measures;
  if (!first) return null;
  const by = along(name, fields);
  const asked = measures.slice(0, name === "table" ? 3 : lookNamed(name).needs.measures).map((measure) => measure.name);
  const query: Query = { dataset, dimensions: [], measures: asked, filters: [], sort: [], limit: 1_000 };
  const title = by ? `${first.label} · ${by.label}` : first.label;
  const empty = dressed({ type: "kpi", title, query }, name, query);
  const put = by && addField(empty, by);
  const card = put && "element" in put ? put.element : empty;
  if (!by || by.type === "date") return card;
  return dressed(card, name, { ...card.query, sort: [{ field: first.name, descending: true }] });
}
