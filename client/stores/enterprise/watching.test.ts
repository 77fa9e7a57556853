import { BindLinkStore } from "../people/bind-link";
import { Resource } from "../resource";
import { clock, deferred, FakeServer, refuses } from "../server.testing";
import { SyncProgressStore } from "./sync-progress";

const run = (state: string) => ({ id: "s1", state });

describe("a synchronisation", () => {
  const SYNC = "GET /api/enterprises/e1/sync";

  it("is watched until it is done, then the page is told once", async () => {
    const time = clock();
    const server = new FakeServer().on(SYNC, () => ({ current: run("running"), latest: [] }));
    const finished = jest.fn();
    const store = new SyncProgressStore({ call: server.transport, later: time.later, enterpriseId: "e1", finished });
    await store.watch();
    await time.tick();
    expect(store.underWay).toBe(true);

    server.on(SYNC, () => ({ current: null, latest: [run("done")] }));
    await time.tick();
    expect(store.run).toEqual(run("done"));
    expect(finished).toHaveBeenCalledTimes(1);
    expect(time.waiting()).toBe(0);
  });

  it("goes on being watched where an answer was lost", async () => {
    const time = clock();
    const server = new FakeServer().on(SYNC, () => ({ current: run("running"), latest: [] }));
    const store = new SyncProgressStore({ call: server.transport, later: time.later, enterpriseId: "e1" });
    await store.watch();
    server.on(SYNC, refuses("offline"));
    await time.tick();
    expect(store.error?.code).toBe("offline");
    expect(time.waiting()).toBe(1);
  });

  it("is not asked for once the page is gone", async () => {
    const time = clock();
    const server = new FakeServer().on(SYNC, () => ({ current: run("running"), latest: [] }));
    const store = new SyncProgressStore({ call: server.transport, later: time.later, enterpriseId: "e1" });
    await store.watch();
    store.dispose();
    await time.tick();
    expect(server.requests).toHaveLength(1);
  });
});

describe("a bind link", () => {
  const link = (state: string, name: string | null = null) => ({ id: "l1", state, memberName: name, expiresAt: "" });

  it("is watched until the phone has answered", async () => {
    const time = clock();
    const bound = jest.fn();
    const server = new FakeServer()
      .on("POST /api/me/bind-link", () => ({ ...link("waiting"), url: "dingtalk://bind" }))
      .on("GET /api/me/bind-link/l1", () => link("opened", "李明"));
    const store = new BindLinkStore({ call: server.transport, later: time.later, enterpriseId: "e1", bound });
    await store.create();
    expect(store.url).toBe("dingtalk://bind");
    await time.tick();
    expect(store.link?.state).toBe("opened");

    server.on("GET /api/me/bind-link/l1", () => link("bound", "李明"));
    await time.tick();
    expect(bound).toHaveBeenCalledTimes(1);
    expect(time.waiting()).toBe(0);
  });

  it("that was replaced is no longer shown, also where its answer comes late", async () => {
    const time = clock();
    const slow = deferred<unknown>();
    const server = new FakeServer().on("POST /api/me/bind-link", () => slow.promise);
    const store = new BindLinkStore({
      call: server.transport,
      later: time.later,
      enterpriseId: "e1",
      bound: () => undefined,
    });
    const first = store.create();
    server.on("POST /api/me/bind-link", () => ({ ...link("waiting"), url: "dingtalk://second" }));
    await store.create();
    slow.resolve({ ...link("waiting"), url: "dingtalk://first" });
    await first;
    expect(store.url).toBe("dingtalk://second");
  });
});

describe("what a page asks for", () => {
  it("is what was asked last, whatever arrives last", async () => {
    const answers = [deferred<string>(), deferred<string>()];
    let asked = 0;
    const resource = new Resource(() => answers[asked++]?.promise ?? Promise.reject(new Error("asked too often")));
    const both = [resource.load(), resource.load()];
    answers[1]?.resolve("second");
    answers[0]?.resolve("first");
    await Promise.all(both);
    expect(resource.data).toBe("second");
    expect(resource.busy).toBe(false);
  });

  it("stays visible when asking again fails", async () => {
    const server = new FakeServer().on("GET /x", () => "data");
    const resource = new Resource(() => server.transport({ method: "GET", path: "/x" }));
    await resource.load();
    server.on("GET /x", refuses("offline"));
    await resource.load();
    expect(resource.data).toBe("data");
    expect(resource.error?.code).toBe("offline");
  });
});
