import { ERRORS } from "../../core/contract/error";
import type { ClientErrorCode } from "../api/error";
import { errorIn, toApiError } from "../api/error";
import { queryString } from "../api/transport";
import { enUS } from "./en-US";
import { errorText, textsOf } from "./text";
import { zhCN } from "./zh-CN";

const codes = Object.keys(ERRORS) as ClientErrorCode[];

it.each(codes)("tells in both languages what happened and what to do after %s", (code) => {
  for (const texts of [zhCN, enUS]) {
    const { title, advice } = texts.errors[code];
    expect(title.length).toBeGreaterThan(1);
    expect(advice).toMatch(/[。.]$/);
  }
});

it("has every text in both languages, and no Chinese among the English ones", () => {
  const paths = (value: unknown, path = ""): string[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => paths(inner, `${path}.${key}`))
      : [path];
  expect(paths(textsOf("zh-CN"))).toEqual(paths(textsOf("en-US")));
  const chinese = JSON.stringify(enUS).match(/\p{Script=Han}/u);
  expect(chinese).toBeNull();
});

it("names the seconds to wait", () => {
  expect(errorText(enUS, { code: "too_many_attempts", retryAfter: 30 }).advice).toContain("30 s");
  expect(errorText(enUS, { code: "too_many_attempts" }).advice).not.toContain(" s.");
});

it("falls back to a general text for a code that a newer server invented", () => {
  expect(errorText(zhCN, { code: "brand_new" as ClientErrorCode }).title).toBe(zhCN.errors.internal.title);
});

describe("failures", () => {
  it("are recognised in a body, with all they say", () => {
    const notBound = { bindTicket: "t", memberName: "m", enterpriseName: "e", administrators: [] };
    const error = errorIn({ error: { code: "not_bound", message: "m", requestId: "r", notBound, retryAfter: 3 } });
    expect(error).toMatchObject({ code: "not_bound", detail: { requestId: "r", notBound, retryAfter: 3 } });
  });

  it.each([[{ reports: [] }], [null], ["text"], [{ error: "no object" }], [{ error: { message: "no code" } }]])(
    "are not seen in %j",
    (body) => {
      expect(errorIn(body)).toBeUndefined();
    },
  );

  it("of another kind count as a reply that nobody understands", () => {
    expect(toApiError(new TypeError("x"))).toMatchObject({ code: "bad_reply", message: "x" });
    expect(toApiError("y")).toMatchObject({ code: "bad_reply", message: "y" });
  });
});

it.each([
  [undefined, ""],
  [{}, ""],
  [{ search: "", filter: "all" }, "?filter=all"],
  [{ search: "销 售&", limit: 5, offset: undefined }, "?search=%E9%94%80%20%E5%94%AE%26&limit=5"],
])("writes the query %j as '%s'", (query, text) => {
  expect(queryString(query)).toBe(text);
});
