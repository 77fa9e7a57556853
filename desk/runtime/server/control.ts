import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { JsonObject } from "../protocol";
import type { PhoneLink } from "./link";

const OPEN_WITHIN_MS = 15_000;

/** What a phone page sends: the answer to a request, or an event of its own. */
type FromPage = { id: number; result?: JsonObject; error?: string } | { event: string; params: JsonObject };

/** The desk's end of the phone pages' sockets. */
export interface Control extends PhoneLink {
  /** The caller has checked path, Host and Origin. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/**
 * Keeps the sockets of the open phone pages; the one that connected last answers. `cause` says why no phone can be open,
 * or null where one may still come.
 */
export function createControl(cause: () => Promise<string | null>): Control {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 * 1024 });
  const pages: WebSocket[] = [];
  const pending = new Map<number, { page: WebSocket; done: (reply: FromPage & { id: number }) => void }>();
  const listeners = new Set<(method: string, params: JsonObject) => void>();
  const waiting = new Set<(page: WebSocket) => void>();
  let lastId = 0;

  function opened(page: WebSocket): void {
    pages.push(page);
    page.on("message", (data: Buffer) => heard(page, JSON.parse(data.toString("utf8")) as FromPage));
    page.on("close", () => left(page));
    for (const resolve of waiting) resolve(page);
    waiting.clear();
  }

  function heard(page: WebSocket, message: FromPage): void {
    if ("event" in message) {
      if (page === pages.at(-1)) for (const listener of listeners) listener(message.event, message.params);
      return;
    }
    const request = pending.get(message.id);
    pending.delete(message.id);
    request?.done(message);
  }

  function left(page: WebSocket): void {
    pages.splice(pages.indexOf(page), 1);
    for (const [id, request] of pending) {
      if (request.page !== page) continue;
      pending.delete(id);
      request.done({ id, error: "The phone was closed or reloaded before it answered." });
    }
  }

  async function newest(): Promise<WebSocket> {
    const known = pages.length > 0 ? null : await cause();
    if (known !== null) throw new Error(known);
    // It may have come while the cause was looked for.
    const page = pages.at(-1);
    if (page) return page;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(found);
        reject(new Error("No phone is open: open the phone's address in a browser."));
      }, OPEN_WITHIN_MS);
      const found = (opening: WebSocket): void => {
        clearTimeout(timer);
        resolve(opening);
      };
      waiting.add(found);
    });
  }

  return {
    accept: (request, socket, head) => sockets.handleUpgrade(request, socket, head, opened),
    async request(method, params) {
      const page = await newest();
      const id = ++lastId;
      return new Promise<JsonObject>((resolve, reject) => {
        pending.set(id, {
          page,
          done: (reply) => {
            if ("error" in reply) reject(new Error(reply.error));
            else resolve(("result" in reply && reply.result) || {});
          },
        });
        page.send(JSON.stringify({ id, method, params }));
      });
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      for (const page of pages) page.terminate();
      sockets.close();
    },
  };
}
