import { type Scene, useStage } from "./stage.testing";

jest.setTimeout(30_000);

const stage = useStage({ folder: __dirname, chromePath: process.env["CHROME_PATH"] });

const people = [
  { id: 1, name: "Ann" },
  { id: 2, name: "Bo" },
];

/** AXML, its data, and what is then to read. */
const TEMPLATES: [rule: string, axml: string, scene: Scene, text: string][] = [
  ["undefined and null show nothing", "<view>[{{a}}{{b}}]</view>", { data: { b: null } }, "[]"],
  [
    "booleans and zero show themselves",
    "<view>{{a}} {{b}} {{c}}</view>",
    { data: { a: true, b: false, c: 0 } },
    "true false 0",
  ],
  ["a member of nothing is nothing", "<view>[{{a.b.c}}{{a['x'][0]}}]</view>", {}, "[]"],
  ["Object.prototype is not data", "<view>[{{constructor}}{{a.toString}}]</view>", { data: { a: {} } }, "[]"],
  ["arithmetic and text join as in JavaScript", "<view>{{1 + 2 * 3}} {{'a' + 1}} {{7 % 4}}</view>", {}, "7 a1 3"],
  ["logic keeps the deciding value", "<view>{{a || 'x'}} {{b && 'y'}}</view>", { data: { b: 1 } }, "x y"],
  [
    "the first true branch is drawn",
    "<view a:if='{{n > 5}}'>1</view><view a:elif='{{n > 2}}'>2</view><view a:else>3</view>",
    { data: { n: 3 } },
    "2",
  ],
  [
    "loops know item and index",
    "<view a:for='{{people}}'>{{index}}:{{item.name}}</view>",
    { data: { people } },
    "0:Ann 1:Bo",
  ],
  [
    "loops nest with names of their own",
    "<view a:for='{{[1, 2]}}' a:for-item='i'><text a:for='{{[3, 4]}}' a:for-item='j'>{{i * j}} </text></view>",
    {},
    "3 4 6 8",
  ],
  ["a loop over a number counts", "<text a:for='{{3}}'>{{item}}</text>", {}, "012"],
  ["a loop over nothing draws nothing", "<view>[<text a:for='{{none}}'>x</text>]</view>", {}, "[]"],
  ["double keys draw every item", "<text a:for='{{[1, 1, 2]}}' a:key='*this'>{{item}}</text>", {}, "112"],
  ["a block draws no element", "<block a:if='{{true}}'><text>a</text><text>b</text></block>", {}, "ab"],
  [
    "a template sees only its data",
    "<template name='t'><text>{{name}}[{{secret}}]</text></template><template is='t' data='{{ ...who, more: 1 }}' />",
    { data: { who: { name: "Ann" }, secret: "s" } },
    "Ann[]",
  ],
  [
    "a template's name may be computed",
    "<template name='odd'><text>odd </text></template><template name='even'><text>even </text></template>" +
      "<block a:for='{{[1, 2]}}'><template is=\"{{item % 2 === 0 ? 'even' : 'odd'}}\" /></block>",
    {},
    "odd even",
  ],
  [
    "sjs functions format values",
    "<import-sjs name='tools' from='./tools.sjs' /><import-sjs name='{loud}' from='./tools.sjs' /><view>{{tools.twice(n)}} {{loud(word)}}</view>",
    {
      data: { n: 21, word: "hi" },
      files: {
        "pages/a/tools.sjs":
          "const twice = (n) => n * 2; const loud = (s) => s.toUpperCase(); export default { twice }; export { loud };",
      },
    },
    "42 HI",
  ],
  ["white space around a text's content is layout", "<view>a<text>\n  b\n</text>c</view>", {}, "abc"],
];

test.each(TEMPLATES)("template: %s", async (_rule, axml, scene, text) => {
  await stage.show(axml, scene);
  expect(await stage.text()).toBe(text);
});

const card = (axml: string, more: Record<string, string> = {}): Record<string, string> => ({
  "components/card/card.axml": axml,
  ...more,
});

