import { toApiError } from "./error";
import type { Transport } from "./transport";

/** How long is waited before each repetition. */
const WAITS_MS = [300, 1_200];

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Reads again, twice at most, where the network broke: phones lose it for moments. Only what is read: nobody knows whether a
 * change arrived before its answer was lost.
 */
export function repeated(transport: Transport, wait: (ms: number) => Promise<void> = pause): Transport {
  return async (request) => {
    for (const ms of request.method === "GET" ? WAITS_MS : []) {
      try {
        return await transport(request);
      } catch (thrown) {
        if (toApiError(thrown).code !== "offline") throw thrown;
        await wait(ms);
      }
    }
    return transport(request);
  };
}
