import { createServer, type AddressInfo, type Server } from "node:net";
import { choosePort } from "./ports";

let holder: Server;
let taken: number;

beforeEach(async () => {
  holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
  taken = (holder.address() as AddressInfo).port;
});

afterEach(() => new Promise<void>((resolve) => void holder.close(() => resolve())));

it("moves from a taken usual port to a free one", async () => {
  const chosen = await choosePort("PORT", undefined, taken);

  expect(chosen).not.toBe(taken);
  expect(chosen).toBeGreaterThan(0);
});

it("refuses a taken port that was asked for, naming the variable", async () => {
  await expect(choosePort("PORT", taken, 3000)).rejects.toThrow(`Port ${taken} (PORT) is taken`);
});

it("uses a free port that was asked for", async () => {
  await new Promise<void>((resolve) => void holder.close(() => resolve()));
  expect(await choosePort("PORT", taken, null)).toBe(taken);
  holder = createServer().listen(0, "127.0.0.1");
});
