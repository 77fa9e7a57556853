import { connect, createServer, type AddressInfo, type NetConnectOpts, type Socket } from "node:net";

/** A line to a server, which a test can let hang or cut. */
export interface Wire {
  port: number;
  /** How many connections were made through it. */
  connections(): number;
  /** From now on nothing gets through, in either direction. */
  hang(): void;
  /** Breaks every connection; new ones get through. */
  cut(): void;
  /** Breaks a connection once it has brought so many bytes. */
  cutAfter(bytes: number): void;
  close(): Promise<void>;
}

/** Listens on loopback and passes everything on, to a port or a unix socket. */
export async function startWire(to: NetConnectOpts): Promise<Wire> {
  const sockets = new Set<Socket>();
  let made = 0;
  let limit = Infinity;
  const server = createServer((client) => {
    made += 1;
    const upstream = connect(to);
    let brought = 0;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.once("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream);
    upstream.on("data", (chunk: Buffer) => {
      brought += chunk.length;
      if (brought > limit) client.destroy();
    });
    upstream.pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const breakAll = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => made,
    hang: () => {
      for (const socket of sockets) {
        socket.unpipe();
        socket.removeAllListeners("data");
        socket.pause();
      }
    },
    cut: breakAll,
    cutAfter: (bytes) => (limit = bytes),
    close: () => {
      breakAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
