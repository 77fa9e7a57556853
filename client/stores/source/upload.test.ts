import type { UploadItem } from "../../api/file";
import { ApiError } from "../../api/error";
import { FakeServer, refuses, settle } from "../server.testing";
import { UploadStore, type SendPart } from "./upload";

const MB = 1024 * 1024;
const ID = "0f0e0d0c-0b0a-4909-8807-060504030201";

/** A server that takes parts, on a network that fails where a test says so, and a clock that a test turns. */
function prepare(size = 5 * MB) {
  const upload = (received: number, state = "receiving"): UploadItem =>
    ({
      id: ID,
      fileName: "a.csv",
      size,
      modified: 1,
      received,
      partBytes: 8 * MB,
      state,
      settings: {},
      inspection: null,
      problem: null,
    }) as UploadItem;
  let [received, clock] = [0, 0];
  const sent: [offset: number, bytes: number][] = [];
  const faults: ((offset: number) => ApiError | null)[] = [];
  const current = (): UploadItem => upload(received, received === size ? "inspecting" : "receiving");
  const server = new FakeServer().on("POST /api/uploads", current).on(`GET /api/uploads/${ID}`, current);
  const send: SendPart<number> = ({ offset, bytes }) => {
    sent.push([offset, bytes]);
    clock += 100;
    const fault = faults.shift()?.(offset) ?? null;
    if (!fault) received = offset + bytes;
    return { done: fault ? Promise.reject(fault) : Promise.resolve(current()), stop: () => undefined };
  };
  const waits: { run: () => void; ms: number }[] = [];
  const store = new UploadStore<number>({
    call: server.transport,
    send,
    now: () => clock,
    later: (run, ms) => {
      waits.push({ run, ms });
      return () => undefined;
    },
  });
  const file = { name: "a.csv", size, modified: 1, slice: (from: number, to: number) => to - from };
  const pass = async (): Promise<number> => {
    const next = waits.shift();
    next?.run();
    await settle();
    return next?.ms ?? -1;
  };
  return { store, server, file, sent, faults, pass, arrived: (bytes: number) => (received = bytes), upload };
}

it("sends larger parts while the network is quick, and watches until the file is read", async () => {
  const { store, file, sent, server, pass, upload } = prepare();
  await store.choose(file);
  expect(sent).toEqual([
    [0, MB],
    [MB, 2 * MB],
    [3 * MB, 2 * MB],
  ]);
  expect([store.progress, store.sending]).toEqual([1, "idle"]);
  await pass();
  expect(store.upload?.state).toBe("inspecting");
  server.on(`GET /api/uploads/${ID}`, () => upload(5 * MB, "inspected"));
  await pass();
  expect(store.upload?.state).toBe("inspected");
});

it("tries again by itself after a lost connection, from what the server has, waiting longer each time", async () => {
  const { store, file, sent, faults, pass, arrived } = prepare();
  const lost = () => new ApiError("offline", "");
  faults.push(() => null, lost, lost, lost);
  await store.choose(file);
  expect([store.sending, store.error]).toEqual(["waiting", null]);
  arrived(1.5 * MB); // half of the part that broke off
  expect(await pass()).toBe(500);
  expect(await pass()).toBe(1_000);
  expect(await pass()).toBe(2_000);
  expect(sent.slice(0, 3)).toEqual([
    [0, MB],
    [MB, 2 * MB],
    [1.5 * MB, MB],
  ]);
  expect([store.progress, store.upload?.state]).toEqual([1, "inspecting"]);
});

it("goes on from where the server is after a part that did not fit", async () => {
  const { store, file, sent, faults, pass, arrived } = prepare();
  faults.push(() => {
    arrived(3 * MB);
    return new ApiError("upload_offset", "");
  });
  await store.choose(file);
  await pass();
  expect(sent[1]?.[0]).toBe(3 * MB);
  expect(store.upload?.state).toBe("inspecting");
});

it("stands still with the reason where trying again does not help, and goes on when told", async () => {
  const { store, file, faults } = prepare();
  faults.push(() => new ApiError("disk_full", ""));
  await store.choose(file);
  expect([store.sending, store.error?.code]).toEqual(["paused", "disk_full"]);
  await store.resume();
  expect([store.error, store.upload?.state]).toEqual([null, "inspecting"]);
});

it("says why a file is refused at once", async () => {
  const { store, file, server } = prepare();
  server.on("POST /api/uploads", refuses("file_too_large"));
  await store.choose(file);
  expect([store.error?.code, store.upload]).toEqual(["file_too_large", null]);
});

it("keeps what was found when an import is refused", async () => {
  const { store, server, upload } = prepare();
  server.on(`POST /api/uploads/${ID}/import`, refuses("file_taken"));
  store.open(upload(5 * MB, "inspected"));
  expect(await store.import({ name: "a.parquet", replace: false, leaveOut: false })).toBeNull();
  expect([store.error?.code, store.upload?.state]).toEqual(["file_taken", "inspected"]);
});
