import { join } from "node:path";
import type { TemplateNode } from "../../compiled";
import { compileMiniProgram } from "../compile";
import { appOf, compileFiles, nodesOf } from "../project.testing";

/** The nodes of a page without places, which most rules are not about. */
async function shapeOf(axml: string, files: Record<string, string> = {}): Promise<unknown> {
  const nodes = await nodesOf(axml, files);
  return JSON.parse(JSON.stringify(nodes, (key, value: unknown) => (key === "place" ? undefined : value)));
}

const name = (text: string): object => ({ kind: "name", name: text });
const text = (...parts: unknown[]): object => ({ kind: "text", value: { kind: "parts", parts } });
const view = (...children: unknown[]): object => ({
  kind: "element",
  tag: "view",
  attributes: [],
  events: [],
  children,
});

async function expressionOf(mustache: string): Promise<unknown> {
  const [node] = await nodesOf(`<view a="{{${mustache}}}"/>`);
  const value = node?.kind === "element" ? node.attributes[0]?.value : undefined;
  return value?.kind === "expression" ? value.expression : value;
}

describe("AXML", () => {
  it("collapses white space outside text, and keeps it inside", async () => {
    expect(await shapeOf("<view>\n  a\n  b{{c}} </view>")).toEqual([view(text(" a b", name("c"), " "))]);
    const [node] = await nodesOf("<text> a\n b </text>");
    expect(node).toMatchObject({ tag: "text", children: [text(" a\n b ")] });
  });

  it("decodes entities in texts, attributes and expressions", async () => {
    expect(await shapeOf("<view>&lt;&#165;&nbsp;&unknown;{{a &lt; b}}</view>")).toEqual([
      view(text("<¥\u00a0&unknown;", { kind: "binary", operator: "<", left: name("a"), right: name("b") })),
    ]);
  });

  it("makes an attribute without a value true, and keeps the type of a single expression", async () => {
    const [node] = await nodesOf('<switch checked disabled="{{false}}" name="" class="a {{b}}" data-x={{1}} />');
    expect(node?.kind === "element" && node.attributes).toEqual([
      { name: "checked", value: { kind: "expression", expression: { kind: "literal", value: true } } },
      { name: "disabled", value: { kind: "expression", expression: { kind: "literal", value: false } } },
      { name: "name", value: { kind: "parts", parts: [""] } },
      { name: "class", value: { kind: "parts", parts: ["a ", name("b")] } },
      { name: "data-x", value: { kind: "expression", expression: { kind: "literal", value: 1 } } },
    ]);
  });

  it("takes a mustache without quotes whole", async () => {
    const [node] = await nodesOf("<view hidden={{ a > b }} style={{\n  a: 'x y'\n}}>{{c}}</view>");
    expect(node).toMatchObject({
      attributes: [
        { name: "hidden", value: { expression: { kind: "binary", operator: ">" } } },
        { name: "style", value: { expression: { kind: "object", entries: [{ key: "a", value: { value: "x y" } }] } } },
      ],
      children: [{ value: { expression: name("c") } }],
    });
  });

  it("joins if, elif and else across white space and comments", async () => {
    expect(
      await shapeOf('<view a:if="{{a}}"/>\n<!-- c -->\n<view a:elif="{{b}}"/>\n<block a:else>x<view/></block>'),
    ).toEqual([
      {
        kind: "if",
        branches: [
          { test: name("a"), nodes: [view()] },
          { test: name("b"), nodes: [view()] },
          { test: null, nodes: [text("x"), view()] },
        ],
      },
    ]);
  });

  it("puts a loop around a condition on the same tag, and a condition around a loop behind else", async () => {
    const loop = { kind: "for", list: name("l"), item: "item", index: "index" };
    expect(await shapeOf('<view a:for="{{l}}" a:if="{{item}}"/>')).toEqual([
      { ...loop, nodes: [{ kind: "if", branches: [{ test: name("item"), nodes: [view()] }] }] },
    ]);
    expect(await shapeOf('<view a:if="{{e}}"/><view a:else a:for="{{l}}" a:key="id"/>')).toEqual([
      {
        kind: "if",
        branches: [
          { test: name("e"), nodes: [view()] },
          { test: null, nodes: [{ ...loop, key: { kind: "parts", parts: ["id"] }, nodes: [view()] }] },
        ],
      },
    ]);
  });

  it("names loop variables, and takes a key from a:key or an expression in key", async () => {
    expect(
      await shapeOf('<block a:for="{{[1]}}" a:for-item="x" a:for-index="i" key="{{x.id}}">{{x}}{{i}}</block>'),
    ).toEqual([
      {
        kind: "for",
        list: { kind: "array", items: [{ kind: "literal", value: 1 }] },
        item: "x",
        index: "i",
        key: {
          kind: "expression",
          expression: { kind: "member", object: name("x"), property: { kind: "literal", value: "id" } },
        },
        nodes: [text(name("x"), name("i"))],
      },
    ]);
  });

  it("names events without on or catch on elements, and whole on components", async () => {
    const [element] = await nodesOf('<view onTap="a" catchTouchMove="{{b}}" ontap="c"/>');
    expect(element).toMatchObject({
      events: [
        { type: "tap", handler: { parts: ["a"] }, stops: false },
        { type: "touchMove", handler: { expression: name("b") }, stops: true },
      ],
      attributes: [{ name: "ontap" }],
    });
    const [component] = await nodesOf('<card onChange="a" ref="save" key="k" title="t" />');
    expect(component).toMatchObject({
      kind: "component",
      path: "/components/card/card",
      events: [{ type: "onChange" }],
      ref: { parts: ["save"] },
      key: { parts: ["k"] },
      attributes: [{ name: "title" }],
    });
  });

  it("sorts a component's content into slots with their scope", async () => {
    const [node] = await nodesOf(
      '<card>\n<view slot="head">h</view>x<view slot-scope="p" a:if="{{p.a}}">{{p.b}}</view></card>',
    );
    const slots = node?.kind === "component" ? node.slots : {};
    expect(Object.keys(slots)).toEqual(["head", ""]);
    expect(slots["head"]).toMatchObject({ nodes: [{ tag: "view", attributes: [] }] });
    expect(slots[""]).toMatchObject({ scope: "p", nodes: [text("x"), { kind: "if" }] });
    const app = await appOf({ "components/card/card.axml": '<slot name="{{n}}" x="{{y}}">none</slot>' });
    expect(app.components["/components/card/card"]?.template.nodes).toEqual([
      {
        kind: "slot",
        name: { kind: "expression", expression: name("n") },
        attributes: [{ name: "x", value: { kind: "expression", expression: name("y") } }],
        fallback: [text("none")],
      },
    ]);
  });

  it("gives each element the place it stands at, also in included files", async () => {
    const nodes = await nodesOf('<view/>\n  <include src="/parts/head"/>', { "parts/head.axml": "\n<text>a</text>" });
    expect(nodes.map((node) => node.kind === "element" && node.place)).toEqual([
      { file: "/pages/a/a.axml", line: 1, column: 1 },
      { file: "/parts/head.axml", line: 2, column: 1 },
    ]);
  });
});

