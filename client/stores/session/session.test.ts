import { ApiError } from "../../api/error";
import { buildSession, deferred, person, refuses, reply, settle } from "../server.testing";

const SIGN_IN = "POST /api/session/dingtalk";
const REFRESH = "POST /api/session/refresh";
const kept = (serial: number, minutes: number, corpId = "dingdemo") => ({
  session: JSON.stringify({ corpId, ...reply(serial, minutes) }),
});
const me = { method: "GET" as const, path: "/api/me" };

describe("starting", () => {
  it("signs a person in with an auth code, and keeps the session for the next start", async () => {
    const { session, server, storage } = buildSession();
    server.on(SIGN_IN, () => reply(1));

    await session.start();

    expect(session.state).toEqual({ kind: "ready", me: person() });
    expect(server.requests[0]?.body).toMatchObject({ corpId: "dingdemo", authCode: "code-1", deviceName: "iPhone" });
    expect(JSON.parse(storage.content.get("session") ?? "")).toMatchObject({ tokens: { accessToken: "access-1" } });
  });

  it("continues a kept session without asking anybody, so that DingTalk may be down", async () => {
    const { session, server, codes } = buildSession({ content: kept(1, 15) });

    await session.start();

    expect(session.state.kind).toBe("ready");
    expect([server.requests, codes]).toEqual([[], []]);
  });

  it("signs in anew where the app was opened for another enterprise", async () => {
    const { session, server } = buildSession({ content: kept(1, 15, "dingother") });
    server.on(SIGN_IN, () => reply(2));

    await session.start();

    expect(server.count("/api/session/dingtalk")).toBe(1);
  });

  it("signs in anew where the kept session has run out or cannot be read", async () => {
    for (const session of [
      kept(1, 15).session.replace(/"refreshExpiresAt":"2026-12/, '"refreshExpiresAt":"2025-12'),
      "{",
    ]) {
      const started = buildSession({ content: { session } });
      started.server.on(SIGN_IN, () => reply(2));
      await started.session.start();
      expect(started.codes).toHaveLength(1);
    }
  });

  it("asks for a new code once where the first was spent", async () => {
    const { session, server } = buildSession();
    server.on(SIGN_IN, ({ body }) => {
      if ((body as { authCode: string }).authCode === "code-1") throw new ApiError("auth_code_spent", "");
      return reply(1);
    });

    await session.start();

    expect(session.state.kind).toBe("ready");
  });

  it("does not go on asking for codes", async () => {
    const { session, server, codes } = buildSession();
    server.on(SIGN_IN, refuses("auth_code_spent"));

    await session.start();

    expect(session.state).toMatchObject({ kind: "failed", code: "auth_code_spent" });
    expect(codes).toHaveLength(2);
  });

  it.each([
    ["dingtalk_failed", "钉钉暂时没有响应"],
    ["corp_not_authorised", "企业尚未授权"],
    ["user_disabled", "账号已停用"],
    ["offline", "网络不可用"],
  ] as const)("tells what to do after %s, and signs in when tried again", async (code, title) => {
    const { session, server } = buildSession();
    server.on(SIGN_IN, refuses(code));
    await session.start();
    expect(session.view).toMatchObject({ kind: "failed", code, title, action: "重试" });

    server.on(SIGN_IN, () => reply(1));
    await session.retry();
    expect(session.view).toEqual({ kind: "none" });
  });

  it("says how long to wait where the server does", async () => {
    const { session, server } = buildSession();
    server.on(SIGN_IN, refuses("dingtalk_busy", { retryAfter: 7 }));
    await session.start();
    expect(session.view).toMatchObject({ advice: expect.stringContaining("7 秒") as string });
  });

  it("offers to bind where the member has no account", async () => {
    const { session, server, language } = buildSession();
    const notBound = { bindTicket: "t", memberName: "王芳", enterpriseName: "青禾", administrators: ["周敏", "陈立"] };
    server.on(SIGN_IN, refuses("not_bound", { notBound }));

    await session.start();

    expect(session.state).toEqual({ kind: "notBound", detail: notBound });
    expect(session.view).toMatchObject({ action: "绑定账号", ask: expect.stringContaining("周敏、陈立") as string });
    language.choose("en-US");
    expect(session.view).toMatchObject({
      action: "Bind my account",
      ask: expect.stringContaining("周敏, 陈立") as string,
    });
  });

  it("says so where no enterprise is known", async () => {
    const { session } = buildSession({ corpId: () => null });
    await session.start();
    expect(session.view).toMatchObject({ kind: "failed", code: "corp_unknown" });
  });

  it("shows DingTalk's refusal to give a code", async () => {
    const { session } = buildSession({ getAuthCode: () => Promise.reject(new ApiError("auth_code_failed", "3")) });
    await session.start();
    expect(session.view).toMatchObject({ code: "auth_code_failed" });
  });

  it("keeps the name of the device", async () => {
    const first = buildSession();
    const name = await first.session.deviceId();
    expect(name).toMatch(/^\w{32}$/);
    expect(await first.session.deviceId()).toBe(name);
    const again = buildSession({ content: Object.fromEntries(first.storage.content), random: () => 0.1 });
    expect(await again.session.deviceId()).toBe(name);
  });
});

describe("a request", () => {
  it("carries the access token", async () => {
    const { session, server } = buildSession({ content: kept(1, 15) });
    server.on("GET /api/me", ({ accessToken }) => accessToken);
    await session.start();
    expect(await session.call(me)).toBe("access-1");
  });

  it("renews a token that is about to expire first, once for all that wait", async () => {
    const { session, server, storage } = buildSession({ content: kept(1, 0.5) });
    server.on(REFRESH, () => reply(2)).on("GET /api/me", ({ accessToken }) => accessToken);
    await session.start();

    expect(await Promise.all([session.call(me), session.call(me), session.call(me)])).toEqual(
      Array(3).fill("access-2"),
    );

    expect(server.count("/api/session/refresh")).toBe(1);
    expect(server.requests[0]?.body).toMatchObject({ refreshToken: "refresh-1" });
    expect(storage.content.get("session")).toContain("refresh-2");
  });

  it("renews a token that the server refuses, and asks again", async () => {
    const { session, server } = buildSession({ content: kept(1, 15) });
    server
      .on(REFRESH, () => reply(2))
      .on("GET /api/me", ({ accessToken }) => {
        if (accessToken === "access-1") throw new ApiError("signed_out", "");
        return accessToken;
      });
    await session.start();

    expect(await Promise.all([session.call(me), session.call(me)])).toEqual(["access-2", "access-2"]);
    expect(server.count("/api/session/refresh")).toBe(1);
  });

  it("signs in through DingTalk where the session has ended", async () => {
    const { session, server } = buildSession({ content: kept(1, 0.5) });
    server.on(REFRESH, refuses("session_ended")).on(SIGN_IN, () => reply(3));
    server.on("GET /api/me", ({ accessToken }) => accessToken);
    await session.start();

    expect(await session.call(me)).toBe("access-3");
    expect(session.state.kind).toBe("ready");
  });

  it("keeps the session where renewing fails for want of a network", async () => {
    const { session, server } = buildSession({ content: kept(1, 0.5) });
    server.on(REFRESH, refuses("offline"));
    await session.start();

    await expect(session.call(me)).rejects.toMatchObject({ code: "offline" });
    expect(session.state.kind).toBe("ready");
    server.on(REFRESH, () => reply(2)).on("GET /api/me", () => "fine");
    expect(await session.call(me)).toBe("fine");
  });

  it.each(["authorisation_revoked", "user_disabled", "corp_not_authorised"] as const)(
    "puts %s in front of every page",
    async (code) => {
      const { session, server } = buildSession({ content: kept(1, 15) });
      server.on("GET /api/me", refuses(code));
      await session.start();

      await expect(session.call(me)).rejects.toMatchObject({ code });
      expect(session.view).toMatchObject({ kind: "failed", code });
    },
  );

  it("fails alone where only it was refused", async () => {
    const { session, server } = buildSession({ content: kept(1, 15) });
    server.on("GET /api/me", refuses("forbidden"));
    await session.start();
    await expect(session.call(me)).rejects.toMatchObject({ code: "forbidden" });
    expect(session.state.kind).toBe("ready");
  });
});

describe("signing out", () => {
  it("shows it at once, tells the server, and leaves nothing for the next start", async () => {
    const { session, server, storage } = buildSession({ content: kept(1, 15) });
    const answer = deferred<object>();
    server.on("POST /api/session/sign-out", () => answer.promise);
    await session.start();

    const done = session.signOut();
    expect(session.view).toMatchObject({ kind: "signedOut", action: "用钉钉登录" });
    answer.resolve({});
    await done;

    expect(server.requests[0]?.accessToken).toBe("access-1");
    expect(storage.content.has("session")).toBe(false);
    await expect(session.call(me)).rejects.toMatchObject({ code: "signed_out" });
  });

  it("is done here even if the server does not answer", async () => {
    const { session, server, storage } = buildSession({ content: kept(1, 15) });
    server.on("POST /api/session/sign-out", refuses("offline"));
    await session.start();
    await session.signOut();
    expect([session.state.kind, storage.content.has("session")]).toEqual(["signedOut", false]);
  });

  it("does not take a session with it that was started right after", async () => {
    const { session, server, storage } = buildSession({ content: kept(1, 15) });
    const answer = deferred<object>();
    server.on("POST /api/session/sign-out", () => answer.promise).on(SIGN_IN, () => reply(2));
    await session.start();

    void session.signOut();
    const again = session.retry();
    await settle();
    answer.resolve({});
    await again;

    expect(session.state.kind).toBe("ready");
    expect(storage.content.get("session")).toContain("access-2");
  });
});

it("acts in another enterprise when the person chooses one, also after the next start", async () => {
  const { session, server, storage } = buildSession({ content: kept(1, 15) });
  const other = { ...person(), enterprise: { id: "e2", corpId: "dingtwo", name: "二号" } };
  server.on("POST /api/session/enterprise", () => other);
  await session.start();
  await session.chooseEnterprise("e2");
  expect(session.state).toMatchObject({ me: { enterprise: { id: "e2" } } });
  expect(storage.content.get("session")).toContain("dingtwo");
});
