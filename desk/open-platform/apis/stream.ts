import { type OpenApi, textOf } from "../gateway/api";
import { apiError, apiOk } from "../gateway/dialect";
import { CONNECT_PATH } from "../events/stream-gateway";
import type { JsonValue } from "../gateway/exchange";

const TYPES: JsonValue[] = ["EVENT", "CALLBACK", "SYSTEM"];

/**
 * A ticket for one WebSocket of the Stream gateway. Not recorded what a wrong key or a bad subscription is told.
 * https://open.dingtalk.com/document/development/develop-stream-mode-push-server
 */
export const openConnection: OpenApi = {
  counted: false,
  access: "open",
  path: "/v1.0/gateway/connections/open",
  method: "POST",
  dialect: "api",
  appKey: ({ input }) => textOf(input, "clientId"),
  run({ input, host, accept }, { directory, gateway }) {
    const clientId = textOf(input, "clientId") ?? "";
    const secret = directory.app(clientId)?.app.appSecret ?? directory.suite(clientId)?.suiteSecret;
    if (secret === undefined || secret !== input["clientSecret"])
      return apiError(401, "authFailed", "clientId或clientSecret不正确");
    if (!areSubscriptions(input["subscriptions"])) return apiError(400, "invalidParameter", "subscriptions不合法");
    // Without Accept the real one answers XML; a client that forgot it must not pass here.
    if (!accept.includes("application/json")) return apiError(406, "notAcceptable", "Accept: application/json");
    return apiOk({ endpoint: `ws://${host}${CONNECT_PATH}`, ticket: gateway.issue(clientId) });
  },
};

function areSubscriptions(value: JsonValue | undefined): boolean {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every(
    (one) =>
      typeof one === "object" &&
      one !== null &&
      !Array.isArray(one) &&
      TYPES.includes(one["type"] ?? null) &&
      typeof one["topic"] === "string",
  );
}
