import { entryOf } from "./entry";

const of = (address: string, inside = true) => entryOf(new URL(address, "https://bi.example.com"), inside);

it("reads where a launch on a PC leads, and the mini program's code", () => {
  expect(of("/pc?corpId=dingdemo&target=%2Fr%2Fsales%3Fpage%3Dtrend#code=a%2Fb")).toEqual({
    path: "/pc",
    corpId: "dingdemo",
    target: "/r/sales?page=trend",
    code: "a/b",
    ticket: null,
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
