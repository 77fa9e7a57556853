import type { DemoSeed } from "../demo/enterprise";
import { createClock } from "./clock";
import { type Controls, createControls } from "./control";
import { controlListener } from "./control-server";
import { type Listening, listenOnLoopback, platformListener } from "./http-server";
import { createOpenPlatform, type OpenPlatform } from "./platform";
import { systemRandom } from "./random";

/** Where the stand-in listens; port 0 takes a free one. */
export interface StandInOptions {
  seed: DemoSeed;
  port: number;
  controlPort: number;
  /** Opens the control interface. */
  token: string;
}

/** A stand-in that answers. */
export interface StandIn {
  platform: OpenPlatform;
  controls: Controls;
  api: Listening;
  control: Listening;
  close(): Promise<void>;
}

/** Starts the Open Platform and its control interface on loopback, on the machine's clock and randomness. */
export async function startOpenPlatform({ seed, port, controlPort, token }: StandInOptions): Promise<StandIn> {
  const platform = createOpenPlatform(seed, { clock: createClock(Date.now), random: systemRandom });
  const controls = createControls(platform);
  const api = await listenOnLoopback(platformListener(platform), port);
  try {
    const control = await listenOnLoopback(controlListener(controls, token), controlPort);
    const close = async () => void (await Promise.all([api.close(), control.close()]));
    return { platform, controls, api, control, close };
  } catch (error) {
    await api.close();
    throw error;
  }
}
