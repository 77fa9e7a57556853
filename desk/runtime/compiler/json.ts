import type { Place } from "../compiled";
import type { Json } from "../protocol";
import type { Faults, SourceText } from "./fault";

/** A JSON file's value, and where each of its parts stands. */
export interface LocatedJson {
  value: Json;
  /** `["tabBar", "items", 0]` -> its place; the file's beginning where there is no such part. */
  placeOf(path: readonly (string | number)[]): Place;
}

/** Reads JSON and remembers places. Comments, trailing commas and single quotes are faults, as for DingTalk's IDE. */
export function readJson(source: SourceText, faults: Faults): LocatedJson | null {
  const reader = new JsonReader(source.text);
  try {
    const value = reader.readAll();
    return { value, placeOf: (path) => source.place(reader.starts.get(JSON.stringify(path)) ?? 0) };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    faults.add(source.place(error.offset), "json_syntax", error.message);
    return null;
  }
}

class JsonError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

const SCALAR = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

class JsonReader {
  readonly starts = new Map<string, number>();
  private at = 0;

  constructor(private readonly text: string) {}

  readAll(): Json {
    const value = this.readValue([]);
    this.skipSpace();
    if (this.at < this.text.length) this.fail("nothing may follow the value");
    return value;
  }

  private readValue(path: readonly (string | number)[]): Json {
    this.skipSpace();
    this.starts.set(JSON.stringify(path), this.at);
    const next = this.text[this.at];
    if (next === "{") return this.readObject(path);
    if (next === "[") return this.readArray(path);
    if (next === '"') return this.readString();
    const scalar = this.match(SCALAR);
    if (scalar === null) this.fail(next === undefined ? "the file ends too early" : `unexpected ${next}`);
    return JSON.parse(scalar) as Json;
  }

  private readObject(path: readonly (string | number)[]): Json {
    const object: { [key: string]: Json } = {};
    this.readList("}", () => {
      if (this.text[this.at] !== '"') this.fail("a key in double quotes is expected");
      const key = this.readString();
      this.skipSpace();
      if (this.text[this.at] !== ":") this.fail("a colon is expected");
      this.at++;
      object[key] = this.readValue([...path, key]);
    });
    return object;
  }

  private readArray(path: readonly (string | number)[]): Json {
    const array: Json[] = [];
    this.readList("]", () => array.push(this.readValue([...path, array.length])));
    return array;
  }

  private readList(end: "}" | "]", readItem: () => void): void {
    this.at++;
    this.skipSpace();
    if (this.text[this.at] === end) {
      this.at++;
      return;
    }
    for (;;) {
      this.skipSpace();
      readItem();
      this.skipSpace();
      if (this.text[this.at] === end) break;
      if (this.text[this.at] !== ",") this.fail(`a comma or ${end} is expected`);
      this.at++;
    }
    this.at++;
  }

  private readString(): string {
    const literal = this.match(STRING);
    if (literal === null) this.fail("this string does not end, or has a wrong escape");
    return JSON.parse(literal) as string;
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) return null;
    this.at += found.length;
    return found;
  }

  private skipSpace(): void {
    while (/\s/.test(this.text[this.at] ?? "x")) this.at++;
  }

  private fail(message: string): never {
    throw new JsonError(`This is not JSON: ${message}.`, this.at);
  }
}
