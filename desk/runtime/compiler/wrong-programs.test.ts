import { FAULT_CODES, WARNING_CODES } from "./fault";
import { compileFiles } from "./project.testing";

type Row = [code: string, at: string, files: Record<string, string | null>];

const page = (axml: string): Record<string, string> => ({ "pages/a/a.axml": axml });
const acss = (css: string): Record<string, string> => ({ "pages/a/a.acss": css });
const script = (js: string): Record<string, string> => ({ "pages/a/a.js": js });
const sjs = (text: string): Record<string, string> => ({
  ...page('<import-sjs name="m" from="./m.sjs" />\n<view>{{m.f}}</view>'),
  "pages/a/m.sjs": text,
});
const app = (json: string): Record<string, string> => ({ "app.json": json });
const npm = (js: string): Record<string, string> => ({
  ...script('require("old");'),
  "node_modules/old/package.json": '{ "main": "main.js" }',
  "node_modules/old/main.js": js,
});
const AXML = "/pages/a/a.axml";
const JS = "/pages/a/a.js";
const ACSS = "/pages/a/a.acss";
const SJS = "/pages/a/m.sjs";

/** Every way to be wrong that the compiler knows: what is written, the code, and file:line:column. */
const WRONG: Row[] = [
  // Manifest
  ["file_missing", "/app.json:1:1", { "app.json": null }],
  ["file_missing", "/app.js:1:1", { "app.js": null }],
  ["json_syntax", "/app.json:1:27", app('{ "pages": ["pages/a/a"], }')],
  ["json_syntax", "/app.json:1:3", app('{ // no comments\n "pages": ["pages/a/a"] }')],
  ["json_syntax", "/app.json:1:12", app("{ \"pages\": 'pages/a/a' }")],
  ["json_syntax", "/pages/a/a.json:2:1", { "pages/a/a.json": '{ "defaultTitle": "A"\n' }],
  ["json_type", "/app.json:1:1", app("[]")],
  ["json_type", "/app.json:2:29", app('{ "pages": ["pages/a/a"],\n "window": { "pullRefresh": "yes" } }')],
  ["json_type", "/pages/a/a.json:1:27", { "pages/a/a.json": '{ "allowsBounceVertical": "MAYBE" }' }],
  ["json_type", "/pages/a/a.json:1:33", { "pages/a/a.json": '{ "usingComponents": { "card" : 1 } }' }],
  ["json_yes_no", "/pages/a/a.json:1:18", { "pages/a/a.json": '{ "pullRefresh": "NO" }' }],
  ["page_missing", "/app.json:1:1", app("{}")],
  ["page_missing", "/app.json:1:26", app('{ "pages": ["pages/a/a", "pages/b/b"] }')],
  ["page_missing", "/app.json:1:13", { "pages/a/a.js": null }],
  ["page_duplicated", "/app.json:1:26", app('{ "pages": ["pages/a/a", "pages/a/a"] }')],
  [
    "tab_page_missing",
    "/app.json:2:38",
    app('{ "pages": ["pages/a/a"],\n "tabBar": { "items": [{ "pagePath": "pages/z/z", "name": "Z" }] } }'),
  ],
  [
    "tab_first_not_home",
    "/app.json:2:38",
    {
      ...app(
        '{ "pages": ["pages/a/a", "pages/b/b"],\n "tabBar": { "items": [{ "pagePath": "pages/b/b", "name": "B" }] } }',
      ),
      "pages/b/b.axml": "<view/>",
      "pages/b/b.js": "Page({});",
    },
  ],
  [
    "json_type",
    "/app.json:2:79",
    app(
      '{ "pages": ["pages/a/a"],\n "tabBar": { "items": [{ "pagePath": "pages/a/a", "name": "A", "name_locale": "B" }] } }',
    ),
  ],
  [
    "tab_icon_missing",
    "/app.json:2:72",
    app(
      '{ "pages": ["pages/a/a"],\n "tabBar": { "items": [{ "pagePath": "pages/a/a", "name": "A", "icon": "x.png" }] } }',
    ),
  ],
  ["component_missing", "/pages/a/a.json:1:29", { "pages/a/a.json": '{ "usingComponents": { "c": "./none" } }' }],
  [
    "component_missing",
    "/pages/a/a.json:1:29",
    { "pages/a/a.json": '{ "usingComponents": { "c": "no-such-package/es/c" } }' },
  ],
  ["component_missing", "/pages/a/a.json:1:32", { "components/card/card.js": null }],
  ["component_not_declared", "/pages/a/a.json:1:32", { "components/card/card.json": "{}" }],
  [
    "component_name_invalid",
    "/pages/a/a.json:1:32",
    { "pages/a/a.json": '{ "usingComponents": { "my:c": "/components/card/card" } }' },
  ],

  // AXML: tags
  ["tag_unclosed", `${AXML}:2:3`, page("<view>\n  <text>hello\n</view>")],
  ["tag_unclosed", `${AXML}:1:1`, page("<view>\n<view></view>")],
  ["tag_unclosed", `${AXML}:1:7`, page('<view><image src="a.png"></view>')],
  ["tag_extra_close", `${AXML}:2:9`, page("<view>\n</view> </view>")],
  ["tag_extra_close", `${AXML}:1:7`, page("<view></text></view>")],
  ["tag_unfinished", `${AXML}:1:1`, page('<view class="a"')],
  ["tag_unfinished", `${AXML}:1:14`, page("<view></view><vie")],
  ["tag_name_invalid", `${AXML}:1:10`, page("<view>{{a<b}}</view>")],
  ["tag_name_invalid", `${AXML}:1:1`, page("<!DOCTYPE html><view/>")],
  ["tag_unknown", `${AXML}:1:7`, page("<view><div>x</div></view>")],
  ["comment_unclosed", `${AXML}:2:1`, page("<view/>\n<!-- never closed")],
  ["attribute_duplicated", `${AXML}:1:17`, page('<view class="a" class="b"/>')],
  ["directive_unknown", `${AXML}:1:7`, page('<view a:show="{{a}}"/>')],
  ["directive_unknown", `${AXML}:1:7`, page('<view wx:if="{{a}}"/>')],

  // AXML: conditions, loops, events
  ["directive_conflict", `${AXML}:1:20`, page('<view a:if="{{a}}" a:else/>')],
  ["else_orphan", `${AXML}:1:7`, page("<view a:else/>")],
  ["else_orphan", `${AXML}:3:7`, page('<view a:if="{{a}}"/>\n<text>between</text>\n<view a:else/>')],
  ["else_orphan", `${AXML}:3:7`, page('<view a:if="{{a}}"/>\n<view a:else/>\n<view a:elif="{{b}}"/>')],
  ["else_orphan", `${AXML}:2:7`, page('<view a:if="{{a}}" a:for="{{b}}"/>\n<view a:else/>')],
  ["value_not_expression", `${AXML}:1:7`, page('<view a:if="true"/>')],
  ["value_not_expression", `${AXML}:1:7`, page('<view a:if="{{a}} && {{b}}"/>')],
  ["value_not_expression", `${AXML}:1:7`, page('<view a:for="list"/>')],
  ["name_invalid", `${AXML}:1:34`, page('<view a:for="{{a}}" a:for-index="a b"/>')],
  ["event_handler_empty", `${AXML}:1:7`, page("<view onTap/>")],

  // AXML: expressions
  ["mustache_unclosed", `${AXML}:1:10`, page("<view>a: {{a}</view>")],
  ["mustache_unclosed", `${AXML}:1:14`, page('<view class="{{a }"/>')],
  ["expression_empty", `${AXML}:1:9`, page("<view>{{ }}</view>")],
  ["expression_syntax", `${AXML}:2:7`, page("<view>\n{{ a  b }}</view>")],
  ["expression_syntax", `${AXML}:1:14`, page("<view>{{ a + }}</view>")],
  ["expression_function", `${AXML}:1:13`, page("<view>{{a ? x => x : 1}}</view>")],
  ["expression_function", `${AXML}:1:16`, page('<view a:if="{{(function () {})}}"/>')],
  ["expression_assignment", `${AXML}:1:9`, page("<view>{{a = 1}}</view>")],
  ["expression_assignment", `${AXML}:1:9`, page("<view>{{a++}}</view>")],
  ["expression_new", `${AXML}:1:9`, page("<view>{{new Date()}}</view>")],
  ["expression_call", `${AXML}:1:9`, page("<view>{{a`b`}}</view>")],
  ["expression_optional_chaining", `${AXML}:1:9`, page("<view>{{a?.b}}</view>")],
  ["expression_operator", `${AXML}:1:9`, page("<view>{{a ?? b}}</view>")],
  ["expression_operator", `${AXML}:1:9`, page("<view>{{a in b}}</view>")],
  ["expression_regex", `${AXML}:1:9`, page("<view>{{/x/}}</view>")],
  ["expression_spread", `${AXML}:1:10`, page("<view>{{[...a]}}</view>")],
  ["expression_sequence", `${AXML}:1:9`, page("<view>{{a, b}}</view>")],
  ["expression_object", `${AXML}:1:10`, page("<view>{{{[a]: 1}}}</view>")],
  ["expression_call", `${AXML}:1:9`, page("<view>{{format(a)}}</view>")],
  ["expression_call", `${AXML}:1:9`, page("<view>{{name.toUpperCase()}}</view>")],
  ["expression_not_allowed", `${AXML}:1:9`, page("<view>{{this}}</view>")],
  ["expression_not_allowed", `${AXML}:1:9`, page("<view>{{10n}}</view>")],

  // AXML: templates, imports, slots
  ["attribute_missing", `${AXML}:1:1`, page("<import/>")],
  ["attribute_missing", `${AXML}:1:1`, page('<template data="{{a}}"/>')],
  ["attribute_not_static", `${AXML}:1:14`, page('<import src="{{file}}"/>')],
  ["attribute_not_static", `${AXML}:1:19`, page('<card><view slot="{{a}}"/></card>')],
  ["template_duplicated", `${AXML}:1:36`, page('<template name="t"/><template      name="t"/>')],
  ["template_unknown", `${AXML}:1:11`, page('<template is="t"/>')],
  [
    "template_unknown",
    `${AXML}:2:11`,
    {
      ...page('<import src="./b.axml"/>\n<template is="c"/>'),
      "pages/a/b.axml": '<import src="./c.axml"/>',
      "pages/a/c.axml": '<template name="c"><view/></template>',
    },
  ],
  ["template_nested", `${AXML}:1:7`, page('<view><template name="t"/></view>')],
  ["import_nested", `${AXML}:1:7`, page('<view><import src="./a.axml"/></view>')],
  ["import_missing", `${AXML}:1:9`, page('<import src="./none.axml"/>')],
  ["import_missing", `${AXML}:2:10`, page('<view/>\n<include src="/none.axml"/>')],
  [
    "include_cycle",
    "/pages/a/b.axml:1:1",
    { ...page('<include src="./b.axml"/>'), "pages/a/b.axml": '<include src="./a.axml"/>' },
  ],
  ["slot_misplaced", `${AXML}:1:33`, page('<card><block a:if="{{a}}"><view slot="x"/></block></card>')],
  ["slot_scope_mismatch", `${AXML}:1:35`, page('<card><view slot-scope="a"/><view slot-scope="b"/></card>')],
  ["name_invalid", `${AXML}:1:13`, page('<card><view slot-scope="{{a}}"/></card>')],

  // sjs
  ["sjs_missing", `${AXML}:1:22`, page('<import-sjs name="m" from="./none.sjs"/>')],
  ["sjs_missing", `${SJS}:1:15`, sjs('import x from "./none.sjs"; export default { f: x };')],
  [
    "sjs_export_missing",
    `${AXML}:1:19`,
    { ...page('<import-sjs name="{g}" from="./m.sjs"/>'), "pages/a/m.sjs": "export const f = 1;" },
  ],
  ["sjs_syntax", `${SJS}:1:16`, sjs("export default ;")],
  ["sjs_not_allowed", `${SJS}:1:21`, sjs("export default { f: new Date() };")],
  ["sjs_not_allowed", `${SJS}:2:1`, sjs("export default {};\nclass A {}")],
  ["sjs_not_allowed", `${SJS}:1:21`, sjs("export default { f: /x/ };")],
  ["sjs_not_allowed", `${SJS}:1:21`, sjs("export default { f: async () => 1 };")],
  ["sjs_global", `${SJS}:1:21`, sjs("export default { f: window.name };")],
  ["sjs_global", `${SJS}:1:21`, sjs("export default { f: dd.alert };")],
  ["sjs_object", `${SJS}:1:28`, sjs("export default { f: typeof Object };")],

  // ACSS
  ["acss_syntax", `${ACSS}:1:1`, acss(".a { color: red;")],
  ["acss_syntax", `${ACSS}:2:1`, acss(".a { color: red; }\n}")],
  ["acss_import_missing", `${ACSS}:1:1`, acss('@import "./none.acss";')],
  [
    "acss_import_cycle",
    "/pages/a/b.acss:1:1",
    { ...acss('@import "./b.acss";'), "pages/a/b.acss": '@import "./a.acss";' },
  ],
  ["acss_import_invalid", `${ACSS}:1:1`, acss("@import button.acss;")],
  ["acss_attribute_selector", `${ACSS}:2:5`, acss(".b {}\nview[hidden] { color: red; }")],
  ["acss_asset_missing", `${ACSS}:2:3`, acss(".a {\n  background: url(./none.png);\n}")],
  ["acss_rpx_in_query", `${ACSS}:1:1`, acss("@media (min-width: 750rpx) { .a { color: red; } }")],

  // Scripts
  ["script_syntax", `${JS}:2:7`, script("Page({});\nconst = 1;")],
  ["script_syntax", `${JS}:1:1`, script("with (dd) { alert(1); }")],
  ["script_newer_than_es2017", "/node_modules/old/main.js:1:20", npm("module.exports = x?.y;")],
  ["script_newer_than_es2017", "/node_modules/old/main.js:1:23", npm("module.exports = { a, ...b };")],
  [
    "script_reserved_name",
    `${JS}:1:1`,
    { ...script('import fetch from "./fetch";\nPage({ fetch });'), "pages/a/fetch.js": "export default 1;" },
  ],
  ["module_missing", `${JS}:1:19`, script('const a = require("./none");\nPage({ a });')],
  ["module_missing", `${JS}:2:19`, script('Page({});\nimport { x } from "no-such-package"; x();')],
  ["module_missing", "/node_modules/old/main.js:1:9", npm('require("./gone.js");')],
];

describe("a wrong program is refused with its place", () => {
  it.each(WRONG)("%s at %s: %j", async (code, at, files) => {
    const result = await compileFiles(files);

    const faults = "faults" in result ? result.faults : [];
    expect(faults.map((fault) => `${fault.code} ${fault.file}:${fault.line}:${fault.column}`)).toContain(
      `${code} ${at}`,
    );
  });

  it("knows no code without a row", () => {
    const unproved = FAULT_CODES.filter(
      (code) => !WARNING_CODES.includes(code) && !WRONG.some((row) => row[0] === code),
    );
    expect(unproved).toEqual([]);
  });

  it("reports all faults of all files at once, in order", async () => {
    const result = await compileFiles({
      ...page("<view>\n<text>{{a b}}</view>\n</view>"),
      ...acss("view[a] {}"),
      ...script("const = 1;"),
    });

    expect("faults" in result && result.faults.map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual([
      "/pages/a/a.acss:1 acss_attribute_selector",
      "/pages/a/a.axml:2 tag_unclosed",
      "/pages/a/a.axml:2 expression_syntax",
      "/pages/a/a.axml:3 tag_extra_close",
      "/pages/a/a.js:1 script_syntax",
    ]);
  });
});
