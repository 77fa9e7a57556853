import { BrowserSessionStore } from "./browser-session";
import { OAuthReturnStore, type OAuthReturnParts } from "./oauth-return";
import { OAuthSignInStore } from "./oauth";
import { FakeServer, memoryStorage, person, refuses } from "../server.testing";

const PAGE = "https://login.dingtalk.com/oauth2/auth?state=s";
const DEMO = { corpId: "dingdemo", name: "青禾集团" };
const NOT_BOUND = { bindTicket: "b1", memberName: "李明", enterpriseName: "青禾集团", administrators: ["林悦"] };

function going(options: { corpId?: string; kept?: Record<string, string> } = {}) {
  const server = new FakeServer()
    .on("GET /api/session/oauth/enterprises", () => ({ enterprises: [] }))
    .on("POST /api/session/oauth/begin", () => ({ url: PAGE }));
  const storage = memoryStorage(options.kept);
  const gone: string[] = [];
  const leaveFor = (url: string): void => void gone.push(url);
  const store = new OAuthSignInStore({ call: server.transport, storage, corpId: options.corpId ?? null, leaveFor });
  return { server, store, gone };
}

describe("the way to DingTalk's page", () => {
  it("asks for a CorpId where nobody is listed or remembered, and takes it without spaces", async () => {
    const { server, store, gone } = going();
    await store.open();
    expect(store.state).toEqual({ kind: "choosing", enterprises: [] });

    expect(await store.begin(" dingdemo ")).toBe(true);

    expect(server.requests.at(-1)?.body).toEqual({ corpId: "dingdemo" });
    expect(gone).toEqual([PAGE]);
  });

  it("offers whom this browser remembers first, then those that are listed, each once", async () => {
    const { server, store } = going({ kept: { enterprise: JSON.stringify(DEMO) } });
    server.on("GET /api/session/oauth/enterprises", () => ({ enterprises: [{ corpId: "dingtwo", name: "二" }, DEMO] }));

    await store.open();

    expect(store.state).toEqual({ kind: "choosing", enterprises: [DEMO, { corpId: "dingtwo", name: "二" }] });
  });

  it.each(["{", "null", '{"corpId":1}'])(
    "forgets what it did not write itself, and works without a list: %s",
    async (kept) => {
      const { server, store } = going({ kept: { enterprise: kept } });
      server.on("GET /api/session/oauth/enterprises", refuses("offline"));
      await store.open();
      expect(store.state).toMatchObject({ kind: "choosing" });
    },
  );

  it("goes at once to the enterprise that the address names, and offers a choice where that one is refused", async () => {
    const named = going({ corpId: "dingdemo" });
    await named.store.open();
    expect(named.gone).toEqual([PAGE]);

    const refused = going({ corpId: "dingwrong" });
    refused.server.on("POST /api/session/oauth/begin", refuses("corp_not_authorised"));
    await refused.store.open();
    expect(refused.gone).toEqual([]);
    expect(refused.store).toMatchObject({
      busy: false,
      state: { kind: "choosing" },
      error: { code: "corp_not_authorised" },
    });
  });
});

function coming(changes: Partial<OAuthReturnParts> = {}) {
  const server = new FakeServer()
    .on("POST /api/session/oauth/finish", () => person())
    .on("GET /api/me", refuses("signed_out"))
    .on("GET /api/setup", () => ({ open: false }));
  const storage = memoryStorage();
  const left: string[] = [];
  const session = new BrowserSessionStore(server.transport);
  const store = new OAuthReturnStore({
    ...{ call: server.transport, session, storage, target: "/r/sales" },
    back: { state: "s", code: "c" },
    leave: (target) => void left.push(target),
    ...changes,
  });
  return { server, store, session, storage, left };
}

describe("back from DingTalk's page", () => {
  it("ends signed in on the wanted page, and remembers the enterprise", async () => {
    const { store, session, storage, server, left } = coming();
    await store.start();
    expect(server.requests[0]?.body).toEqual({ state: "s", code: "c" });
    expect(session.state.kind).toBe("ready");
    expect(left).toEqual(["/r/sales"]);
    expect(JSON.parse(storage.content.get("enterprise") ?? "")).toEqual(DEMO);
  });

  it.each(["sign_in_expired", "consent_refused", "not_a_member", "user_disabled"] as const)(
    "says why it was refused, and starts again on the wanted page: %s",
    async (code) => {
      const { store, server, session, left, storage } = coming();
      server.on("POST /api/session/oauth/finish", refuses(code));
      await store.start();
      expect(store.state).toMatchObject({ kind: "failed", error: { code } });

      store.again();

      expect(left).toEqual(["/r/sales"]);
      expect(server.count("/api/me")).toBe(1);
      expect(session.state.kind).not.toBe("ready");
      expect(storage.content.size).toBe(0);
    },
  );

  it("asks nobody where DingTalk sent nothing along", async () => {
    const { store, server } = coming({ back: null });
    await store.start();
    expect(store.state).toMatchObject({ kind: "failed", error: { code: "sign_in_expired" } });
    expect(server.requests).toEqual([]);
  });

  it("lets a member without an account bind one; a wrong password keeps the form, a spent ticket ends it", async () => {
    const { store, server, left } = coming();
    server.on("POST /api/session/oauth/finish", refuses("not_bound", { notBound: NOT_BOUND }));
    await store.start();
    expect(store.state).toEqual({ kind: "notBound", detail: NOT_BOUND });

    server.on("POST /api/session/dingtalk-web/bind", refuses("wrong_credentials"));
    await store.bind("a", "b");
    expect(store).toMatchObject({ busy: false, error: { code: "wrong_credentials" }, state: { kind: "notBound" } });

    server.on("POST /api/session/dingtalk-web/bind", () => person());
    await store.bind(" liming ", "secret");
    expect(server.requests.at(-1)?.body).toEqual({ bindTicket: "b1", login: "liming", password: "secret" });
    expect(left).toEqual(["/r/sales"]);

    const late = coming();
    late.server.on("POST /api/session/oauth/finish", refuses("not_bound", { notBound: NOT_BOUND }));
    late.server.on("POST /api/session/dingtalk-web/bind", refuses("bind_ticket_spent"));
    await late.store.start();
    await late.store.bind("a", "b");
    expect(late.store.state).toMatchObject({ kind: "failed", error: { code: "bind_ticket_spent" } });
  });
});
