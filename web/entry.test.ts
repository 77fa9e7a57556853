import { OAUTH_RETURN_PATH as REGISTERED } from "../core/contract/session/oauth";
import { entryOf, OAUTH_RETURN_PATH } from "./entry";

const of = (address: string, inside = true) => entryOf(new URL(address, "https://bi.example.com"), inside);

it("reads where a launch on a PC leads, and the mini program's code", () => {
  expect(of("/pc?corpId=dingdemo&target=%2Fr%2Fsales%3Fpage%3Dtrend#code=a%2Fb")).toEqual({
    path: "/pc",
    corpId: "dingdemo",
    target: "/r/sales?page=trend",
    code: "a/b",
    ticket: null,
    oauth: null,
  });
  expect(of("/pc?corpid=dingdemo").corpId).toBe("dingdemo");
});

it("believes no code outside of DingTalk", () => {
  expect(of("/pc?corpId=dingdemo#code=a", false).code).toBeNull();
});

it("reads a hand-off's ticket, and nobody else's fragment", () => {
  expect(of("/hand-off#t1", false)).toMatchObject({ ticket: "t1", code: null, target: "/" });
  expect(of("/hand-off", false).ticket).toBeNull();
  expect(of("/setup#t1")).toMatchObject({ ticket: null, code: null });
});

it.each(["https://evil.example", "//evil.example", "/pc"])("leads home instead of to %s", (target) => {
  expect(of(`/pc?${new URLSearchParams({ target }).toString()}`).target).toBe("/");
});

it("reads what DingTalk's sign-in page sent back, on the address that is registered for it only", () => {
  expect(OAUTH_RETURN_PATH).toBe(REGISTERED);
  expect(of(`${REGISTERED}?authCode=c&state=s`, false).oauth).toEqual({ state: "s", code: "c" });
  expect(of(`${REGISTERED}?code=c&authCode=c&state=s`, false).oauth).toEqual({ state: "s", code: "c" });
  expect(of(`${REGISTERED}?error=denied&state=s`, false).oauth).toEqual({ state: "s", error: "denied" });
  expect(of(REGISTERED, false).oauth).toBeNull();
  expect(of("/?code=c&state=s", false).oauth).toBeNull();
});
