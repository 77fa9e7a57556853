import type { JsonObject, Patch } from "../protocol";
import { applyPatches } from "./patch";
import { inlineStyle, pageStyle } from "./style";

/** Data, patches, and what comes of them. */
const PATCHES: [rule: string, data: JsonObject, patches: Patch[], result: JsonObject][] = [
  ["a path makes the objects that it needs", {}, [{ path: ["a", "b"], value: 1 }], { a: { b: 1 } }],
  ["a number makes a list", {}, [{ path: ["a", 0], value: 1 }], { a: [1] }],
  ["a place past the end fills with null", { a: [1] }, [{ path: ["a", 3], value: 4 }], { a: [1, null, null, 4] }],
  ["a plain value gives way", { a: 7 }, [{ path: ["a", "b"], value: 1 }], { a: { b: 1 } }],
  [
    "a list keeps its other items",
    { a: [{ x: 1 }, { x: 2 }] },
    [{ path: ["a", 1, "x"], value: 3 }],
    { a: [{ x: 1 }, { x: 3 }] },
  ],
  ["a splice follows Array.prototype.splice", { a: [1, 2, 3] }, [{ path: ["a"], splice: [0, 2, 9] }], { a: [9, 3] }],
  ["a splice of nothing begins a list", {}, [{ path: ["a"], splice: [0, 0, 1] }], { a: [1] }],
  [
    "patches follow each other",
    { n: 1 },
    [
      { path: ["n"], value: 2 },
      { path: ["n"], value: 3 },
    ],
    { n: 3 },
  ],
];

test.each(PATCHES)("patch: %s", (_rule, data, patches, result) => {
  const before = JSON.stringify(data);
  expect(applyPatches(data, patches)).toEqual(result);
  expect(JSON.stringify(data)).toBe(before);
});

it("keeps the identity of what a patch does not touch", () => {
  const data = { same: { a: 1 }, list: [{ x: 1 }, { x: 2 }] };
  const next = applyPatches(data, [{ path: ["list", 1, "x"], value: 3 }]);
  expect(next["same"]).toBe(data.same);
  expect((next["list"] as object[])[0]).toBe(data.list[0]);
  expect((next["list"] as object[])[1]).not.toBe(data.list[1]);
});

test.each([
  [
    "rpx follows the screen",
    "width: 750rpx; margin: -1.5rpx",
    "width: calc(750 * var(--rpx)); margin: calc(-1.5 * var(--rpx))",
  ],
  ["names with rpx inside stay", "width: var(--rpx)", "width: var(--rpx)"],
  ["viewport units mean the page's place", "height: 100vh; width: 50vw", "height: 100cqh; width: 50cqw"],
  ["objects are declarations", { fontSize: "12px", color: null, zIndex: 3 }, "font-size:12px;z-index:3"],
  ["nothing is nothing", undefined, ""],
])("inline style: %s", (_rule, style, css) => {
  expect(inlineStyle(style)).toBe(css);
});

it("takes the addresses of files from the host and hands fonts to the document", () => {
  const { sheet, fonts } = pageStyle(
    '@font-face { font-family: f; src: url("__assets/f.ttf") } .a { background: url("__assets/img/a.png"), url(https://x/y.png) }',
    (path) => `/mount${path}`,
  );
  expect(fonts).toBe('@font-face { font-family: f; src: url("/mount/f.ttf") }');
  expect(sheet).toContain('url("/mount/img/a.png"), url(https://x/y.png)');
});
