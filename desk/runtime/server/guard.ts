import type { IncomingMessage } from "node:http";

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\]|[a-z0-9-]+\.localhost)(:\d+)?$/i;

/**
 * Why a request must be refused, or null. Any web page can make a browser call loopback: a foreign `Host` is DNS
 * rebinding, a foreign `Origin` is another site's script.
 */
export function refusal(request: IncomingMessage, needsOrigin: boolean): string | null {
  const { host, origin } = request.headers;
  if (!host || !LOOPBACK.test(host)) return `Host "${host ?? ""}" is not this machine.`;
  if (origin === undefined) return needsOrigin ? "Origin is missing." : null;
  if (origin.toLowerCase() === `http://${host.toLowerCase()}`) return null;
  return `Origin "${origin}" is not the phone's own.`;
}
