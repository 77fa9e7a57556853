import type { Evaluate } from "./logic-parts";
import { RefusedFunction } from "./modules";

/** What a mini program keeps of the worker's globals: the language itself, and timers. */
const KEPT = new Set([
  ...["Object", "Function", "Array", "Number", "parseFloat", "parseInt", "Infinity", "NaN", "undefined", "Boolean"],
  ...["String", "Symbol", "Date", "Promise", "RegExp", "Error", "EvalError", "RangeError"],
  ...["ReferenceError", "SyntaxError", "TypeError", "URIError", "JSON", "Math", "Intl", "ArrayBuffer", "DataView"],
  ...["Uint8Array", "Int8Array", "Uint16Array", "Int16Array", "Uint32Array", "Int32Array", "Float32Array"],
  ...["Float64Array", "Uint8ClampedArray", "BigUint64Array", "BigInt64Array", "BigInt", "Map", "Set", "WeakMap"],
  ...["WeakSet", "Proxy", "Reflect", "decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape"],
  ...["unescape", "eval", "isFinite", "isNaN", "setTimeout", "clearTimeout", "setInterval", "clearInterval"],
  ...["__define", "__start"],
]);

/**
 * Built-in functions younger than V8 6.9, DingTalk's engine on Android: a program that uses one dies there, so it must not
 * run here. https://open.dingtalk.com/document/development/the-javascript-engine-for-mini-programs-1
 */
const YOUNGER: Record<string, string[]> = {
  Object: ["fromEntries", "hasOwn", "groupBy"],
  Array: ["fromAsync"],
  "Array.prototype": ["at", "findLast", "findLastIndex", "toReversed", "toSorted", "toSpliced", "with"],
  "String.prototype": ["matchAll", "replaceAll", "at", "isWellFormed", "toWellFormed"],
  Symbol: ["matchAll"],
  "Symbol.prototype": ["description"],
  RegExp: ["escape"],
  Promise: ["allSettled", "any", "withResolvers", "try"],
  Map: ["groupBy"],
  "Map.prototype": ["getOrInsert", "getOrInsertComputed"],
  "Set.prototype": [
    ...["union", "intersection", "difference", "symmetricDifference", "isSubsetOf", "isSupersetOf", "isDisjointFrom"],
  ],
  Intl: [
    "DisplayNames",
    "DurationFormat",
    "ListFormat",
    "Locale",
    "RelativeTimeFormat",
    "Segmenter",
    "supportedValuesOf",
  ],
  "Intl.DateTimeFormat.prototype": ["formatRange", "formatRangeToParts"],
  Math: ["f16round", "sumPrecise"],
  JSON: ["rawJSON", "isRawJSON"],
  "ArrayBuffer.prototype": ["resize", "transfer", "transferToFixedLength"],
};

const YOUNGER_OF_TYPED_ARRAYS = ["at", "findLast", "findLastIndex", "toReversed", "toSorted", "with"];

const YOUNGER_OF_ITERATORS = [
  ...["map", "filter", "take", "drop", "flatMap", "reduce", "toArray", "forEach", "some", "every", "find"],
];

type Global = Record<string, unknown>;
type NativeFunction = new (...texts: string[]) => (...values: unknown[]) => unknown;

/**
 * Takes away from a worker's global object what DingTalk does not have, for good: DOM and network, eval and every way to
 * make code from text. Returns the only way that is left, for the automator's use.
 */
export function seal(scope: object): Evaluate {
  const global = scope as Global;
  const Native = global["Function"] as NativeFunction;
  const evaluate: Evaluate = (names, expression) => new Native(...names, `"use strict"; return (${expression});`);
  for (const owner of ownersOf(global)) {
    for (const name of Object.getOwnPropertyNames(owner)) if (!KEPT.has(name)) remove(owner, name);
  }
  removeYounger(global);
  refuseCode(global);
  return evaluate;
}

/** The global object and what it inherits, but not Object.prototype. */
function ownersOf(global: object): object[] {
  const owners: object[] = [];
  let owner: object | null = global;
  while (owner && Object.getPrototypeOf(owner) !== null) {
    owners.push(owner);
    owner = Object.getPrototypeOf(owner) as object | null;
  }
  return owners;
}

/** Deletes a property; one that cannot be deleted is made undefined where that is possible. */
function remove(owner: object, name: string): void {
  if (Reflect.deleteProperty(owner, name)) return;
  Reflect.defineProperty(owner, name, { value: undefined, writable: false, configurable: false });
}

function removeYounger(global: Global): void {
  for (const [path, names] of Object.entries(YOUNGER)) {
    let owner: unknown = global;
    for (const part of path.split(".")) owner = (owner as Global | undefined)?.[part];
    removeAll(owner, names);
  }
  // Prototypes without a name of their own.
  removeAll(prototypeOf(Uint8Array.prototype), YOUNGER_OF_TYPED_ARRAYS);
  removeAll(prototypeOf(prototypeOf([][Symbol.iterator]())), YOUNGER_OF_ITERATORS);
}

const prototypeOf = (value: unknown): unknown => Object.getPrototypeOf(value);

function removeAll(owner: unknown, names: readonly string[]): void {
  if (owner) for (const name of names) Reflect.deleteProperty(owner, name);
}

/** `eval`, `Function` and the constructors that any function leads to. */
function refuseCode(global: Global): void {
  const kinds = [() => undefined, async () => undefined, function* () {}, async function* () {}];
  for (const kind of kinds) {
    const prototype = Object.getPrototypeOf(kind) as object;
    Object.defineProperty(prototype, "constructor", { value: RefusedFunction, writable: false, configurable: false });
  }
  global["Function"] = RefusedFunction;
  global["eval"] = RefusedFunction;
}
