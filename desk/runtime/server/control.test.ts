import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket } from "ws";
import { createControl } from "./control";

it("asks a phone that opens while it is looked into why none is open", async () => {
  let looked: () => void = () => undefined;
  const control = createControl(() => new Promise((resolve) => (looked = () => resolve(null))));
  const server = createServer().listen(0, "127.0.0.1");
  server.on("upgrade", (request, socket, head) => control.accept(request, socket, head));
  await new Promise((resolve) => server.once("listening", resolve));
  const phone = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  phone.on("message", (data: Buffer) => {
    const { id } = JSON.parse(data.toString("utf8")) as { id: number };
    phone.send(JSON.stringify({ id, result: { path: "pages/a" } }));
  });
  try {
    const asked = control.request("App.getCurrentPage", {});
    await new Promise((resolve) => phone.once("open", resolve));
    looked();
    expect(await asked).toEqual({ path: "pages/a" });
  } finally {
    phone.terminate();
    control.close();
    server.close();
  }
}, 30_000);
