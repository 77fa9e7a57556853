import type { IncomingMessage, ServerResponse } from "node:http";
import { workerScript } from "./worker-script";
import type { PhoneBoot } from "../boot";
import type { CompiledApp } from "../compiled";
import type { JsonObject } from "../protocol";
import { readAsset } from "./asset";
import { answer, answerJson, readJsonObject } from "./body";
import { bundles } from "./bundle";
import { documentPolicy, faultDocument, phoneDocument } from "./document";
import type { PhoneParts } from "./phone-parts";
import type { Project } from "./project";
import { relay } from "./relay";
import { userAgent } from "../user-agent";

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

const SCRIPT = "text/javascript; charset=utf-8";
const HTML = "text/html; charset=utf-8";
const TEXT = "text/plain; charset=utf-8";

/** Every address under the phone's mount path. */
export function phoneRoutes(parts: PhoneParts, project: Project): Answer {
  const { mount } = parts;

  const document: Answer = async (_request, response, url) => {
    const compilation = await project.current();
    response.setHeader("content-security-policy", documentPolicy(parts.webViewDomains ?? null));
    if (!compilation.app) return answer(response, 500, HTML, faultDocument(compilation.faults));
    const boot: PhoneBoot = {
      mount,
      version: compilation.version,
      appKey: project.key,
      title: compilation.app.window.defaultTitle ?? "DingTalk",
      corpId: parts.bridge.corpId(url.searchParams.get("who")),
      product: parts.product ?? null,
      canvasProfile: parts.canvasProfile,
      strict: parts.strict ?? false,
    };
    answer(response, 200, HTML, phoneDocument(mount, boot));
  };

  const script =
    (make: (app: CompiledApp) => Promise<string>): Answer =>
    async (_request, response, url) => {
      const compilation = project.find(url.searchParams.get("v"));
      if (!compilation?.app) return answer(response, 404, TEXT, "That version is gone: reload.");
      answer(response, 200, SCRIPT, await make(compilation.app));
    };

  const start = script(async ({ logicScript: _logic, sjsScript, ...app }) => {
    await Promise.resolve();
    return `${sjsScript}\n__startPhone(${JSON.stringify(app)});\n`;
  });

  const worker = script(async (app) => workerScript((await bundles(parts.runtime)).worker, app));

  const own =
    (name: "page" | "webView"): Answer =>
    async (_request, response) =>
      answer(response, 200, SCRIPT, (await bundles(parts.runtime))[name]);

  const relayed: Answer = async (request, response) => {
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const { platform, language, ...args } = await readJsonObject(request);
    const agent = userAgent(String(platform), String(language));
    const reply = await relay(args, parts.trustedDomains, agent, gone.signal);
    if (!reply.ok) parts.log(`dd.httpRequest ${originOf(args)} failed: ${JSON.stringify(reply.value)}`);
    answerJson(response, 200, reply);
  };

  const bridge: Answer = async (request, response) => {
    const { name, args, who } = await readJsonObject(request);
    const given = args && typeof args === "object" && !Array.isArray(args) ? args : {};
    answerJson(response, 200, await parts.bridge.call(String(name), given, typeof who === "string" ? who : null));
  };

  const asset: Answer = async (_request, response, url) => {
    const compilation = await project.current();
    const path = decodeURIComponent(url.pathname.slice(`${mount}/__assets/`.length));
    const found = compilation.app ? await readAsset(project.folders, compilation.app, path) : null;
    if (!found) return answer(response, 404, TEXT, `The mini program has no file ${path}.`);
    response.setHeader("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    answer(response, 200, found.type, found.body);
  };

  const routes: Record<string, Answer> = {
    [`GET ${mount}/`]: document,
    [`GET ${mount}/__host/page.js`]: own("page"),
    [`GET ${mount}/__host/web-view.js`]: own("webView"),
    [`GET ${mount}/__host/start.js`]: start,
    [`GET ${mount}/__host/worker.js`]: worker,
    [`POST ${mount}/__host/relay`]: relayed,
    [`POST ${mount}/__host/bridge`]: bridge,
  };

  return async (request, response, url) => {
    if (url.pathname === mount) {
      response.writeHead(308, { location: `${mount}/${url.search}` });
      response.end();
      return;
    }
    const isAsset = request.method === "GET" && url.pathname.startsWith(`${mount}/__assets/`);
    const found = isAsset ? asset : routes[`${request.method} ${url.pathname}`];
    if (found) return found(request, response, url);
    answer(response, 404, TEXT, "The phone has nothing there.");
  };
}

function originOf(args: JsonObject): string {
  const { url } = args;
  return typeof url === "string" && URL.canParse(url) ? new URL(url).origin : "?";
}
