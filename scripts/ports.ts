import { createServer } from "node:net";

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

function anyFree(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

/**
 * The port to use: the one that was asked for (an error if it is taken), else the usual one if it is free, else any.
 * `name` is the variable that sets it, for the error's text.
 */
export async function choosePort(name: string, asked: number | undefined, usual: number | null): Promise<number> {
  if (asked !== undefined) {
    if (await isFree(asked)) return asked;
    throw new Error(`Port ${asked} (${name}) is taken. Stop what uses it, or set ${name} to another port.`);
  }
  if (usual !== null && (await isFree(usual))) return usual;
  return anyFree();
}
