import { autorun } from "mobx";
import { BindStore } from "../people/bind";
import { languageOf, LanguageStore } from "../language";
import { MeStore } from "./me";
import { buildSession, deferred, person, refuses, reply, settle } from "../server.testing";

describe("binding an account", () => {
  const notBound = { bindTicket: "ticket", memberName: "王芳", enterpriseName: "青禾", administrators: ["周敏"] };

  async function buildBind() {
    const built = buildSession();
    built.server.on("POST /api/session/dingtalk", refuses("not_bound", { notBound }));
    await built.session.start();
    const { server, session } = built;
    const store = new BindStore({
      transport: server.transport,
      session,
      language: built.language,
      deviceName: "iPhone",
    });
    return { ...built, store };
  }

  it("signs the person in with the ticket and the local account", async () => {
    const { store, server, session } = await buildBind();
    server.on("POST /api/session/bind", () => reply(1));
    store.typeLogin(" wangfang ");
    store.typePassword("secret");
    await store.submit();
    expect(store.view.kind).toBe("done");
    expect(session.state.kind).toBe("ready");
    expect(server.requests[1]?.body).toMatchObject({ bindTicket: "ticket", login: "wangfang", password: "secret" });
  });

  it("asks for what is missing before it sends anything", async () => {
    const { store, server } = await buildBind();
    store.typeLogin("wangfang");
    await store.submit();
    expect(store.view.problem?.title).toBe("请填写账号和密码");
    expect(server.requests).toHaveLength(1);
  });

  it("keeps the form where account or password are wrong", async () => {
    const { store, server } = await buildBind();
    server.on("POST /api/session/bind", refuses("wrong_credentials"));
    store.typeLogin("a");
    store.typePassword("b");
    await store.submit();
    expect(store.view).toMatchObject({
      kind: "form",
      login: "a",
      problem: { title: "账号或密码不正确" },
      ask: expect.stringContaining("周敏") as string,
    });
  });

  it("sends a second tap nowhere", async () => {
    const { store, server } = await buildBind();
    const slow = deferred<unknown>();
    server.on("POST /api/session/bind", () => slow.promise);
    store.typeLogin("a");
    store.typePassword("b");
    const first = store.submit();
    await store.submit();
    await settle();
    expect(store.view.sending).toBe(true);
    slow.resolve(reply(1));
    await first;
    expect(server.count("/api/session/bind")).toBe(1);
  });

  it.each(["bind_ticket_spent", "already_bound"] as const)("gives the form up after %s", async (code) => {
    const { store, server } = await buildBind();
    server.on("POST /api/session/bind", refuses(code));
    store.typeLogin("a");
    store.typePassword("b");
    await store.submit();
    expect(store.view).toMatchObject({ kind: "expired", panel: { code } });
  });

  it("has nothing to bind where nobody was refused", () => {
    const { session, server, language: reads } = buildSession();
    const store = new BindStore({ transport: server.transport, session, language: reads, deviceName: "" });
    expect(store.view).toMatchObject({ kind: "expired", panel: { title: "绑定已过期" } });
  });
});

describe("me", () => {
  async function buildMe(me = person()) {
    const built = buildSession();
    built.server.on("POST /api/session/dingtalk", () => reply(1, 15, me));
    await built.session.start();
    return { ...built, store: new MeStore(built) };
  }

  it("tells who is signed in and where", async () => {
    const { store } = await buildMe();
    expect(store.view).toMatchObject({
      name: "李明",
      initial: "明",
      facts: [
        { label: "账号", value: "liming" },
        { label: "企业", value: "青禾集团" },
        { label: "部门", value: "销售部、经营组" },
        { label: "角色", value: "查看者" },
      ],
      enterprises: [],
    });
  });

  it("offers the other enterprises of a person who belongs to several", async () => {
    const other = { id: "e2", corpId: "dingtwo", name: "二号" };
    const { store, server } = await buildMe({ ...person(), enterprises: [...person().enterprises, other] });
    expect(store.view?.enterprises).toEqual([
      { id: "e1", name: "青禾集团", current: true },
      { id: "e2", name: "二号", current: false },
    ]);
    server.on("POST /api/session/enterprise", () => ({ ...person(), enterprise: other }));
    await store.chooseEnterprise("e2");
    expect(store.view?.facts[1]?.value).toBe("二号");
  });

  it("changes every text with the language, and remembers it", async () => {
    const { store, storage, language: reads } = await buildMe();
    const seen: string[] = [];
    const stop = autorun(() => seen.push(store.view?.facts[3]?.value ?? ""));
    store.chooseLanguage("en-US");
    stop();
    expect(seen).toEqual(["查看者", "Viewer"]);
    const again = new LanguageStore({ storage, system: "zh-CN" });
    await again.restore();
    expect([reads.current, again.current]).toEqual(["en-US", "en-US"]);
  });

  it("is nobody after signing out", async () => {
    const { store, server } = await buildMe();
    server.on("POST /api/session/sign-out", () => ({}));
    await store.signOut();
    expect(store.view).toBeNull();
  });
});

it.each([
  ["zh-Hans-CN", "zh-CN"],
  ["zh_CN", "zh-CN"],
  ["English", "en-US"],
  ["en", "en-US"],
  ["ja", "zh-CN"],
  [undefined, "zh-CN"],
])("takes a client's language %s for %s", (name, expected) => {
  expect(languageOf(name)).toBe(expected);
});
