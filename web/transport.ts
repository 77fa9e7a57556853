import { ApiError, errorIn, toApiError } from "../client/api/error";
import { queryString, type Transport } from "../client/api/transport";

/** Requests of the browser to the server it came from; the session travels as a cookie. */
export const browserTransport: Transport = async (request) => {
  const response = await fetch(`${request.path}${queryString(request.query)}`, {
    method: request.method,
    credentials: "same-origin",
    headers: request.body === undefined ? {} : { "content-type": "application/json" },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  }).catch((cause: unknown) => {
    throw new ApiError("offline", cause instanceof Error ? cause.message : "The request failed.");
  });
  const body: unknown = await response.json().catch(() => {
    throw new ApiError("bad_reply", `HTTP ${response.status} without a JSON body`);
  });
  const failure = errorIn(body);
  if (failure) throw failure;
  if (!response.ok) throw new ApiError("bad_reply", `HTTP ${response.status}`);
  return body;
};

/** The same transport, which tells the session when the server says that it is over. */
export function untilSignedOut(transport: Transport, session: { ended: () => void }): Transport {
  return async (request) => {
    try {
      return await transport(request);
    } catch (thrown) {
      const { code } = toApiError(thrown);
      if (code === "signed_out" || code === "session_ended") session.ended();
      throw thrown;
    }
  };
}
