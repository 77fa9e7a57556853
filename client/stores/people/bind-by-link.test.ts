import { ApiError } from "../../api/error";
import { BindByLinkStore, type BindByLinkParts } from "./bind-by-link";
import { buildSession, deferred, refuses, reply, settle } from "../server.testing";

const OPEN = "POST /api/bind-link/open";
const CONFIRM = "POST /api/bind-link/confirm";
const opened = {
  accountName: "王芳",
  login: "wangfang",
  enterpriseName: "青禾",
  memberName: "小芳",
  confirmTicket: "ticket",
};

/** An unbound member's phone, opened by a link. */
async function buildLink(changes: Partial<BindByLinkParts> = {}) {
  const built = buildSession();
  const notBound = { bindTicket: "b", memberName: "小芳", enterpriseName: "青禾", administrators: [] };
  built.server.on("POST /api/session/dingtalk", refuses("not_bound", { notBound }));
  built.server.on(OPEN, () => opened);
  await built.session.start();
  const { server, session, language } = built;
  const store = new BindByLinkStore({
    token: "link",
    transport: server.transport,
    session,
    language,
    corpId: () => "dingdemo",
    getAuthCode: () => Promise.resolve("code"),
    deviceName: "iPhone",
    ...changes,
  });
  const bodyOf = (path: string): unknown => server.requests.find((request) => request.path === path)?.body;
  return { ...built, store, bodyOf };
}

describe("binding by a link", () => {
  it("names both accounts before it binds anything", async () => {
    const { store, server, bodyOf } = await buildLink();
    expect(store.view.kind).toBe("opening");
    await store.open();
    expect(bodyOf("/api/bind-link/open")).toEqual({ token: "link", corpId: "dingdemo", authCode: "code" });
    expect(store.view).toMatchObject({ kind: "question", sending: false, problem: null });
    for (const name of ["小芳", "青禾", "王芳", "wangfang"]) {
      expect(store.view).toMatchObject({ question: expect.stringContaining(name) as string });
    }
    expect(server.count("/api/bind-link/confirm")).toBe(0);
  });

  it("signs the phone in when the person confirms", async () => {
    const { store, server, session, bodyOf } = await buildLink();
    server.on(CONFIRM, () => ({ session: reply(1) }));
    await store.open();
    await store.answer(true);
    expect(bodyOf("/api/bind-link/confirm")).toMatchObject({ confirmTicket: "ticket", accept: true });
    expect(store.view.kind).toBe("done");
    expect(session.state.kind).toBe("ready");
  });

  it("tells the computer when the person does not want to", async () => {
    const { store, server, session, bodyOf } = await buildLink();
    server.on(CONFIRM, () => ({ session: null }));
    await store.open();
    await store.answer(false);
    expect(bodyOf("/api/bind-link/confirm")).toMatchObject({ accept: false });
    expect(store.view).toMatchObject({ kind: "refused", title: "没有绑定", action: "去看报表" });
    expect(session.state.kind).toBe("notBound");
  });

  it("sends a second tap nowhere", async () => {
    const { store, server } = await buildLink();
    const slow = deferred<unknown>();
    server.on(CONFIRM, () => slow.promise);
    await store.open();
    const first = store.answer(true);
    await store.answer(false);
    await settle();
    expect(store.view).toMatchObject({ sending: true, yes: "正在绑定…", no: "暂不绑定" });
    slow.resolve({ session: reply(1) });
    await first;
    expect(server.count("/api/bind-link/confirm")).toBe(1);
  });

  it("lets the person answer again after a failure that passes", async () => {
    const { store, server } = await buildLink();
    server.on(CONFIRM, refuses("offline"));
    await store.open();
    await store.answer(true);
    expect(store.view).toMatchObject({ kind: "question", sending: false, problem: { title: "网络不可用" } });
    server.on(CONFIRM, () => ({ session: reply(1) }));
    await store.answer(true);
    expect(store.view.kind).toBe("done");
  });

  it.each([
    ["bind_link_spent", "绑定二维码已失效"],
    ["input_invalid", "绑定二维码已失效"],
    ["forbidden", "二维码属于另一家企业"],
  ] as const)("leads to the reports where the link is of no use: %s", async (code, title) => {
    const { store, server } = await buildLink();
    server.on(OPEN, refuses(code));
    await store.open();
    expect(store.view).toMatchObject({ kind: "failed", title, code, action: "去看报表" });
    expect(store.retry()).toBe(false);
    expect(server.count("/api/bind-link/open")).toBe(1);
  });

  it.each([
    ["already_bound", "你的钉钉账号已有绑定"],
    ["bound_elsewhere", "该账号已绑定其他成员"],
    ["bind_link_spent", "绑定二维码已失效"],
  ] as const)("gives the question up after %s", async (code, title) => {
    const { store, server } = await buildLink();
    server.on(CONFIRM, refuses(code));
    await store.open();
    await store.answer(true);
    expect(store.view).toMatchObject({ kind: "failed", title, action: "去看报表" });
  });

  it("opens the link once more, with a new auth code, where that can help", async () => {
    let codes = 0;
    const getAuthCode = (): Promise<string> => {
      codes += 1;
      return codes === 1 ? Promise.reject(new ApiError("auth_code_failed", "none")) : Promise.resolve("second");
    };
    const { store, bodyOf } = await buildLink({ getAuthCode });
    await store.open();
    expect(store.view).toMatchObject({ kind: "failed", code: "auth_code_failed", action: "重试" });
    expect(store.retry()).toBe(true);
    await settle();
    expect(store.view.kind).toBe("question");
    expect(bodyOf("/api/bind-link/open")).toMatchObject({ authCode: "second" });
  });

  it("says so where no enterprise is known", async () => {
    const { store } = await buildLink({ corpId: () => null });
    await store.open();
    expect(store.view).toMatchObject({ kind: "failed", code: "corp_unknown" });
  });

  it("asks nobody anything without a link", async () => {
    const { store, server } = await buildLink({ token: null });
    await store.open();
    expect(store.view).toEqual({ kind: "none" });
    expect(server.count("/api/bind-link/open")).toBe(0);
  });

  it("stays signed in when the sign-in that began before it comes to nothing later", async () => {
    const { store, server, session } = await buildLink();
    const slow = deferred<unknown>();
    server.on("POST /api/session/dingtalk", () => slow.promise);
    const signingIn = session.retry();
    server.on(CONFIRM, () => ({ session: reply(1) }));
    await store.open();
    await store.answer(true);
    slow.reject(new ApiError("user_disabled", "late"));
    await signingIn;
    expect(session.state.kind).toBe("ready");
  });
});
