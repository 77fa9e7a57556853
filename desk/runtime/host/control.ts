import type { JsonObject } from "../protocol";

/** The page's socket to the process that serves it. */
export interface Control {
  event(method: string, params: JsonObject): void;
}

const AGAIN_AFTER_MS = 1000;

/** Keeps the socket open and answers what the process asks; events sent while it is closed wait for it. */
export function openControl(url: string, ask: (method: string, params: JsonObject) => Promise<JsonObject>): Control {
  let socket: WebSocket | null = null;
  let waiting: string[] = [];

  function send(message: JsonObject): void {
    const text = JSON.stringify(message);
    if (socket?.readyState === WebSocket.OPEN) socket.send(text);
    else waiting.push(text);
  }

  function connect(): void {
    socket = new WebSocket(url);
    socket.addEventListener("open", () => {
      const kept = waiting;
      waiting = [];
      for (const text of kept) socket?.send(text);
    });
    socket.addEventListener("close", () => setTimeout(connect, AGAIN_AFTER_MS));
    socket.addEventListener("message", (event: MessageEvent<string>) => {
      const { id, method, params } = JSON.parse(event.data) as { id: number; method: string; params: JsonObject };
      ask(method, params).then(
        (result) => send({ id, result }),
        (error: unknown) => send({ id, error: error instanceof Error ? error.message : String(error) }),
      );
    });
  }

  connect();
  return { event: (event, params) => send({ event, params }) };
}
