import type { CompileResult } from "./compile";
import { compileFiles } from "./project.testing";

const page = (axml: string): Record<string, string> => ({ "pages/a/a.axml": axml });
const compile = (files: Record<string, string | null>): Promise<CompileResult> => compileFiles(files, false);

/** What devices are known to take, and the warning that says so. */
const TAKEN: [code: string, files: Record<string, string>][] = [
  ["expression_call", page("<view>{{text.toString().length}}</view>")],
  ["expression_call", page('<view a:for="{{list.slice(0, 2)}}">{{item}}</view>')],
  ["expression_function", page("<view>{{on ? (one => one.on) : 1}}</view>")],
  ["attribute_duplicated", page('<view class="a" class="b"/>')],
  ["json_yes_no", { "pages/a/a.json": '{ "pullRefresh": "NO" }' }],
  [
    "import_nested",
    {
      ...page('<view><import src="./t.axml"/><template is="t"/></view>'),
      "pages/a/t.axml": '<template name="t"><view/></template>',
    },
  ],
  [
    "sjs_object",
    {
      ...page('<import-sjs name="m" from="./m.sjs"/><view>{{m.f}}</view>'),
      "pages/a/m.sjs": "export default { f: typeof Object };",
    },
  ],
];

describe("what devices take", () => {
  it.each(TAKEN)("%s is a warning, and the program is whole: %j", async (code, files) => {
    const result = await compile(files);

    expect(result.faults).toEqual([]);
    expect(result.warnings).toMatchObject([{ code }]);
    expect(result.app?.pages).toEqual(["pages/a/a"]);
  });

  it("is an error where the letter of the documents is wanted", async () => {
    for (const [code, files] of TAKEN) {
      const result = await compileFiles(files);
      expect(result.app).toBeUndefined();
      expect(result.faults.map((fault) => fault.code)).toEqual([code]);
    }
  });

  it("takes the last of two attributes", async () => {
    const { app } = await compile(page('<view class="a" class="b"/>'));
    expect(JSON.stringify(app?.page["pages/a/a"]?.template.nodes)).toContain('"parts":["b"]');
  });
});

describe("a program with faults", () => {
  const TWO = {
    "app.json": '{ "pages": ["pages/a/a", "pages/b/b"] }',
    "pages/b/b.axml": "<view>{{right}}</view>",
    "pages/b/b.js": "Page({ data: { right: 1 } });",
  };

  it("runs in its other pages, and the faulty one says what is wrong and where", async () => {
    const { app, faults } = await compile({ ...TWO, ...page("<view>\n<text>{{a b}}</text></view>") });

    expect(faults).toMatchObject([{ file: "/pages/a/a.axml", line: 2, code: "expression_syntax" }]);
    expect(JSON.stringify(app?.page["pages/a/a"]?.template.nodes)).toContain("/pages/a/a.axml:2:11");
    expect(app?.page["pages/b/b"]?.template.nodes).toMatchObject([{ kind: "element", tag: "view" }]);
    expect(app?.logicScript).toContain("right: 1");
  });

  it("blames all pages that require a broken file, and no other", async () => {
    const shown = { "lib/x.js": "const = 1;", "pages/a/a.js": 'require("../../lib/x"); Page({});' };
    const { app } = await compile({ ...TWO, ...shown });

    expect(JSON.stringify(app?.page["pages/a/a"]?.template)).toContain("/lib/x.js:1:");
    expect(JSON.stringify(app?.page["pages/b/b"]?.template)).not.toContain("/lib/x.js");
  });

  it("shows a broken component's fault in its own place", async () => {
    const { app } = await compile({ ...page("<card/>"), "components/card/card.axml": "<view>" });

    expect(app?.page["pages/a/a"]?.template.nodes).toMatchObject([{ kind: "component", tag: "card" }]);
    expect(JSON.stringify(app?.components["/components/card/card"]?.template)).toContain(
      "/components/card/card.axml:1:1",
    );
  });

  it("has no app where no page is left to open", async () => {
    const { app, faults } = await compile({ "app.json": "{}" });
    expect(app).toBeUndefined();
    expect(faults).toMatchObject([{ code: "page_missing" }]);
  });
});