describe("expressions", () => {
  it.each([
    ["a ? b : 'c'", { kind: "conditional", test: name("a"), yes: name("b"), no: { kind: "literal", value: "c" } }],
    ["!(a && b) || -1", { kind: "logical", operator: "||" }],
    ["a[b].c", { kind: "member", object: { kind: "member", property: name("b") }, property: { value: "c" } }],
    ["typeof a === 'x'", { kind: "binary", left: { kind: "unary", operator: "typeof" } }],
    ["undefined", { kind: "undefined" }],
    [
      "`a${b}`",
      { kind: "binary", operator: "+", left: { left: { value: "a" }, right: name("b") }, right: { value: "" } },
    ],
    ["'}}' + '{{'", { kind: "binary", left: { value: "}}" }, right: { value: "{{" } }],
    ["a: 1, ...b, 'c-d': e", { kind: "object", entries: [{ key: "a" }, { spread: name("b") }, { key: "c-d" }] }],
    [" {a: {b: 1}} ", { kind: "object", entries: [{ key: "a", value: { kind: "object" } }] }],
  ])("reads {{%s}}", async (mustache, expected) => {
    expect(await expressionOf(mustache)).toMatchObject(expected);
  });

  it("calls sjs functions, unless a loop variable hides the module", async () => {
    const files = { "pages/a/m.sjs": "export default { f(x) { return x; } };" };
    const head = '<import-sjs name="m" from="./m.sjs"/>';
    expect(await nodesOf(`${head}<view>{{m.f(a)}}</view>`, files)).toMatchObject([
      { children: [{ value: { expression: { kind: "call", args: [name("a")] } } }] },
    ]);
    const hidden = await compileFiles({
      ...files,
      "pages/a/a.axml": `${head}<view a:for="{{l}}" a:for-item="m">{{m.f(a)}}</view>`,
    });
    expect("faults" in hidden && hidden.faults.map(({ code }) => code)).toEqual(["expression_call"]);
  });
});

