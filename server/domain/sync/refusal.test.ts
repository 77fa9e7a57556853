import { CallFailure } from "../../dingtalk/failure";
import { AppError } from "../../errors";
import { afterFailure, awayFromTheHour, patiently } from "./refusal";

const at = (text: string): number => Date.parse(`2026-11-22T${text}Z`);
const shown = (ms: number): string => new Date(ms).toISOString().slice(11, 19);

it.each([
  ["10:00:00", "10:07:00"],
  ["10:01:59", "10:07:00"],
  ["10:02:00", "10:02:00"],
  ["10:30:00", "10:30:00"],
  ["10:58:59", "10:58:59"],
  ["10:59:00", "11:07:00"],
  ["23:59:59", "00:07:00"],
])("a run due at %s begins at %s: never on the hour", (due, begins) => {
  expect(shown(awayFromTheHour(at(due), 0))).toBe(begins);
});

it("enterprises are spread over some minutes", () => {
  expect(shown(awayFromTheHour(at("10:00:00"), 1))).toBe("10:14:00");
});

const failure = (kind: CallFailure["kind"], code: string, detail = ""): AppError =>
  new AppError("dingtalk_busy", "", { cause: new CallFailure(kind, "user/list", code, detail) });

it("waits until the time that DingTalk names before it asks again", async () => {
  const pauses: number[] = [];
  const parts = {
    now: () => Date.parse("2026-09-03T00:00:59+08:00"),
    sleep: async (ms: number) => void pauses.push(ms),
  };
  const answers = [failure("limited", "90002", "限制将在 2026-09-03 00:01:03 结束."), failure("limited", "90018")];

  const answer = await patiently(parts, () => {
    const next = answers.shift();
    return next ? Promise.reject(next) : Promise.resolve("answer");
  });

  expect(answer).toBe("answer");
  expect(pauses).toEqual([4_000, 2_000]);
});

it("leaves off at a limit that lasts long, until the time that DingTalk names", async () => {
  const now = Date.parse("2026-09-03T00:00:00+08:00");
  const error = failure("limited", "90002", "限制将在 2026-09-03 00:20:00 结束.");
  const sleep = jest.fn(() => Promise.resolve());

  await expect(patiently({ now: () => now, sleep }, () => Promise.reject(error))).rejects.toBe(error);

  expect(sleep).not.toHaveBeenCalled();
  expect(afterFailure(error, 0, now)).toMatchObject({ kind: "wait", ms: 20 * 60_000, problem: { code: "busy" } });
});

it("asks a refusal that is no limit only once", async () => {
  const call = jest.fn(() => Promise.reject(failure("refused", "60011")));

  await expect(patiently({ now: Date.now, sleep: () => Promise.resolve() }, call)).rejects.toBeInstanceOf(AppError);

  expect(call).toHaveBeenCalledTimes(1);
});

it("a missing permission needs a person, a spent quota waits, and so does a DingTalk that is down", () => {
  expect(afterFailure(failure("refused", "60011"), 0, 0)).toMatchObject({ kind: "fail" });
  expect(afterFailure(failure("refused", "90020"), 0, 0)).toMatchObject({
    kind: "wait",
    problem: { code: "quota_spent" },
  });
  expect(afterFailure(failure("unreachable", "TimeoutError"), 3, 0)).toMatchObject({ kind: "wait" });
  expect(afterFailure(failure("unreachable", "TimeoutError"), 30, 0)).toMatchObject({ kind: "fail" });
  expect(afterFailure(new Error("ours"), 0, 0)).toEqual({ kind: "wait", ms: 120_000, problem: null });
});
