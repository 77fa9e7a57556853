import Koa from "koa";
import type { Logger } from "pino";
import type { Domain } from "./compose";
import type { Config } from "./config";
import { AppError } from "./errors";
import { answerErrors } from "./middleware/answer-errors";
import { readBody } from "./middleware/body";
import { SENT, type Endpoint, type EndpointParts } from "./middleware/endpoint";
import { requestLog } from "./middleware/request-log";
import { addHeaders, securityHeaders, type FlatHeaders } from "./middleware/security";
import { OwnCookie } from "./middleware/own-cookie";
import { Routing } from "./middleware/routing";
import type { Context, Next, RequestState } from "./middleware/state";
import { timeOut } from "./middleware/time-out";
import { webPages } from "./middleware/web-pages";
import { mountDingTalkEvents } from "./routes/event/dingtalk-event";
import { enterpriseEndpoints } from "./routes/enterprise/enterprise";
import { dataSourceEndpoints } from "./routes/source/data-source";
import { datasetEndpoints } from "./routes/dataset/dataset";
import { fileEndpoints } from "./routes/source/file";
import { extractEndpoints } from "./routes/source/extract";
import { draftEndpoints } from "./routes/report/draft";
import { explainEndpoints } from "./routes/report/explain";
import { handOffEndpoints } from "./routes/session/hand-off";
import { launchEndpoints } from "./routes/session/launch";
import { oauthSignInEndpoints } from "./routes/session/oauth";
import { memberEndpoints } from "./routes/people/member";
import { openApiDocument } from "./routes/open-api";
import { personalEndpoints } from "./routes/people/personal";
import { questionEndpoints } from "./routes/report/question";
import { reportEndpoints } from "./routes/report/report";
import { folderEndpoints } from "./routes/report/folder";
import { sharingEndpoints } from "./routes/report/sharing";
import { sessionEndpoints } from "./routes/session/session";
import { setupEndpoints } from "./routes/session/setup";

export interface AppParts {
  config: Pick<Config, "publicUrl" | "trustProxy" | "webDir" | "frameAncestors" | "allowedOrigins">;
  domain: Domain;
  log: Logger;
  /** False while the server stops: load balancers then send people elsewhere. */
  ready: () => boolean;
  requestTimeoutMs?: number;
}

const REQUEST_TIMEOUT_MS = 60_000;
const READY_MS = 1_500;

/** Everything the server does, built from what it is given: no import starts a connection or reads the environment. */
export function createApp(parts: AppParts): Koa<RequestState> {
  const { config, log } = parts;
  // With a proxy, the last address is the one that it saw itself; those before it are anybody's claim.
  const app = new Koa<RequestState>({ proxy: config.trustProxy, maxIpsCount: 1 });
  app.silent = true; // our own middleware logs, without addresses
  app.use(requestLog(log));
  const headers = securityHeaders(config);
  app.use(addHeaders(headers));
  app.use(answerErrors(log));
  app.use(timeOut(parts.requestTimeoutMs ?? REQUEST_TIMEOUT_MS));
  app.use(readBody);
  app.use(refuseUnknown);
  app.use(programRoutes(parts, headers).middleware);
  app.use(webPages(config.webDir));
  return app;
}

/** Where nobody answered. */
async function refuseUnknown(ctx: Context, next: Next): Promise<void> {
  await next();
  if (ctx.status === 404 && ctx.body === undefined) {
    throw new AppError("not_found", "There is nothing at this address.");
  }
}

function programRoutes({ config, domain, ready, log }: AppParts, headers: FlatHeaders): Routing {
  const routing = new Routing();
  const endpoints = [
    ...sessionEndpoints(domain),
    ...handOffEndpoints(domain),
    ...oauthSignInEndpoints(domain),
    ...launchEndpoints(domain),
    ...reportEndpoints(domain),
    ...draftEndpoints(domain),
    ...sharingEndpoints(domain),
    ...folderEndpoints(domain),
    ...questionEndpoints(domain),
    ...explainEndpoints(domain),
    ...setupEndpoints(domain),
    ...dataSourceEndpoints(domain),
    ...datasetEndpoints(domain),
    ...fileEndpoints(domain),
    ...extractEndpoints(domain),
    ...enterpriseEndpoints(domain),
    ...memberEndpoints(domain),
    ...personalEndpoints(domain),
  ];
  const { protocol, hostname, origin } = new URL(config.publicUrl);
  const encrypted = protocol === "https:";
  const endpointParts: EndpointParts = {
    identify: (token, kind) => domain.sessions.identify(token, kind),
    cookie: new OwnCookie("dingboard", encrypted),
    deviceCookie: new OwnCookie("dingboard-device", encrypted),
    origins: new Set([origin, ...config.allowedOrigins]),
    // Browsers heed `Clear-Site-Data` of addresses that they trust: https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy
    headers,
    browsersKeep: encrypted || hostname === "localhost",
  };
  for (const endpoint of endpoints) mount(routing, endpoint, endpointParts);
  mountDingTalkEvents(routing, domain, log);
  const document = openApiDocument(
    endpoints.map((endpoint) => endpoint.route),
    config.publicUrl,
  );
  plain(routing, "/api/openapi.json", () => Promise.resolve(document));
  plain(routing, "/healthz", () => Promise.resolve({ status: "up" }));
  plain(routing, "/readyz", async () => {
    if (!ready()) throw new AppError("unavailable", "The server is stopping.");
    await soon(domain.requireReady()).catch((error: unknown) => {
      throw new AppError("unavailable", "The database or the engine does not answer.", { cause: error });
    });
    return { status: "ready" };
  });
  return routing;
}

function mount(routing: Routing, endpoint: Endpoint, parts: EndpointParts): void {
  routing.add(endpoint.route.method, endpoint.route.path, async (ctx) => {
    ctx.state.route = endpoint.route.path;
    const body = await endpoint.answer(ctx, parts);
    if (body === SENT) return;
    ctx.set("cache-control", "no-store");
    ctx.body = body;
  });
}

function plain(routing: Routing, path: string, answer: () => Promise<unknown>): void {
  routing.add("GET", path, async (ctx) => {
    ctx.state.route = path;
    ctx.body = await answer();
  });
}

/** Whoever asks whether the server is ready wants to know it now: a database that hangs is one that is away. */
function soon(work: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("No answer in time.")), READY_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
