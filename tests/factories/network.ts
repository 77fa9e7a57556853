import net from "node:net";

type Connect = typeof net.Socket.prototype.connect;

/** Refuses connections to anywhere but this machine, and remembers them, so that a test can fail because of them. */
export function guardNetwork(): { outside: string[]; release(): void } {
  const outside: string[] = [];
  const original = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function guarded(this: net.Socket, ...given: unknown[]) {
    const [first] = given.flat() as [{ host?: string; path?: string } | undefined];
    const host = first?.path ? "localhost" : (first?.host ?? "localhost");
    if (!["localhost", "127.0.0.1", "::1"].includes(host)) {
      outside.push(host);
      throw new Error(`A test tried to reach ${host}.`);
    }
    return (original as (...input: unknown[]) => net.Socket).apply(this, given);
  } as Connect;
  return {
    outside,
    release: () => {
      net.Socket.prototype.connect = original;
    },
  };
}
