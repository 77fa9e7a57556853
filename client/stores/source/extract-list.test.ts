import { ExtractListStore } from "./extract-list";
import { clock, deferred, FakeServer, refuses, settle } from "../server.testing";

const LIST = "GET /api/extracts";
const extract = (name: string, state: string, dataSourceId = "s1") => ({
  id: name,
  name,
  dataSourceId,
  runs: [{ state }],
});

type Item = Parameters<ExtractListStore["put"]>[0];

function build() {
  const time = clock();
  const server = new FakeServer();
  const store = new ExtractListStore({ call: server.transport, later: time.later, dataSourceId: "s1" });
  const states = () => store.extracts.map(({ name, runs }) => [name, runs[0]?.state]);
  return { time, server, store, states };
}

describe("the extracts of a data source", () => {
  it("are watched until none of them is being made", async () => {
    const { time, server, store, states } = build();
    server.on(LIST, () => ({
      extracts: [extract("a", "done"), extract("b", "queued"), extract("c", "running", "s2")],
    }));
    await store.load();
    expect(states()).toEqual([
      ["a", "done"],
      ["b", "queued"],
    ]);
    server.on(LIST, refuses("offline"));
    await time.tick();
    expect([store.all.error?.code, time.waiting()]).toEqual(["offline", 1]);
    server.on(LIST, () => ({ extracts: [extract("b", "done"), extract("c", "running", "s2")] }));
    await time.tick();
    expect(states()).toEqual([["b", "done"]]);
    expect(time.waiting()).toBe(0);
  });

  it("show what a request answered, also where an older list comes after it", async () => {
    const { time, server, store, states } = build();
    server.on(LIST, () => ({ extracts: [extract("b", "done")] }));
    await store.load();
    const late = deferred<unknown>();
    server.on(LIST, () => late.promise);
    const loading = store.load();
    store.put(extract("b", "queued") as unknown as Item);
    store.put(extract("a", "queued") as unknown as Item);
    late.resolve({ extracts: [extract("b", "done")] });
    await loading;
    expect(states()).toEqual([
      ["a", "queued"],
      ["b", "queued"],
    ]);
    expect(time.waiting()).toBe(1);
  });

  it("are not asked for once the page is gone", async () => {
    const { time, server, store } = build();
    const late = deferred<unknown>();
    server.on(LIST, () => late.promise);
    const loading = store.load();
    store.close();
    late.resolve({ extracts: [extract("a", "running")] });
    await loading;
    await settle();
    expect(time.waiting()).toBe(0);
  });
});
