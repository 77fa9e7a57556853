import { ApiError } from "../../api/error";
import type { ApiRequest } from "../../api/transport";
import { BrowserSessionStore } from "./browser-session";

const somebody = { user: { name: "Lin" }, enterprise: null };

function storeWith(answers: Record<string, unknown>): { store: BrowserSessionStore; asked: string[] } {
  const asked: string[] = [];
  const call = (request: ApiRequest): Promise<unknown> => {
    const key = `${request.method} ${request.path}`;
    asked.push(key);
    const answer = answers[key];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { store: new BrowserSessionStore(call), asked };
}

const signedOut = new ApiError("signed_out", "no session");

it.each([
  ["somebody is signed in", { "GET /api/me": somebody }, "ready"],
  ["nobody is signed in", { "GET /api/me": signedOut, "GET /api/setup": { open: false } }, "signedOut"],
  ["there is no administrator yet", { "GET /api/me": signedOut, "GET /api/setup": { open: true } }, "setup"],
  ["the server does not answer", { "GET /api/me": new ApiError("offline", "no network") }, "unknown"],
  [
    "the set-up state cannot be asked",
    { "GET /api/me": signedOut, "GET /api/setup": new ApiError("offline", "") },
    "unknown",
  ],
])("starts when %s", async (_case, answers, kind) => {
  const { store } = storeWith(answers);

  await store.start();

  expect(store.state.kind).toBe(kind);
});

it("keeps the form and says why when the password is wrong", async () => {
  const { store } = storeWith({
    "GET /api/me": signedOut,
    "GET /api/setup": { open: false },
    "POST /api/session/password": new ApiError("wrong_credentials", "no"),
  });
  await store.start();

  expect(await store.signIn("lin", "wrong")).toBe(false);

  expect(store.state.kind).toBe("signedOut");
  expect(store.error?.code).toBe("wrong_credentials");
  expect(store.busy).toBe(false);
});

it("sends a form once however often it is submitted", async () => {
  const { store, asked } = storeWith({ "POST /api/session/password": somebody });

  await Promise.all([store.signIn("lin", "right"), store.signIn("lin", "right")]);

  expect(asked).toEqual(["POST /api/session/password"]);
  expect(store.state.kind).toBe("ready");
});

it("signs out here even when the server cannot be told", async () => {
  const { store } = storeWith({ "GET /api/me": somebody, "POST /api/session/sign-out": new ApiError("offline", "") });
  await store.start();

  await store.signOut();

  expect(store.state.kind).toBe("signedOut");
});

it("asks for sign-in again when the session ended elsewhere", async () => {
  const { store } = storeWith({ "GET /api/me": somebody });
  await store.start();

  store.ended();

  expect(store.state.kind).toBe("signedOut");
});
