import type { JsonObject } from "../../protocol";
import { type Api, ApiFailure, type ApiParts, hostApi, WRONG_ARGUMENT } from "./api";

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_HEADERS = { "Content-Type": "application/x-www-form-urlencoded" };
const DATA_TYPES = ["json", "text", "base64"];

interface Request extends JsonObject {
  method: string;
  headers: JsonObject;
  dataType: string;
  timeout: number;
}

/**
 * `dd.httpRequest`: GET and POST only; a JSON body must be a string already.
 * https://open.dingtalk.com/document/development/send-network-requests
 */
export function httpRequest(parts: ApiParts): Api {
  return hostApi(parts, "httpRequest", checkRequest);
}

function checkRequest(args: JsonObject): JsonObject {
  const given: Request = {
    method: String(args["method"] ?? "GET").toUpperCase(),
    headers: (args["headers"] ?? DEFAULT_HEADERS) as JsonObject,
    dataType: String(args["dataType"] ?? "json"),
    timeout: Number(args["timeout"] ?? DEFAULT_TIMEOUT_MS),
  };
  const request = { ...args, ...given };
  const fault = FAULTS.find(([wrong]) => wrong(request));
  if (fault) throw new ApiFailure(WRONG_ARGUMENT, `dd.httpRequest: ${fault[1]}`);
  return request;
}

/** What is wrong with a request, in words. */
const FAULTS: [(request: Request) => boolean, string][] = [
  [({ method }) => method !== "GET" && method !== "POST", "DingTalk has the methods GET and POST only"],
  [({ url }) => typeof url !== "string" || !/^https?:\/\//i.test(url), "url must be an http(s) address"],
  [({ dataType }) => !DATA_TYPES.includes(dataType), `dataType must be one of ${DATA_TYPES.join(", ")}`],
  [(request) => "header" in request, "the field is called headers"],
  [
    ({ method, headers, data }) => method === "POST" && isJson(headers) && typeof data === "object" && data !== null,
    "with Content-Type application/json, data must be a JSON string (JSON.stringify)",
  ],
];

function isJson(headers: JsonObject): boolean {
  return Object.entries(headers).some(
    ([name, value]) => name.toLowerCase() === "content-type" && String(value).includes("application/json"),
  );
}
