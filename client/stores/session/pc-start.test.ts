import type { LaunchState } from "../../../core/contract/session/launch";
import { ApiError } from "../../api/error";
import { BrowserSessionStore } from "./browser-session";
import { LaunchStore } from "./launch";
import { PcStartStore, type PcStartParts } from "./pc-start";
import { FakeServer, person, refuses } from "../server.testing";

const TICKET = "http://bi.example/hand-off#ticket";
/** What the browser is asked to open: the page is named for those who come too late for the ticket. */
const OPENED = "http://bi.example/hand-off?target=%2Fr%2Fsales#ticket";
const BROWSER: LaunchState = { opening: "browser", keptInside: false };
const NOT_BOUND = { bindTicket: "b1", memberName: "李明", enterpriseName: "青禾集团", administrators: ["林悦"] };

/** A page inside DingTalk on a PC, in front of a server where nobody is signed in and the browser is wanted. */
function openPc(changes: Partial<PcStartParts> = {}) {
  const server = new FakeServer()
    .on("GET /api/me", refuses("signed_out"))
    .on("GET /api/setup", () => ({ open: false }))
    .on("POST /api/session/dingtalk-web", () => person())
    .on("GET /api/launch", () => BROWSER)
    .on("POST /api/hand-off", () => ({ url: TICKET, expiresAt: "2026-11-22T02:01:00Z" }));
  const opened: string[] = [];
  const left: string[] = [];
  const asked: string[] = [];
  let attempts = 0;
  const session = new BrowserSessionStore(server.transport);
  const launch = new LaunchStore(server.transport);
  const store = new PcStartStore({
    call: server.transport,
    session,
    launch,
    corpId: "dingdemo",
    givenCode: null,
    target: "/r/sales",
    environment: { insideDingTalk: true, pc: true },
    requestAuthCode: (corpId) => {
      asked.push(corpId);
      return Promise.resolve(`code-${asked.length}`);
    },
    openLink: (url) => {
      opened.push(url);
      return Promise.resolve();
    },
    leave: (target) => void left.push(target),
    attempt: { made: () => attempts > 0, note: () => void (attempts += 1) },
    ...changes,
  });
  const codes = (): unknown[] =>
    server.requests.filter(({ path }) => path === "/api/session/dingtalk-web").map(({ body }) => body);
  return { server, store, session, launch, opened, left, asked, codes };
}

describe("signing in", () => {
  it("uses the session that is there", async () => {
    const { server, store, asked, opened } = openPc();
    server.on("GET /api/me", () => person());

    await store.start();

    expect(asked).toEqual([]);
    expect(opened).toEqual([OPENED]);
  });

  it("asks DingTalk for an auth code where there is no session", async () => {
    const { store, session, codes } = openPc();

    await store.start();

    expect(codes()).toEqual([{ corpId: "dingdemo", authCode: "code-1" }]);
    expect(session.state.kind).toBe("ready");
  });

  it("uses the mini program's code before any session, for it says who is there now", async () => {
    const { server, store, codes, asked } = openPc({ givenCode: "given" });
    server.on("GET /api/me", () => person("somebody else"));

    await store.start();

    expect(codes()).toEqual([{ corpId: "dingdemo", authCode: "given" }]);
    expect(asked).toEqual([]);
    expect(server.count("/api/me")).toBe(0);
  });

  it("goes on with the session, or a code of its own, after a code that was used before", async () => {
    const { server, store, session, codes } = openPc({ givenCode: "given" });
    server.on("POST /api/session/dingtalk-web", ({ body }) => {
      if ((body as { authCode: string }).authCode === "given") throw new ApiError("auth_code_spent", "used");
      return person();
    });

    await store.start();

    expect(codes()).toHaveLength(2);
    expect(session.state.kind).toBe("ready");
  });

  it("acts in the enterprise that the app was opened for", async () => {
    const other = { id: "e2", corpId: "dingdemo", name: "另一家" };
    const elsewhere = {
      ...person(),
      enterprise: { id: "e1", corpId: "dingother", name: "这家" },
      enterprises: [other],
    };
    const { server, store, asked } = openPc();
    server
      .on("GET /api/me", () => elsewhere)
      .on("POST /api/session/enterprise", () => ({ ...elsewhere, enterprise: other }));

    await store.start();

    expect(server.requests.find(({ path }) => path === "/api/session/enterprise")?.body).toEqual({
      enterpriseId: "e2",
    });
    expect(asked).toEqual([]);
  });

  it("takes the person that DingTalk names where the one signed in does not belong to the enterprise", async () => {
    const { server, store, asked } = openPc({ corpId: "dingstranger" });
    server.on("GET /api/me", () => person());

    await store.start();

    expect(asked).toEqual(["dingstranger"]);
  });

  it("leaves a plain browser without a session to the sign-in page of the wanted report", async () => {
    const { store, asked, left } = openPc({ environment: { insideDingTalk: false, pc: true } });

    await store.start();

    expect(asked).toEqual([]);
    expect(left).toEqual(["/r/sales"]);
  });

  it.each(["corp_not_authorised", "dingtalk_busy", "user_disabled", "offline"] as const)(
    "says %s, and tries again on demand",
    async (code) => {
      const { server, store, opened } = openPc();
      server.on("POST /api/session/dingtalk-web", refuses(code));
      await store.start();
      expect(store.state).toMatchObject({ kind: "failed", error: { code } });

      server.on("POST /api/session/dingtalk-web", () => person());
      await store.start();

      expect(opened).toEqual([OPENED]);
    },
  );

  it("says that the enterprise is unknown where the address names none", async () => {
    const { store } = openPc({ corpId: null });

    await store.start();

    expect(store.state).toMatchObject({ kind: "failed", error: { code: "corp_unknown" } });
  });
});

