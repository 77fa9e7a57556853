import { ApiError, errorIn, type ClientErrorCode } from "../../client/api/error";
import { queryString, type Transport } from "../../client/api/transport";

/** DingTalk's numbers for a request that failed. https://open.dingtalk.com/document/development/send-network-requests */
const MEANING: Record<number, ClientErrorCode> = {
  4: "domain_not_listed", // no permission: the domain is not among the HTTP trusted ones
  11: "domain_not_listed",
  12: "offline",
  13: "timeout",
  14: "bad_reply", // not the JSON that was asked for
  19: "unavailable", // an HTTP status that is no success; our server never sends one with `x-envelope`
};

const TIMEOUT_MS = 30_000;

/**
 * Requests through the client. Errors of our server arrive as HTTP 200 with an error body (`x-envelope`), because DingTalk
 * documents no body for a failed request.
 */
export function httpTransport(publicUrl: string): Transport {
  const base = publicUrl.replace(/\/$/, "");
  return ({ method, path, query, body, accessToken }) =>
    new Promise((resolve, reject) => {
      dd.httpRequest({
        url: `${base}${path}${queryString(query)}`,
        method,
        headers: {
          "x-envelope": "1",
          accept: "application/json",
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
        },
        ...(body === undefined ? {} : { data: JSON.stringify(body) }),
        dataType: "json",
        timeout: TIMEOUT_MS,
        success: ({ data }) => {
          const error = errorIn(data);
          if (error) reject(error);
          else if (typeof data === "object" && data !== null) resolve(data);
          else reject(new ApiError("bad_reply", `${method} ${path} answered ${typeof data}`));
        },
        fail: ({ error, errorMessage }) => {
          const code = (error === undefined ? undefined : MEANING[error]) ?? "offline";
          reject(new ApiError(code, `${method} ${path}: ${String(error)} ${errorMessage ?? ""}`));
        },
      });
    });
}
