import { createServer } from "node:http";
import { type Headless, openHeadless } from "../automator/browser";
import { startAutomator } from "../automator/endpoint";
import { listenOnLoopback } from "../http/listen";
import type { ClientBridge } from "./bridge";
import type { CanvasProfile } from "./protocol";
import { createPhone } from "./server/phone";

export interface MiniHostOptions {
  /** Folder of the built mini program. */
  project: string;
  /** Folder `desk/runtime` of this repository. */
  runtime: string;
  /** 0 takes a free one. */
  port: number;
  automatorPort: number;
  /** Shows the phone in a browser of our own: 375 by 667, two device pixels each. */
  headless: boolean;
  chromePath: string | null;
  trustedDomains: string[];
  /** Pages of other domains do not load in a web-view; absent: all load. */
  webViewDomains?: string[];
  canvasProfile: CanvasProfile;
  /** See `PhoneOptions.strict`. */
  strict?: boolean;
  /** Opens the automator endpoint. */
  token: string;
  log: (line: string) => void;
}

/** A mini program that runs alone. */
export interface MiniHost {
  /** The phone's address. */
  url: string;
  wsEndpoint: string;
  close(): Promise<void>;
}

const MOUNT = "/phone";
const SCREEN = { width: 375, height: 667, dpr: 2, language: "zh-CN", reducedMotion: true } as const;

/** Alone there is no DingTalk behind the phone: what only DingTalk can answer fails by name. */
const NO_DINGTALK: ClientBridge = {
  call: (name) =>
    Promise.resolve({
      ok: false,
      value: { error: 4, errorMessage: `${name} needs DingTalk, and the mini program host alone has none.` },
    }),
  corpId: () => null,
};

/** Serves one mini program with its automator endpoint. Everything is on 127.0.0.1. */
export async function startMiniHost(options: MiniHostOptions): Promise<MiniHost> {
  const { log } = options;
  const phone = await createPhone({ ...options, mount: MOUNT, bridge: NO_DINGTALK });
  phone.automator.onEvent((method, params) => {
    if (method === "App.exceptionThrown") log(`Exception: ${String(params["message"])}\n${String(params["stack"])}`);
    if (method === "App.logAdded" && params["type"] === "error") log(`console.error ${JSON.stringify(params["args"])}`);
  });
  const server = createServer((request, response) => {
    void phone.handle(request, response).then((handled) => {
      if (!handled) response.writeHead(302, { location: `${MOUNT}/` }).end();
    });
  });
  server.on("upgrade", (request, socket, head) => {
    if (!phone.upgrade(request, socket, head)) socket.destroy();
  });
  const listening = await listenOnLoopback(server, options.port);
  const url = `${listening.url}${MOUNT}/`;
  let browser: Headless | null = null;
  const closeServer = async (): Promise<void> => {
    await browser?.close();
    await phone.close();
    await listening.close();
  };
  try {
    if (options.headless) browser = await openHeadless(url, { ...SCREEN, chromePath: options.chromePath, log });
    const automator = await startAutomator({
      port: options.automatorPort,
      token: options.token,
      phone: phone.automator,
      screenshot: browser && browser.screenshot,
      log,
    });
    const close = async (): Promise<void> => {
      await automator.close();
      await closeServer();
    };
    return { url, wsEndpoint: automator.wsEndpoint, close };
  } catch (error) {
    await closeServer();
    throw error;
  }
}
