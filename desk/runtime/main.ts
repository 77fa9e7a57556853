import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { loadDeskConfig } from "../config";
import { startMiniHost } from "./mini-host";
import type { CanvasProfile } from "./protocol";

const PROFILES: readonly CanvasProfile[] = ["documented", "client", "recorded"];

const USAGE = `Usage: npm run mini-host -- --project DIR [--port N] [--automator-port N] [--headless] [--domain host:port …]
  --project         folder of a built mini program (with app.json)
  --port            of the phone's address; a free one when absent
  --automator-port  of the endpoint for miniprogram-automator; a free one when absent
  --headless        shows the phone in a browser without a window, which makes screenshots possible
  --domain          an HTTP trusted domain for dd.httpRequest; may be repeated
  --webview-domain  a Webview trusted domain; may be repeated; without any, all pages load
  --profile         canvas: documented (default), client or recorded
  --strict          any fault of the mini program is an error, as for the product's own build`;

/** `npm run mini-host`: runs any built mini program alone. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      project: { type: "string" },
      port: { type: "string", default: "0" },
      "automator-port": { type: "string", default: "0" },
      headless: { type: "boolean", default: false },
      domain: { type: "string", multiple: true, default: [] },
      "webview-domain": { type: "string", multiple: true },
      profile: { type: "string", default: "documented" },
      strict: { type: "boolean", default: false },
    },
  });
  if (values.project === undefined) throw new Error(USAGE);
  const host = await startMiniHost({
    project: resolve(values.project),
    runtime: resolve("desk/runtime"),
    port: portOf(values.port),
    automatorPort: portOf(values["automator-port"]),
    headless: values.headless,
    chromePath: loadDeskConfig().chromePath,
    trustedDomains: values.domain,
    ...(values["webview-domain"] ? { webViewDomains: values["webview-domain"] } : {}),
    canvasProfile: profileOf(values.profile),
    strict: values.strict,
    token: randomBytes(16).toString("hex"),
    log: (line) => console.log(line),
  });
  console.log(`Phone:     ${host.url}`);
  console.log(`Automator: ${host.wsEndpoint}`);
  console.log("Ctrl-C stops.");
  let stopping = false;
  const stop = (): void => {
    if (stopping) return; // a terminal and npm may both send the signal
    stopping = true;
    void host.close().then(() => process.exit(0));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

function profileOf(text: string): CanvasProfile {
  const found = PROFILES.find((profile) => profile === text);
  if (!found) throw new Error(`There is no canvas profile "${text}".\n${USAGE}`);
  return found;
}

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new Error(`"${text}" is not a port.\n${USAGE}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