describe("binding", () => {
  it("binds a member without an account, and goes on to the wanted page", async () => {
    const { server, store, opened } = openPc();
    server.on("POST /api/session/dingtalk-web", refuses("not_bound", { notBound: NOT_BOUND }));
    server.on("POST /api/session/dingtalk-web/bind", () => person());
    await store.start();
    expect(store.state).toEqual({ kind: "notBound", detail: NOT_BOUND });

    await store.bind(" liming ", "secret");

    expect(server.requests.find(({ path }) => path.endsWith("/bind"))?.body).toEqual({
      bindTicket: "b1",
      login: "liming",
      password: "secret",
    });
    expect(opened).toEqual([OPENED]);
  });

  it("keeps the form after a wrong password, and asks to start anew once the ticket is gone", async () => {
    const { server, store } = openPc();
    server.on("POST /api/session/dingtalk-web", refuses("not_bound", { notBound: NOT_BOUND }));
    server.on("POST /api/session/dingtalk-web/bind", refuses("wrong_credentials"));
    await store.start();

    await store.bind("liming", "wrong");
    expect(store).toMatchObject({ state: { kind: "notBound" }, error: { code: "wrong_credentials" }, busy: false });

    server.on("POST /api/session/dingtalk-web/bind", refuses("bind_ticket_spent"));
    await store.bind("liming", "right");
    expect(store.state).toMatchObject({ kind: "failed", error: { code: "bind_ticket_spent" } });
  });
});

describe("the launch", () => {
  it("hands over once, with the wanted page", async () => {
    const { server, store, opened, left } = openPc();

    await store.start();

    expect(server.requests.find(({ path }) => path === "/api/hand-off")?.body).toEqual({ target: "/r/sales" });
    expect(opened).toEqual([OPENED]);
    expect(left).toEqual([]);
    expect(store.state).toEqual({ kind: "continued", failed: false });
  });

  it("does not open the browser a second time when the page is loaded again", async () => {
    const { store, opened } = openPc({ attempt: { made: () => true, note: () => undefined } });

    await store.start();

    expect(opened).toEqual([]);
    expect(store.state).toEqual({ kind: "continued", failed: false });
  });

  it("opens it again with a new ticket when the person asks, and stays when they want that", async () => {
    const { server, store, opened, left } = openPc();
    await store.start();

    await store.openAgain();
    expect(opened).toHaveLength(2);
    expect(server.count("/api/hand-off")).toBe(2);

    store.stay();
    expect(left).toEqual(["/r/sales"]);
  });

  it("says that the browser could not be opened", async () => {
    const { store } = openPc({ openLink: () => Promise.reject(new Error("no client")) });

    await store.start();

    expect(store.state).toEqual({ kind: "continued", failed: true });
  });

  it.each([
    ["the enterprise stays in the Workbench", { opening: "workbench", keptInside: false }, {}, false],
    ["the client keeps all pages inside", { opening: "browser", keptInside: true }, {}, true],
    ["it is a phone", BROWSER, { environment: { insideDingTalk: true, pc: false } }, false],
  ] as const)("shows the wanted page right here when %s", async (_case, state, changes, hinting) => {
    const { server, store, launch, opened, left } = openPc(changes);
    server.on("GET /api/launch", () => state);

    await store.start();

    expect(opened).toEqual([]);
    expect(left).toEqual(["/r/sales"]);
    expect(launch.hinting).toBe(hinting);
  });

  it("says that DingTalk opened it in another tab after all", async () => {
    const { store } = openPc();
    await store.start();

    store.arrivedInside();

    expect(store.state).toEqual({ kind: "keptInside" });
  });
});
