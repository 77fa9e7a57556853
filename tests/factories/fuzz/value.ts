import * as fc from "fast-check";

/** The part of JSON Schema that our OpenAPI document uses. */
export interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  items?: Schema | boolean;
  minItems?: number;
  maxItems?: number;
  prefixItems?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  $ref?: string;
  $defs?: Record<string, Schema>;
}

/** What has broken a server before, this one or another. */
export const ODD: readonly unknown[] = [
  null,
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "constructor",
  "__proto__",
  "toString",
  "hasOwnProperty",
  "'; drop table app_user; --",
  "../../etc/passwd",
  "%00",
  "字".repeat(120),
  "😀".repeat(40),
  "x".repeat(5_000),
  "9999-12-31",
  "0001-01-01",
  "2026-02-30",
  "1e999",
  "NaN",
  -1,
  0,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e308,
  true,
  [],
  {},
  [null],
  { constructor: 1 },
  { $ne: null },
];

/** What exists: ids and names by what parameters and fields call them, and all of them. */
export interface Known {
  named: ReadonlyMap<string, readonly string[]>;
  all: readonly string[];
}

const DEEPEST = 6;

/** Values that nearly fit a schema: most parts as it says, some from `known` (ids and names that exist), some odd. */
export function nearly(schema: Schema, known: Known, oddness = 6): fc.Arbitrary<unknown> {
  const odd = fc.constantFrom(...ODD);
  const texts = fc.constantFrom(...known.all);

  const of = (part: Schema, root: Schema, depth: number): fc.Arbitrary<unknown> => {
    const fitting = depth > DEEPEST ? odd : fittingOf(part, root, depth);
    return fc.oneof({ weight: 100 - oddness, arbitrary: fitting }, { weight: oddness, arbitrary: odd });
  };

  const fittingOf = (part: Schema, root: Schema, depth: number): fc.Arbitrary<unknown> => {
    if (part.$ref !== undefined) return of(resolved(part.$ref, root), root, depth + 1);
    if ("const" in part) return fc.constant(part.const);
    if (part.enum) return fc.constantFrom(...part.enum);
    const choices = part.anyOf ?? part.oneOf ?? part.allOf;
    if (choices) return fc.oneof(...choices.map((choice) => of(choice, root, depth + 1)));
    return typed(part, root, depth);
  };

  const typed = (part: Schema, root: Schema, depth: number): fc.Arbitrary<unknown> => {
    const type = Array.isArray(part.type) ? part.type[0] : part.type;
    if (type === "object") return objectOf(part, root, depth);
    if (type === "array") return listOf(part, root, depth);
    if (type === "string") return fc.oneof(textOf(part), texts);
    if (type === "integer") return fc.oneof(fc.integer({ min: 0, max: 40 }), wholeOf(part));
    if (type === "number") return fc.oneof(fc.integer({ min: -5, max: 40 }), fc.double({ noNaN: true }));
    if (type === "boolean") return fc.boolean();
    return type === "null" ? fc.constant(null) : fc.oneof(texts, odd);
  };

  const objectOf = (part: Schema, root: Schema, depth: number): fc.Arbitrary<unknown> => {
    const { properties = {}, required = [], additionalProperties } = part;
    const fields = Object.fromEntries(
      Object.entries(properties).map(([key, value]) => [key, called(key, of(value, root, depth + 1), known)]),
    );
    const fixed = fc.record(fields, { requiredKeys: required.filter((key) => key in fields) });
    if (typeof additionalProperties !== "object") return fixed;
    const keys = fc.oneof(texts, fc.constantFrom("constructor", "toString", "a"));
    const rest = fc.dictionary(keys, of(additionalProperties, root, depth + 1), { maxKeys: 3 });
    return fc.tuple(fixed, rest).map(([named, others]) => ({ ...others, ...named }));
  };

  const listOf = ({ items, prefixItems, minItems = 0, maxItems = 3 }: Schema, root: Schema, depth: number) => {
    if (prefixItems) return fc.tuple(...prefixItems.map((item) => of(item, root, depth + 1)));
    const item = typeof items === "object" ? of(items, root, depth + 1) : odd;
    return fc.array(item, {
      minLength: Math.min(minItems, 5),
      maxLength: Math.max(Math.min(maxItems, 3), Math.min(minItems, 5)),
    });
  };

  return of(schema, schema, 0);
}

/** What is called as something that exists is that, most of the time. */
export function called(name: string, otherwise: fc.Arbitrary<unknown>, { named }: Known): fc.Arbitrary<unknown> {
  const values = named.get(name);
  if (!values) return otherwise;
  return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: otherwise });
}

function resolved(ref: string, root: Schema): Schema {
  const name = ref.split("/").at(-1) ?? "";
  return ref === "#" ? root : (root.$defs?.[name] ?? {});
}

function wholeOf({ minimum = 0, maximum = 2 ** 31 }: Schema): fc.Arbitrary<number> {
  const [min, max] = [Math.max(minimum, -(2 ** 31)), Math.min(maximum, 2 ** 31 - 1)];
  return min <= max ? fc.integer({ min, max }) : fc.integer();
}

function textOf({ format, pattern, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  if (format === "uuid") return fc.uuid();
  if (format === "date-time") return fc.constantFrom("2026-11-22T10:00:00.000Z", "2026-11-22T10:00:00Z");
  if (format === "email") return fc.constantFrom("a@example.com", "b.c@example.cn");
  if (format === "uri") return fc.constantFrom("http://127.0.0.1:9", "https://example.com/");
  const plain = fc.string({
    unit: "grapheme",
    minLength: Math.min(minLength, 50),
    maxLength: Math.max(Math.min(maxLength, 50), minLength),
  });
  return pattern === undefined ? plain : matching(pattern, plain);
}

/** Not every pattern can be turned round. */
function matching(pattern: string, otherwise: fc.Arbitrary<string>): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern, "u"), { maxLength: 60 });
  } catch {
    return otherwise;
  }
}