const CARD = "/components/card/card";

/** The page's AXML, the component's, and what is then to read. */
const SLOTS: [rule: string, page: string, component: string, text: string][] = [
  [
    "content replaces the default slot",
    "<card><text>mine {{who}}</text></card>",
    "<view>[<slot>none</slot>]</view>",
    "[mine Ann]",
  ],
  ["a slot without content shows its own", "<card />", "<view>[<slot>none</slot>]</view>", "[none]"],
  [
    "named slots take their content",
    "<card><text slot='b'>B</text><text slot='a'>A</text><text>D</text></card>",
    "<view><slot name='a' />-<slot />-<slot name='b' /></view>",
    "A-D-B",
  ],
  [
    "slot-scope hands the component's values out",
    "<card><text slot-scope='given'>{{given.x}} {{who}}</text></card>",
    "<view><slot x='{{secret}}' /></view>",
    "s Ann",
  ],
  [
    "$slots tells which slots are filled",
    "<card><text slot='a'>A</text></card>",
    "<view>{{$slots.a ? 'a' : ''}}{{$slots.b ? 'b' : ''}}</view>",
    "a",
  ],
  ["data go before props", "<card title='outer' size='{{3}}' />", "<view>{{title}} {{size + 1}}</view>", "inner 4"],
];

test.each(SLOTS)("component: %s", async (_rule, axml, component, text) => {
  await stage.show(axml, {
    data: { who: "Ann" },
    files: card(component),
    components: { [CARD]: { data: { secret: "s", title: "inner" } } },
  });
  expect(await stage.text()).toBe(text);
});

