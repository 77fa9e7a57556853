import { TargetPath } from "../../../core/contract/session/hand-off";
import { wantedPage } from "./wanted-page";

const OURS = ["/", "/r/0b9c?page=trend&filter=%E5%8D%8E%E4%B8%9C", "/r/a//b", "/search?q=https://example.com"];
const FOREIGN = [
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/a\\..\\evil",
  "javascript:alert(1)",
  "/\t/evil.example",
  "/ /evil.example",
  "/r/1#ticket",
  "/r/\u0000",
  "r/1",
  `/${"a".repeat(2_000)}`,
];

it.each(OURS)("leads to a page of ours: %s", (asked) => {
  expect(wantedPage(asked)).toBe(asked);
});

it.each([...FOREIGN, "", null, undefined])("leads home instead of to %j", (asked) => {
  expect(wantedPage(asked)).toBe("/");
});

it.each(["/pc?corpId=d", "/pc", "/hand-off", "/hand-off?target=/", "/setup", "/sign-in/dingtalk?code=c"])(
  "leads not round in circles: %s",
  (asked) => {
    expect(wantedPage(asked)).toBe("/");
  },
);

it.each([...OURS, ...FOREIGN])("takes for ours what the contract takes for ours: %j", (asked) => {
  expect(wantedPage(asked) === asked).toBe(TargetPath.safeParse(asked).success);
});
