import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A server that listens on loopback. */
export interface Listening {
  port: number;
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  url: string;
  /** Stops at once: open connections are cut, WebSockets too. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 only; port 0 takes a free one. Rejects when the port is taken. */
export async function listenOnLoopback(server: Server | RequestListener, port: number): Promise<Listening> {
  const http = typeof server === "function" ? createServer(server) : server;
  // A connection that became a WebSocket is no connection of the HTTP server any more, yet closing waits for it.
  const sockets = new Set<Socket>();
  http.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(port, "127.0.0.1", resolve);
  });
  const taken = (http.address() as AddressInfo).port;
  return {
    port: taken,
    url: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
