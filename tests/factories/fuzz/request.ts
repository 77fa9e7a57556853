import { Agent, request as send, type OutgoingHttpHeaders } from "node:http";
import * as fc from "fast-check";
import { called, nearly, ODD, type Known, type Schema } from "./value";

/** An operation of the OpenAPI document. */
export interface Operation {
  method: string;
  /** `/api/reports/{reportId}/view` */
  path: string;
  "x-access": "open" | "session" | "owner";
  parameters: { name: string; in: "path" | "query"; required: boolean; schema: Schema }[];
  body: Schema | null;
}

export interface FuzzRequest {
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
}

export interface FuzzAnswer {
  status: number;
  /** The failure's code, also where it is in an envelope. */
  code: string | undefined;
  text: string;
}

interface Document {
  paths: Record<
    string,
    Record<
      string,
      Partial<Pick<Operation, "parameters">> &
        Pick<Operation, "x-access"> & { requestBody?: { content: Record<string, { schema: Schema }> } }
    >
  >;
}

/** Every operation that the server publishes: a new route is among them by itself. */
export function operationsIn(document: unknown): Operation[] {
  return Object.entries((document as Document).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, ...rest }]) => ({
      method: method.toUpperCase(),
      path,
      "x-access": rest["x-access"],
      parameters,
      body: requestBody?.content["application/json"]?.schema ?? null,
    })),
  );
}

const DEEP = "[".repeat(20_000) + "]".repeat(20_000);

/** Bodies that are no JSON object, and with what they are said to be. */
const ODD_BODIES: readonly [body: Buffer, headers: Record<string, string>][] = [
  [Buffer.from("{"), {}],
  [Buffer.from("null"), {}],
  [Buffer.from("[]"), {}],
  [Buffer.from('{"__proto__":{"a":1}}'), {}],
  [Buffer.from('{"constructor":{"prototype":{}}}'), {}],
  [Buffer.from(DEEP), {}],
  [Buffer.from(`{"text":${DEEP}}`), {}],
  [Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), {}],
  [Buffer.from("{}"), { "content-encoding": "gzip" }],
  [Buffer.from("{}"), { "content-encoding": "br" }],
  [Buffer.from("{}"), { "content-encoding": "none-such" }],
  [Buffer.from("{}"), { "content-type": "text/plain" }],
  [Buffer.from("{}"), { "content-type": "application/octet-stream" }],
  [Buffer.from("{}"), { "content-type": "application/json; charset=none-such" }],
  [Buffer.from("a=b"), { "content-type": "application/x-www-form-urlencoded" }],
];

const ODD_HEADERS: readonly Record<string, string>[] = [
  { "x-envelope": "1" },
  { "if-none-match": '"x", W/"y"' },
  { origin: "null" },
  { origin: "https://evil.example" },
  { authorization: "Bearer" },
  { authorization: `Bearer ${"a".repeat(300)}` },
  { authorization: `Bearer ${"a".repeat(40)}` },
  { cookie: "dingboard=%00; dingboard=; dingboard-device=constructor" },
  { "x-forwarded-for": "::ffff:1, a, '" },
  { "user-agent": "x".repeat(4_000) },
  { "accept-language": "," },
];

const ODD_SEGMENTS: readonly string[] = ["%00", "%", "%ff", "..%2f..", "constructor", "__proto__", "%ED%A0%80", "字"];

/** Requests of one operation, near to its schema; equal seeds make equal requests. */
export function requestsOf(operation: Operation, known: Known, seed: number, count: number): FuzzRequest[] {
  const segment = (name: string, schema: Schema): fc.Arbitrary<string> =>
    fc.oneof(
      { weight: 8, arbitrary: called(name, nearly(schema, known, 0), known).map(encoded) },
      { weight: 1, arbitrary: fc.constantFrom(...known.all).map(encodeURIComponent) },
      { weight: 1, arbitrary: fc.constantFrom(...ODD_SEGMENTS) },
    );
  const inPath = operation.parameters.filter((one) => one.in === "path");
  const inQuery = operation.parameters.filter((one) => one.in === "query");
  const path = fc
    .tuple(...inPath.map(({ name, schema }) => segment(name, schema)))
    .map((values) =>
      inPath.reduce((text, { name }, at) => text.replace(`{${name}}`, values[at] ?? "-"), operation.path),
    );
  const query = fc
    .record(Object.fromEntries(inQuery.map(({ name, schema }) => [name, nearly(schema, known)])), { requiredKeys: [] })
    .map((values) => Object.entries(values).map(([name, value]) => `${name}=${encoded(value)}`))
    .map((parts) => (parts.length > 0 ? `?${parts.join("&")}` : ""));
  const json = { "content-type": "application/json" };
  const fitting = (operation.body ? nearly(operation.body, known) : fc.constantFrom(...ODD)).map(
    (value): [Buffer, Record<string, string>] => [Buffer.from(JSON.stringify(value)), json],
  );
  const body =
    operation.method === "GET"
      ? fc.constant<[null, Record<string, string>]>([null, {}])
      : fc.oneof(
          { weight: 8, arbitrary: fitting },
          {
            weight: 1,
            arbitrary: fc.constantFrom(...ODD_BODIES).map(([text, rest]) => [text, { ...json, ...rest }] as const),
          },
        );
  const headers = fc.oneof(
    { weight: 8, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD_HEADERS) },
  );
  const requests = fc
    .tuple(path, query, body, headers)
    .map(([where, what, [bytes, about], odd]) => ({ path: where + what, body: bytes, headers: { ...about, ...odd } }));
  return fc.sample(requests, { seed, numRuns: count });
}

function encoded(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD"));
}

/** Sends requests over connections that stay open. */
export class Sender {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 8 });

  constructor(private readonly url: string) {}

  ask(method: string, { path, headers, body }: FuzzRequest, token: string | null): Promise<FuzzAnswer> {
    const all: OutgoingHttpHeaders = { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers };
    if (body) all["content-length"] = body.length;
    return new Promise((resolve, reject) => {
      const request = send(this.url + path, { method, agent: this.agent, headers: all }, (response) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => {
          pieces.push(piece);
          // A stream goes on for as long as it is listened to: its beginning is the answer.
          if (response.headers["content-type"]?.startsWith("text/event-stream")) {
            resolve({ status: response.statusCode ?? 0, code: undefined, text: piece.toString() });
            request.destroy();
          }
        });
        response.on("end", () => {
          const text = Buffer.concat(pieces).toString();
          resolve({ status: response.statusCode ?? 0, code: codeIn(text), text });
        });
        response.on("error", reject);
      });
      request.on("error", reject);
      request.end(body ?? undefined);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

function codeIn(text: string): string | undefined {
  return /^\{"error":\{"code":"(\w+)"/.exec(text)?.[1];
}