describe("templates and imports", () => {
  it("reads a template's data as an object, with shorthand", async () => {
    const nodes = await nodesOf(
      '<template name="t"><view/></template><template is="t" data="{{a, b}}"/><template is="t" data="{{a}}"/>',
    );
    expect(nodes).toMatchObject([
      { kind: "template", data: { kind: "object", entries: [{ key: "a", value: name("a") }, { key: "b" }] } },
      { kind: "template", data: { kind: "object", entries: [{ key: "a" }] } },
    ]);
  });

  it("keeps an imported file's own imports and sjs names to itself", async () => {
    const app = await appOf({
      "pages/a/a.axml":
        '<import src="./b.axml"/><template name="c">mine</template><template is="b"/><template is="{{which}}"/>',
      "pages/a/b.axml":
        '<import src="./c.axml"/><import-sjs name="m" from="./m.sjs"/>' +
        '<template name="b"><view><template is="c"/><template is="{{n}}"/>{{m.v}}</view></template>',
      "pages/a/c.axml": '<template name="c">theirs</template>',
      "pages/a/m.sjs": "export default { v: 1 };",
    });
    const template = app.page["pages/a/a"]?.template;

    expect(template?.sjs).toEqual({ "m@/pages/a/b.axml": { path: "/pages/a/m.sjs", member: "default" } });
    expect(template?.templates["c"]).toEqual([text("mine")]);
    expect(template?.templates["c@/pages/a/c.axml"]).toEqual([text("theirs")]);
    expect(template?.templates["b"]).toMatchObject([
      {
        children: [
          { kind: "template", is: { parts: ["c@/pages/a/c.axml"] } },
          { kind: "template", names: { b: "b@/pages/a/b.axml", c: "c@/pages/a/c.axml" } },
          { value: { expression: { object: name("m@/pages/a/b.axml") } } },
        ],
      },
    ]);
    expect(template?.nodes[1]).toEqual({ kind: "template", is: { kind: "expression", expression: name("which") } });
  });

  it("lets a template use itself", async () => {
    const app = await appOf({ "pages/a/a.axml": '<template name="t"><template is="t"/></template><template is="t"/>' });
    expect(app.page["pages/a/a"]?.template.templates["t"]).toMatchObject([{ kind: "template" }]);
  });
});

/** Keeps the union exhaustive for readers of this file: a node kind without a test above fails to compile. */
const KINDS_SHOWN: Record<TemplateNode["kind"], true> = {
  text: true,
  element: true,
  component: true,
  if: true,
  for: true,
  template: true,
  slot: true,
};

it("compiles the example to every kind of node", async () => {
  const result = await compileMiniProgram(join(process.cwd(), "desk/runtime/example"));
  const json = JSON.stringify(result);
  expect(Object.keys(KINDS_SHOWN).filter((kind) => !json.includes(`"kind":"${kind}"`))).toEqual([]);
});
