import { parseExactly } from "./json";

it("keeps whole numbers beyond 2^53 as texts, and all else as it is", () => {
  const text = `{"order":179997318850453160,"id":-179997318850453160,"small":9007199254740991,
    "list":[1,36028797018963968],"half":0.12345678901234567890,"big":1e20,"text":"179997318850453160 \\" 36028797018963968"}`;

  expect(parseExactly(text)).toEqual({
    order: "179997318850453160",
    id: "-179997318850453160",
    small: 9007199254740991,
    list: [1, "36028797018963968"],
    half: 0.12345678901234568,
    big: 1e20,
    text: '179997318850453160 " 36028797018963968',
  });
});

it("refuses what is no JSON", () => {
  expect(() => parseExactly("<html>")).toThrow(SyntaxError);
});

it("takes out of texts what PostgreSQL cannot keep, and refuses endless levels", () => {
  expect(parseExactly('{"a\\u0000":"x\\u0000\\ud800\\u4e2d\\ud83d\\ude00"}')).toEqual({ a: "x\uFFFD\u4e2d\u{1F600}" });
  expect(() => parseExactly("[".repeat(100) + "]".repeat(100))).toThrow(SyntaxError);
});
