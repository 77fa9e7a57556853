import { resolve } from "node:path";
import automator from "miniprogram-automator";
import { type MiniHost, startMiniHost } from "./mini-host";

export type MiniProgram = Awaited<ReturnType<typeof automator.connect>>;
export type MiniPage = NonNullable<Awaited<ReturnType<MiniProgram["currentPage"]>>>;

/** A mini program that runs in a browser without a window, and the automator that drives it. */
export interface DrivenProgram {
  host: MiniHost;
  mini: MiniProgram;
  close(): Promise<void>;
}

/** Starts the mini program of a folder; `chrome` is the browser to run, looked for in the usual places without it. */
export async function driveProgram(project: string, chrome: string | undefined): Promise<DrivenProgram> {
  const host = await startMiniHost({
    ...{ project, runtime: resolve("desk/runtime"), port: 0, automatorPort: 0 },
    ...{ headless: true, chromePath: chrome ?? null, trustedDomains: [], canvasProfile: "documented" },
    ...{ token: "a-token-of-this-test", log: () => undefined },
  });
  const mini = await automator.connect({ wsEndpoint: host.wsEndpoint });
  return {
    host,
    mini,
    async close() {
      mini.disconnect();
      await host.close();
    },
  };
}

/** The message of the next exception that the mini program reports. */
export function nextException(mini: MiniProgram): Promise<string> {
  return new Promise((told) => mini.once("exception", ({ message }: { message: string }) => told(message)));
}
