import { createServer } from "node:http";
import type { OpenPlatformSeed } from "./directory";
import { type Clock, createClock } from "./clock";
import { type Controls, createControls } from "./control/control";
import { controlListener } from "./control/server";
import { PATIENCE, type Patience } from "./events/delivery";
import { type Listening, listenOnLoopback } from "../http/listen";
import { platformListener } from "./http-server";
import { createOpenPlatform, type OpenPlatform } from "./platform";
import { type Random, systemRandom } from "./random";

/** Where the stand-in listens; port 0 takes a free one. */
export interface StandInOptions {
  seed: OpenPlatformSeed;
  port: number;
  controlPort: number;
  /** Opens the control interface. */
  token: string;
  /** The machine's own unless given. */
  clock?: Clock;
  random?: Random;
  /** With those who hear events; the desk's own unless given. */
  patience?: Patience;
}

/** A stand-in that answers. */
export interface StandIn {
  platform: OpenPlatform;
  controls: Controls;
  api: Listening;
  control: Listening;
  close(): Promise<void>;
}

/** Starts the Open Platform and its control interface on loopback. Rejects when a port is taken. */
export async function startOpenPlatform(options: StandInOptions): Promise<StandIn> {
  const { seed, port, controlPort, token, clock = createClock(Date.now), random = systemRandom } = options;
  const platform = createOpenPlatform(seed, { clock, random, fetch, patience: options.patience ?? PATIENCE });
  const controls = createControls(platform);
  const server = createServer(platformListener(platform));
  server.on("upgrade", (request, socket, head) => platform.gateway.upgrade(request, socket, head));
  const api = await listenOnLoopback(server, port);
  try {
    const control = await listenOnLoopback(controlListener(controls, token), controlPort);
    const close = async () => {
      platform.close();
      await Promise.all([api.close(), control.close()]);
    };
    return { platform, controls, api, control, close };
  } catch (error) {
    await api.close();
    throw error;
  }
}
