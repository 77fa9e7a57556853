import { ArrivalStore } from "./arrival";
import { BrowserSessionStore } from "./browser-session";
import { HandOffStore, type HandOffParts } from "./hand-off";
import { LaunchStore } from "./launch";
import { deferred, FakeServer, memoryStorage, person, refuses, settle } from "../server.testing";

/** A browser that a hand-off opened, in front of a server that takes the ticket. */
function arrive(changes: Partial<HandOffParts> = {}) {
  const server = new FakeServer()
    .on("GET /api/me", refuses("signed_out"))
    .on("GET /api/setup", () => ({ open: false }))
    .on("POST /api/hand-off/redeem", () => ({ target: "/r/sales", me: person() }))
    .on("POST /api/launch/kept-inside", () => ({ opening: "browser", keptInside: true }));
  const left: string[] = [];
  const told: string[] = [];
  const session = new BrowserSessionStore(server.transport);
  const launch = new LaunchStore(server.transport);
  const storage = memoryStorage();
  const arrival = new ArrivalStore({ session, storage });
  const store = new HandOffStore({
    call: server.transport,
    session,
    launch,
    arrival,
    ticket: "t1",
    target: "/",
    insideDingTalk: false,
    whenSeen: () => Promise.resolve(),
    leave: (target) => void left.push(target),
    tellArrivedInside: () => void told.push("inside"),
    ...changes,
  });
  return { server, store, session, launch, arrival, storage, left, told };
}

it("trades the ticket for a session and opens the page that the ticket names", async () => {
  const { server, store, session, left, told } = arrive({ target: "/r/other" });

  await store.start();

  expect(server.requests).toMatchObject([{ path: "/api/hand-off/redeem", body: { ticket: "t1", replace: false } }]);
  expect(session.state.kind).toBe("ready");
  expect(left).toEqual(["/r/sales"]);
  expect(told).toEqual([]);
});

it("spends nothing before a person sees the page", async () => {
  const seen = deferred<void>();
  const { server, store, left } = arrive({ whenSeen: () => seen.promise });
  const done = store.start();
  await settle();
  expect(server.requests).toEqual([]);

  seen.resolve();
  await done;

  expect(left).toEqual(["/r/sales"]);
});

it("remembers that DingTalk kept the page inside, tells the page that sent it, and simply stays", async () => {
  const { server, store, launch, left, told } = arrive({ insideDingTalk: true });

  await store.start();

  expect(server.requests.at(-1)).toMatchObject({ path: "/api/launch/kept-inside", body: { keptInside: true } });
  expect(launch).toMatchObject({ mayTryBrowser: true, hinting: true });
  expect(told).toEqual(["inside"]);
  expect(left).toEqual(["/r/sales"]);
});

it("stays inside even where that cannot be remembered", async () => {
  const { server, store, left } = arrive({ insideDingTalk: true });
  server.on("POST /api/launch/kept-inside", refuses("offline"));

  await store.start();

  expect(left).toEqual(["/r/sales"]);
});

describe("whose account was opened", () => {
  it("is said until the person confirms it, also on a page loaded anew, and never again after that", async () => {
    const { store, session, arrival, storage } = arrive();
    await store.start();
    expect(arrival.unconfirmed?.user.name).toBe(person().user.name);
    const anew = new ArrivalStore({ session, storage });
    await anew.restore();
    await anew.signedIn(person());
    expect(anew.unconfirmed?.user.name).toBe(person().user.name);

    await anew.confirm();

    expect(anew.unconfirmed).toBeNull();
    expect(await anew.lastUser()).toBe(person().user.id);
    await anew.arrive(person());
    expect(anew.unconfirmed).toBeNull();
  });

  it("can be left with one press", async () => {
    const { server, store, session, arrival } = arrive();
    server.on("POST /api/session/sign-out", () => ({}));
    await store.start();

    await arrival.deny();

    expect([session.state.kind, arrival.unconfirmed, await arrival.lastUser()]).toEqual(["signedOut", null, null]);
  });

  it("is asked beforehand where the browser remembers another person, who then signs in as usual", async () => {
    const { server, store, arrival, left } = arrive({ target: "/r/sales" });
    await arrival.signedIn(person("王芳"));
    const remembered = person("王芳").user.id;
    server.on("POST /api/hand-off/redeem", refuses("hand_off_other_user"));

    await store.start();

    expect(server.requests[0]).toMatchObject({ body: { ticket: "t1", replace: false, lastUser: remembered } });
    expect(store.state).toEqual({ kind: "otherUser", name: null });
    store.keep();
    expect(left).toEqual(["/r/sales"]);
  });
});

describe("where another person is signed in", () => {
  const other = () => {
    const found = arrive();
    found.server
      .on("GET /api/me", () => person("王芳"))
      .on("POST /api/hand-off/redeem", ({ body }) =>
        (body as { replace: boolean }).replace
          ? { target: "/r/sales", me: person() }
          : refuses("hand_off_other_user")({ method: "POST", path: "" }),
      );
    return found;
  };

  it("asks before it replaces them", async () => {
    const { store, left } = other();

    await store.start();
    expect(store.state).toEqual({ kind: "otherUser", name: "王芳" });
    expect(left).toEqual([]);

    await store.replace();
    expect(left).toEqual(["/r/sales"]);
  });

  it("keeps them on demand", async () => {
    const { server, store, session, left } = other();
    await store.start();

    store.keep();

    expect(server.count("/api/hand-off/redeem")).toBe(1);
    expect(session.state).toMatchObject({ kind: "ready", me: { user: { name: "王芳" } } });
    expect(left).toEqual(["/"]);
  });
});

describe("a ticket of no use", () => {
  it.each([
    ["was used", "t1"],
    ["is missing", null],
  ])("that %s leads to a normal sign-in, and from there to the wanted page", async (_case, ticket) => {
    const { server, store, left } = arrive({ ticket, target: "/r/sales" });
    server.on("POST /api/hand-off/redeem", refuses("hand_off_spent"));
    server.on("POST /api/session/password", () => person());
    await store.start();
    expect(store.state).toEqual({ kind: "spent", name: null });

    expect(await store.signIn("liming", "secret")).toBe(true);

    expect(left).toEqual(["/r/sales"]);
  });

  it("says so to a person who is signed in anyway, who goes on as who they are", async () => {
    const { server, store, left } = arrive({ target: "/r/sales" });
    server.on("POST /api/hand-off/redeem", refuses("hand_off_spent")).on("GET /api/me", () => person("王芳"));
    await store.start();
    expect(store.state).toEqual({ kind: "spent", name: "王芳" });

    store.keep();

    expect(left).toEqual(["/r/sales"]);
  });
});

it.each(["offline", "too_many_attempts"] as const)(
  "says %s, and tries the same ticket again on demand",
  async (code) => {
    const { server, store, left } = arrive();
    server.on("POST /api/hand-off/redeem", refuses(code));
    await store.start();
    expect(store.state).toMatchObject({ kind: "failed", error: { code } });

    server.on("POST /api/hand-off/redeem", () => ({ target: "/r/sales", me: person() }));
    await store.start();

    expect(left).toEqual(["/r/sales"]);
  },
);
