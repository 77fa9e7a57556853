import { MILLION, uncached, viewUrl } from "./uncached";
import { runAsChild } from "../child";
import type { Cleanup } from "../cleanup";
import type { Figure } from "../figure";
import { openFlightsServer } from "./flights-server";
import { readView } from "./view-route";

/** Cards over one million rows. */
async function measure(cleanup: Cleanup): Promise<Figure[]> {
  const server = await openFlightsServer(cleanup, { rows: MILLION });
  await readView(viewUrl(server, server.reportId), server.headers);
  return uncached(server, MILLION, cleanup);
}

runAsChild(measure);
