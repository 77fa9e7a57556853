import { createServer } from "node:http";
import { resolve } from "node:path";
import { buildClients } from "./clients/build";
import { createDeskPage } from "./clients/server";
import type { DeskConfig } from "./config";
import { loadDemo } from "./demo/enterprise";
import { type Listening, listenOnLoopback } from "./http/listen";
import { createClientBridge } from "./open-platform/client-bridge";
import { peopleToTry } from "./open-platform/person";
import { type StandIn, startOpenPlatform } from "./open-platform/start";
import { buildPageScript } from "./pc/build";
import { createPcProxy } from "./pc/proxy";
import { type PcOrigins, pcOrigins } from "./pc/surface";
import { answerWithoutPhone, createDeskPhone, type HeadlessPhone, startHeadlessPhone } from "./phone";
import type { ClientBridge } from "./runtime/bridge";
import type { Phone } from "./runtime/server/phone";

/** Where everything answers; printed as one line of JSON when the desk is ready. */
export interface DeskAddresses {
  /** The page for people: `http://localhost:3100/`. */
  desk: string;
  /** Origins of the product inside the PC client and in the system browser; null where PRODUCT_URL is not set. */
  pc: PcOrigins | null;
  openPlatform: string;
  control: string;
  /** For `automator.connect({ wsEndpoint })`; null where no mini program is built. */
  automator: string | null;
  /** Opens the control interface. */
  token: string;
}

/** A desk that answers. */
export interface RunningDesk {
  addresses: DeskAddresses;
  standIn: StandIn;
  /** Opens the phone in a browser without a window; null where no mini program is built. */
  headless: HeadlessPhone | null;
  close(): Promise<void>;
}

/**
 * Starts DingTalk on the desk: Open Platform, control interface, phone and page, on loopback only. `log` hears refused
 * requests and compile faults. Rejects when a port is taken, leaving nothing behind.
 */
export async function startDesk(config: DeskConfig, log: (line: string) => void): Promise<RunningDesk> {
  const opened: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> } | null>(part: T): T => {
    if (part) opened.unshift(part);
    return part;
  };
  const close = async (): Promise<void> => {
    for (const part of opened.splice(0)) await part.close();
  };
  try {
    const standIn = keep(await startOpenPlatform(standInOptions(config)));
    const bridge = createClientBridge(standIn.platform);
    const phone = keep(await createDeskPhone(config, bridge, log));
    const page = keep(await startPage({ config, standIn, phone, bridge, log }));
    const desk = `http://localhost:${page.port}/`;
    const headless = phone && keep(await startHeadlessPhone(config, phone, desk, log));
    if (config.headless) await headless?.open(firstPerson(standIn));
    const addresses = {
      desk,
      pc: config.productUrl === null ? null : pcOrigins(page.port),
      openPlatform: standIn.api.url,
      control: standIn.control.url,
      automator: headless?.automator.wsEndpoint ?? null,
      token: config.token,
    };
    return { addresses, standIn, headless, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function standInOptions({ rootDir, seedFile, redirectUrls, openPlatformPort, controlPort, token }: DeskConfig) {
  const { organisations, suites } = loadDemo(resolve(rootDir, seedFile));
  const seed = {
    organisations: organisations.map((one) => ({ ...one, app: one.app && { ...one.app, redirectUrls } })),
    suites: suites?.map((one) => ({ ...one, redirectUrls })),
  };
  return { seed, port: openPlatformPort, controlPort, token };
}

const firstPerson = ({ platform }: StandIn): string => peopleToTry(platform.directory)[0]?.who ?? "";

interface PageParts {
  config: DeskConfig;
  standIn: StandIn;
  phone: Phone | null;
  bridge: ClientBridge;
  log: (line: string) => void;
}

async function startPage({ config, standIn, phone, bridge, log }: PageParts): Promise<Listening> {
  const { rootDir, productUrl: product } = config;
  const bundle = await buildClients(resolve(rootDir, "desk/clients"));
  const script = await buildPageScript(resolve(rootDir, "desk/pc"));
  const page = createDeskPage({ bundle, standIn, bridge, product });
  const pc = product === null ? null : createPcProxy({ product, login: standIn.api.url, script, log });
  const server = createServer((request, response) => {
    if (pc?.(request, response)) return;
    const taken = phone ? phone.handle(request, response) : Promise.resolve(answerWithoutPhone(request, response));
    taken.then((isTaken) => (isTaken ? undefined : page(request, response))).catch(() => response.destroy());
  });
  server.on("upgrade", (request, socket, head) => {
    if (!phone?.upgrade(request, socket, head)) socket.destroy();
  });
  return listenOnLoopback(server, config.deskPort);
}