describe("a component's life", () => {
  it("is mounted with its props and function props, and rendered before the page is ready", async () => {
    await stage.show("<card title='{{who}}' onPick='pick' ref='save' none='{{nothing}}' />", {
      data: { who: "Ann" },
      files: card("<view onTap='inner'>{{title}}</view>"),
      components: { [CARD]: {} },
    });
    const [mount] = await stage.heard("componentMount");
    expect(mount).toMatchObject({
      path: CARD,
      owner: null,
      ref: "save",
      props: { title: "Ann", onPick: { $handler: "pick", $owner: null } },
    });
    const heard = await stage.page.evaluate(() => window.stage.heard.map(({ type }) => type));
    expect(heard.indexOf("componentRendered")).toBeGreaterThan(-1);
    expect(heard.indexOf("componentRendered")).toBeLessThan(heard.indexOf("pageRendered"));
    expect(heard.filter((type) => type === "pageRendered")).toHaveLength(1);
  });

  it("says what it lies inside of, also in a slot", async () => {
    await stage.show("<card><chip /></card>", {
      files: {
        "pages/a/a.json": '{ "usingComponents": { "card": "/components/card/card", "chip": "/components/chip/chip" } }',
        "components/card/card.axml": "<view><slot /></view>",
        "components/chip/chip.json": '{ "component": true }',
        "components/chip/chip.axml": "<text>chip</text>",
        "components/chip/chip.js": "Component({});",
      },
      components: { [CARD]: {}, "/components/chip/chip": {} },
    });
    const [card, chip] = await stage.heard("componentMount");
    expect(card).toMatchObject({ path: CARD, owner: null, inside: null });
    expect(chip).toMatchObject({ path: "/components/chip/chip", owner: null, inside: card?.componentId });
  });

  it("hears of changed props only", async () => {
    await stage.show("<view>{{count}}</view><card who='{{who}}' onPick='pick' />", {
      data: { who: "Ann", count: 1 },
      files: card("<view>{{who}}</view>"),
      components: { [CARD]: {} },
    });
    await stage.setData([{ path: ["count"], value: 2 }]);
    expect(await stage.heard("componentUpdate")).toEqual([]);
    await stage.setData([{ path: ["who"], value: "Bo" }]);
    expect(await stage.heard("componentUpdate")).toMatchObject([{ props: { who: "Bo" } }]);
    expect(await stage.text()).toBe("2 Bo");
  });

  it("keeps the default of a prop that is not given, also later", async () => {
    await stage.show("<card size='{{size}}' />", {
      data: { size: 5 },
      files: card("<view>{{size}} {{color}}</view>"),
      components: { [CARD]: { props: { size: 1, color: "red" } } },
    });
    expect(await stage.text()).toBe("5 red");
    await stage.setData([{ path: ["size"], value: 6 }]);
    expect(await stage.text()).toBe("6 red");
  });

  it("draws its own data without the page", async () => {
    await stage.show("<card />", {
      files: card("<view>{{n}}</view>"),
      components: { [CARD]: { data: { n: 1 } } },
    });
    const [mount] = await stage.heard("componentMount");
    await stage.setData([{ path: ["n"], value: 2 }], mount?.componentId);
    expect(await stage.text()).toBe("2");
  });

  it("is unmounted when its place goes, and remounted as another instance", async () => {
    await stage.show("<card a:if='{{on}}' />", {
      data: { on: true },
      files: card("<view>x</view>"),
      components: { [CARD]: {} },
    });
    await stage.setData([{ path: ["on"], value: false }]);
    expect(await stage.heard("componentUnmount")).toHaveLength(1);
    await stage.setData([{ path: ["on"], value: true }]);
    const mounts = await stage.heard("componentMount");
    expect(new Set(mounts.map(({ componentId }) => componentId)).size).toBe(2);
  });

  it("keeps its instance when keyed items change places", async () => {
    await stage.show("<card a:for='{{list}}' a:key='id' name='{{item.id}}' />", {
      data: { list: [{ id: "a" }, { id: "b" }] },
      files: card("<text>{{name}}</text>"),
      components: { [CARD]: {} },
    });
    await stage.setData([{ path: ["list"], value: [{ id: "b" }, { id: "a" }] }]);
    expect(await stage.text()).toBe("ba");
    expect(await stage.heard("componentMount")).toHaveLength(2);
    expect(await stage.heard("componentUpdate")).toHaveLength(0);
  });

  it("is found by its tag although it has no element", async () => {
    await stage.show("<view><card /><card /></view>", {
      files: card("<view class='top'><text class='in'>x</text></view>"),
      components: { [CARD]: {} },
    });
    const found = await stage.page.evaluate(() => {
      const { elements } = window.stage.view;
      const classes = (selector: string): string[] => elements.find("p1", selector).map((each) => each.className);
      return [classes("card"), classes("card .in"), elements.components("p1").map(({ tag }) => tag)];
    });
    expect(found).toEqual([
      ["top", "top"],
      ["in", "in"],
      ["card", "card"],
    ]);
  });
});

describe("data", () => {
  it("is patched by paths and splices", async () => {
    await stage.show("<view>{{list}} {{a.b[1].c}}</view>", { data: { list: [1, 2, 3] } });
    await stage.setData([
      { path: ["list"], splice: [1, 1, 7, 8] },
      { path: ["a", "b", 1, "c"], value: "deep" },
    ]);
    expect(await stage.text()).toBe("1,7,8,3 deep");
  });

  it("answers each setData once, also for a component that is gone", async () => {
    await stage.show("<view />");
    await stage.setData([{ path: ["a"], value: 1 }], "component-gone");
    const applied = (await stage.heard("dataApplied")).map(({ seq }) => seq);
    expect(new Set(applied).size).toBe(applied.length);
    expect(applied.length).toBeGreaterThanOrEqual(2);
  });

  it("leaves what a person typed in an input whose branch stays", async () => {
    await stage.show("<input a:if='{{name}}' placeholder='n' /><input a:else placeholder='m' />", {
      data: { name: true },
    });
    await stage.page.locator("input").fill("typed");
    await stage.setData([{ path: ["name"], value: false }]);
    expect(await stage.page.locator("input").inputValue()).toBe("typed");
  });
});
