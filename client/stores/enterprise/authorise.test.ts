import { AuthoriseStore } from "./authorise";
import { deferred, FakeServer, memoryStorage, refuses } from "../server.testing";

const VERIFY = "POST /api/enterprises/verify";
const AUTHORISE = "POST /api/enterprises/authorise";
const VERIFIED = { result: "verified", corpId: "dingdemo", name: "青禾集团", known: "new" };

function build(content: Record<string, string> = {}) {
  const server = new FakeServer().on(VERIFY, () => VERIFIED).on(AUTHORISE, () => ({ id: "e1", name: "青禾集团" }));
  const storage = memoryStorage(content);
  const store = new AuthoriseStore({ call: server.transport, storage });
  return { server, storage, store };
}

const TYPED = { corpId: " dingdemo ", clientId: "key", clientSecret: "secret" };

describe("adding an authorisation", () => {
  it("asks DingTalk only when everything it needs is typed", async () => {
    const { server, store } = build();
    store.change({ corpId: "dingdemo", clientId: "key" });
    await store.verify();
    expect(server.requests).toEqual([]);

    store.change({ clientSecret: "secret" });
    await store.verify();
    expect(server.count("/api/enterprises/verify")).toBe(1);
  });

  it("asks once when Verify is pressed twice", async () => {
    const { server, store } = build();
    const answer = deferred<unknown>();
    server.on(VERIFY, () => answer.promise);
    store.change(TYPED);

    const both = [store.verify(), store.verify()];
    answer.resolve(VERIFIED);
    await Promise.all(both);

    expect(server.count("/api/enterprises/verify")).toBe(1);
    expect(store.mayAuthorise).toBe(true);
  });

  it("forgets what was verified as soon as something else is typed, also while DingTalk is asked", async () => {
    const { server, store } = build();
    store.change(TYPED);
    await store.verify();
    store.change({ corpId: "dingother" });
    expect(store.mayAuthorise).toBe(false);

    const answer = deferred<unknown>();
    server.on(VERIFY, () => answer.promise);
    const asked = store.verify();
    store.change({ clientSecret: "another" });
    answer.resolve(VERIFIED);
    await asked;
    expect(store.verified).toBeNull();
  });

  it("does not go on with an enterprise that is here already, or that DingTalk refused", async () => {
    const { server, store } = build();
    server.on(VERIFY, () => ({ ...VERIFIED, known: "authorised" }));
    store.change(TYPED);
    await store.verify();
    await store.authorise();

    server.on(VERIFY, () => ({ result: "refused", corpId: "dingdemo", problem: { code: "wrong_secret" } }));
    await store.verify();
    await store.authorise();
    expect(server.count("/api/enterprises/authorise")).toBe(0);
  });

  it("authorises what was verified, with event keys only where both are typed, and shows the synchronisation", async () => {
    const { server, store } = build();
    store.change({ ...TYPED, eventToken: "token" });
    await store.verify();
    await store.authorise();

    expect(server.requests.at(-1)?.body).toMatchObject({ corpId: " dingdemo ", edition: "standard" });
    expect(server.requests.at(-1)?.body).not.toHaveProperty("events");
    expect(store.step).toBe("sync");
  });

  it("keeps what was typed, but never a secret, over a reload", async () => {
    const { storage, store } = build();
    store.change({ ...TYPED, eventAesKey: "aes" });
    await Promise.resolve();
    expect(JSON.stringify([...storage.content])).not.toMatch(/secret|aes/);

    const later = new AuthoriseStore({ call: new FakeServer().transport, storage });
    await later.restore();
    expect(later.fields).toMatchObject({ corpId: " dingdemo ", clientId: "key", clientSecret: "" });
  });

  it.each(["not json", "[]", '"text"', '{"corpId":5,"clientSecret":"planted"}'])(
    "takes nothing it does not know from storage: %s",
    async (kept) => {
      const { store } = build({ authorise: kept });
      await store.restore();
      expect(store.fields).toMatchObject({ corpId: "", clientSecret: "" });
    },
  );

  it("says why it failed and stays where it was", async () => {
    const { server, store } = build();
    store.go("corp");
    store.change(TYPED);
    await store.verify();
    server.on(AUTHORISE, refuses("enterprise_limit"));
    await store.authorise();
    expect(store.error?.code).toBe("enterprise_limit");
    expect(store.step).toBe("corp");
    expect(store.busy).toBeNull();
  });
});
