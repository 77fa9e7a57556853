import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { createControl } from "./control";
import { answer, answerJson } from "./body";
import { bundles } from "./bundle";
import { refusal } from "./guard";
import type { CompileFault } from "../compiled";
import type { PhoneLink } from "./link";
import type { PhoneParts } from "./phone-parts";
import { createProject } from "./project";
import { phoneRoutes } from "./routes";

/** One mini program, served as the screen of a phone. */
export interface Phone {
  /** Answers what lies under the mount path; false for everything else. Refuses foreign Host and Origin itself. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Takes the page's control WebSocket; false when the path is not the phone's. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Hand this to `startAutomator`. */
  automator: PhoneLink;
  close(): Promise<void>;
}

const ORIGINLESS = new Set(["GET", "HEAD"]);

/** Serves a built mini program; compiles it now and again whenever its folder changed before a phone is opened. */
export async function createPhone(parts: PhoneParts): Promise<Phone> {
  const project = createProject(parts.project, parts.strict ?? false, parts.log);
  const control = createControl(async () => {
    const { app, faults } = await project.current();
    return app ? null : `The mini program does not compile: ${faults.map(lineOf).join(" ")}`;
  });
  const routes = phoneRoutes(parts, project);
  const home = `${parts.mount}/`;
  await project.current();
  // Ready for the first page; a fault of the bundle is told when a page asks for it.
  void bundles(parts.runtime).catch(() => undefined);

  return {
    automator: control,
    async handle(request, response) {
      const url = new URL(request.url ?? "/", "http://phone");
      if (url.pathname !== parts.mount && !url.pathname.startsWith(home)) return false;
      const refused = refusal(request, !ORIGINLESS.has(request.method ?? ""));
      if (refused !== null) {
        parts.log(`Refused ${request.method} ${url.pathname}: ${refused}`);
        answer(response, 403, "text/plain; charset=utf-8", refused);
        return true;
      }
      try {
        await routes(request, response, url);
      } catch (error) {
        parts.log(`Failed ${request.method} ${url.pathname}: ${String(error)}`);
        if (!response.headersSent) answerJson(response, 500, { error: String(error) });
      }
      return true;
    },
    upgrade(request, socket, head) {
      const { pathname } = new URL(request.url ?? "/", "http://phone");
      if (pathname !== `${home}__host/control`) return false;
      const refused = refusal(request, true);
      if (refused === null) control.accept(request, socket, head);
      else {
        parts.log(`Refused WebSocket ${pathname}: ${refused}`);
        socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      }
      return true;
    },
    async close() {
      control.close();
      await Promise.resolve();
    },
  };
}

const lineOf = ({ file, line, column, message }: CompileFault): string => `${file}:${line}:${column} ${message}`;
