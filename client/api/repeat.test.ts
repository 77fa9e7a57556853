import { ApiError, type ClientErrorCode } from "./error";
import { repeated } from "./repeat";
import type { ApiRequest } from "./transport";

/** What a request comes to over a network that fails so often, how often it was sent, and what was waited. */
async function ask(method: ApiRequest["method"], failures: ClientErrorCode[]) {
  const left = [...failures];
  const waited: number[] = [];
  let sent = 0;
  const call = repeated(
    () => {
      sent += 1;
      const code = left.shift();
      return code === undefined ? Promise.resolve({ ok: true }) : Promise.reject(new ApiError(code, "x"));
    },
    (ms) => {
      waited.push(ms);
      return Promise.resolve();
    },
  );
  const answer = await call({ method, path: "/api/me" }).catch((error: ApiError) => error.code);
  return { answer, sent, waited };
}

it("reads again where the network broke, later each time, and says so only after the third failure", async () => {
  expect(await ask("GET", ["offline"])).toEqual({ answer: { ok: true }, sent: 2, waited: [300] });
  expect(await ask("GET", ["offline", "offline"])).toEqual({ answer: { ok: true }, sent: 3, waited: [300, 1_200] });
  expect(await ask("GET", ["offline", "offline", "offline"])).toMatchObject({ answer: "offline", sent: 3 });
});

it("repeats neither what the server refused nor what might be done twice", async () => {
  expect(await ask("GET", ["report_not_found"])).toEqual({ answer: "report_not_found", sent: 1, waited: [] });
  expect(await ask("POST", ["offline"])).toEqual({ answer: "offline", sent: 1, waited: [] });
});
