import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createApp } from "./app";
import { openDomain, type Domain, type Given } from "./compose";
import type { Config } from "./config";
import { StartError } from "./errors";
import { startHousekeeping } from "./jobs/housekeeping";
import { startJobs } from "./jobs/tasks";

/** A server that answers. */
export interface Running {
  /** Where it listens, e.g. `http://127.0.0.1:3000`. */
  url: string;
  domain: Domain;
  /** The first administrator's link; null once there is one. */
  setupLink: string | null;
  /** Lets requests in flight finish, then closes everything. */
  stop(): Promise<void>;
}

/** How long requests in flight may take when the server stops. */
const GRACE_MS = 10_000;

export interface StartOptions extends Given {
  requestTimeoutMs?: number;
}

/** Opens the database, migrates it, and listens. Throws a StartError for what the operator must put right. */
export async function startServer(config: Config, options: StartOptions): Promise<Running> {
  const { log } = options;
  const domain = await openDomain(config, options);
  let stopping = false;
  try {
    const app = createApp({
      config,
      domain,
      log,
      ready: () => !stopping,
      ...(options.requestTimeoutMs === undefined ? {} : { requestTimeoutMs: options.requestTimeoutMs }),
    });
    const answer = app.callback();
    const server = createServer((request, response) => {
      // A connection kept alive would hold the stop up until its client lets go.
      if (stopping) response.setHeader("connection", "close");
      void answer(request, response);
    });
    // Longer than a reverse proxy keeps its connections: it must never send into one that we just closed.
    server.keepAliveTimeout = 75_000;
    const setupLink = await domain.setup.issueLink();
    const jobs = await startJobs(domain, log);
    const url = await listen(server, config).catch(async (error: unknown) => {
      await jobs.stop();
      throw error;
    });
    const stopHousekeeping = startHousekeeping(() => domain.tidy(), log);
    let stopped: Promise<void> | undefined;
    return {
      url,
      domain,
      setupLink,
      stop: () => {
        stopping = true;
        stopHousekeeping();
        domain.draftWatch.close();
        stopped ??= closeServer(server)
          .then(() => jobs.stop())
          .then(() => domain.close());
        return stopped;
      },
    };
  } catch (error) {
    await domain.close();
    throw error;
  }
}

function listen(server: Server, { host, port }: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      reject(taken ? new StartError(`Port ${port} of ${host} is taken. Set PORT to another one.`) : error);
    });
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo;
      const shown = address.family === "IPv6" ? `[${address.address}]` : address.address;
      resolve(`http://${shown}:${address.port}`);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
    server.closeIdleConnections();
  });
}
