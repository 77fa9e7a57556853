import type { JsonObject } from "../protocol";
import { useStage, RED_DOT, type Scene } from "./stage.testing";

jest.setTimeout(30_000);

const stage = useStage({ folder: __dirname, chromePath: process.env["CHROME_PATH"], touch: true });

describe("a scroll-view", () => {
  it("starts where the data say, tells of scrolling and of its ends", async () => {
    await stage.show(
      "<scroll-view id='s' scroll-y scroll-top='{{top}}' style='height:100px' onScroll='scroll' onScrollToLower='lower' onScrollToUpper='upper'>" +
        "<view style='height:1000px'>x</view></scroll-view>",
      { data: { top: 200 } },
    );
    const area = stage.page.locator("#s");
    const wait = (handler: string): Promise<unknown> =>
      stage.page.waitForFunction(
        (name) => window.stage.heard.some((m) => m.type === "event" && m.handler === name),
        handler,
      );
    expect(await area.evaluate((node) => node.scrollTop)).toBe(200);
    await wait("scroll");
    await area.evaluate((node) => node.scrollTo(0, 880));
    await wait("lower");
    await area.evaluate((node) => node.scrollTo(0, 10));
    await wait("upper");
    const last = (await stage.details()).filter(([name]) => name === "scroll").at(-1);
    expect(last?.[1]).toEqual({
      scrollLeft: 0,
      scrollTop: 10,
      scrollHeight: 1000,
      scrollWidth: 375,
      deltaX: 0,
      deltaY: -870,
    });
  });

  it("scrolls an element into view", async () => {
    await stage.show(
      "<scroll-view id='s' scroll-x scroll-into-view='{{to}}' style='white-space:nowrap'>" +
        "<view a:for='{{5}}' id='i{{item}}' style='display:inline-block;width:300px'>x</view></scroll-view>",
    );
    await stage.setData([{ path: ["to"], value: "i2" }]);
    expect(await stage.page.locator("#s").evaluate((node) => node.scrollLeft)).toBe(600);
  });
});

describe("a swiper", () => {
  const AXML =
    "<swiper id='s' current='{{current}}' indicator-dots onChange='turned' duration='1' style='height:100px'>" +
    "<swiper-item a:for='{{3}}'><view id='v{{item}}' style='height:100px'>{{item}}</view></swiper-item></swiper>";
  const left = (id: string): Promise<number> =>
    stage.page.locator(id).evaluate(
      (node) =>
        new Promise<number>((resolve) => {
          let last = NaN;
          const look = (): void => {
            const now = Math.round(node.getBoundingClientRect().left);
            if (now === last) return resolve(now);
            last = now;
            setTimeout(look, 40);
          };
          look();
        }),
    );

  it("turns by a finger and by data, within its items", async () => {
    await stage.show(AXML, { data: { current: 0 } });
    await stage.page.evaluate(() => {
      const { elements } = window.stage.view;
      const swiper = elements.find("p1", "#s")[0] as Element;
      const at = (x: number): { clientX: number; clientY: number }[] => [{ clientX: x, clientY: 50 }];
      elements.touch(swiper, "touchStart", at(300), at(300));
      elements.touch(swiper, "touchMove", at(100), at(100));
      elements.touch(swiper, "touchEnd", [], at(100));
    });
    expect(await stage.details()).toEqual([["turned", { current: 1 }]]);
    expect(await left("#v1")).toBe(0);
    await stage.setData([{ path: ["current"], value: 2 }]);
    expect(await left("#v2")).toBe(0);
    expect(await stage.page.locator(".a-dot").count()).toBe(3);
  });

  it("turns by itself with autoplay, round and round", async () => {
    await stage.show(
      "<swiper autoplay interval='30' onChange='turned'><swiper-item>a</swiper-item><swiper-item>b</swiper-item></swiper>",
    );
    await stage.page.waitForFunction(() => window.stage.heard.filter((m) => m.type === "event").length >= 2);
    expect((await stage.details()).slice(0, 2)).toEqual([
      ["turned", { current: 1 }],
      ["turned", { current: 0 }],
    ]);
  });
});

describe("a slider and a movable-view", () => {
  it("slide and move by a finger, within bounds", async () => {
    await stage.show(
      "<slider id='s' min='0' max='10' step='5' onChange='slid' show-value style='width:228px' />" +
        "<movable-area style='width:200px;height:100px'><movable-view id='m' direction='all' style='width:50px;height:50px' onChangeEnd='moved'>m</movable-view></movable-area>",
    );
    await stage.page.evaluate(() => {
      const { elements } = window.stage.view;
      const drag = (selector: string, from: number, to: number): void => {
        const element = elements.find("p1", selector)[0] as Element;
        const top = element.getBoundingClientRect().top + 5;
        const at = (x: number): { clientX: number; clientY: number }[] => [{ clientX: x, clientY: top }];
        elements.touch(element, "touchStart", at(from), at(from));
        elements.touch(element, "touchMove", at(to), at(to));
        elements.touch(element, "touchEnd", [], at(to));
      };
      drag("#s", 20, 120);
      drag("#m", 10, 500);
    });
    expect(await stage.details()).toEqual([
      ["slid", { value: 5 }],
      ["moved", { x: 150, y: 0 }],
    ]);
    const moved = await stage.page.evaluate(() => {
      const { elements } = window.stage.view;
      return elements.property(elements.find("p1", "#m")[0] as Element, "_translateX");
    });
    expect(moved).toBe(150);
  });
});

describe("a view", () => {
  it("plays its animation, one step after the other, and tells its end", async () => {
    const step = (type: string, ...args: number[]): JsonObject => ({
      animates: [{ type, args }],
      option: { duration: 20, delay: 0, timeFunction: "linear", transformOrigin: "50% 50% 0" },
    });
    await stage.show(
      "<view id='v' animation='{{play}}' onTransitionEnd='ended' style='width:10px;height:10px'>v</view>",
    );
    await stage.setData([{ path: ["play"], value: { actions: [step("translateX", 30), step("scale", 2)] } }]);
    await stage.page.waitForFunction(() => window.stage.heard.filter((m) => m.type === "event").length === 2);
    expect(await stage.page.locator("#v").boundingBox()).toMatchObject({ x: 25, width: 20 });
  });

  it("tells when it appears and disappears", async () => {
    await stage.show(
      "<view style='height:900px'></view><view style='height:100px' onAppear='in' onDisappear='out' onFirstAppear='first'>v</view>",
    );
    const scroll = async (top: number, count: number): Promise<void> => {
      await stage.page.evaluate((to) => window.stage.view.scrollPage("p1", to), top);
      await stage.page.waitForFunction(
        (expected) => window.stage.heard.filter((m) => m.type === "event").length === expected,
        count,
      );
    };
    await scroll(400, 2);
    await scroll(0, 3);
    await scroll(400, 4);
    expect((await stage.details()).map(([name]) => name)).toEqual(["in", "first", "out", "in"]);
  });
});

describe("a picker-view", () => {
  it("starts at its value and tells where its columns stop", async () => {
    await stage.show(
      "<picker-view value='{{[1, 0]}}' onChange='chosen'><picker-view-column a:for='{{2}}'><view a:for='{{[1, 2, 3]}}'>{{item}}</view></picker-view-column></picker-view>",
    );
    const columns = stage.page.locator("picker-view-column");
    expect(await columns.first().evaluate((node) => node.scrollTop)).toBe(34);
    await columns.nth(1).evaluate((node) => node.scrollTo(0, 68));
    await stage.page.waitForFunction(() => window.stage.heard.some((m) => m.type === "event"));
    expect(await stage.details()).toEqual([["chosen", { value: [1, 2] }]]);
  });
});

describe("a navigator and a share button", () => {
  it("tell the logic where to go and what to share", async () => {
    await stage.show(
      "<navigator id='a' url='/pages/b/b?x=1'>to</navigator><navigator id='b' open-type='navigateBack'>back</navigator>" +
        "<button id='c' open-type='share' data-id='{{7}}'>share</button>",
    );
    await stage.tap("#a");
    await stage.tap("#b");
    await stage.tap("#c");
    expect(await stage.heard("navigate")).toEqual([
      { type: "navigate", pageId: "p1", method: "navigateTo", url: "/pages/b/b?x=1" },
      { type: "navigate", pageId: "p1", method: "navigateBack", url: "" },
    ]);
    const shares = (await stage.heard("pageEvent")).filter(({ name }) => name === "onShareAppMessage");
    expect(shares).toMatchObject([{ argument: { from: "button", target: { id: "c", dataset: { id: 7 } } } }]);
  });
});

/** What is only looked at: AXML and a style that it must have. */
const LOOKS: [rule: string, axml: string, selector: string, property: string, value: string, scene?: Scene][] = [
  ["an image is 300 by 225 pixels", "<image src='{{dot}}' />", "image", "width", "300px", { data: { dot: RED_DOT } }],
  [
    "aspectFit contains",
    "<image mode='aspectFit' src='{{dot}}' />",
    "img",
    "object-fit",
    "contain",
    { data: { dot: RED_DOT } },
  ],
  [
    "a crop is placed",
    "<image mode='top left' src='{{dot}}' />",
    "img",
    "object-position",
    "0% 0%",
    { data: { dot: RED_DOT } },
  ],
  ["a primary button is blue", "<button type='primary'>x</button>", "button", "background-color", "rgb(50, 150, 250)"],
  [
    "a class wins over the default look",
    "<button class='mine' type='primary'>x</button>",
    "button",
    "background-color",
    "rgb(1, 1, 1)",
    { files: { "pages/a/a.acss": ".mine { background: rgb(1, 1, 1) }" } },
  ],
  [
    "so does a tag selector",
    "<text>x</text>",
    "text",
    "display",
    "block",
    { files: { "app.acss": "text { display: block }" } },
  ],
  ["hidden hides", "<view hidden>x</view>", "view", "display", "none"],
  ["hidden=false shows", "<view hidden='{{false}}'>x</view>", "view", "display", "block"],
  ["an icon has its size", "<icon type='success' size='40' />", "icon svg", "width", "40px"],
  [
    "rich text keeps trusted nodes",
    "<rich-text nodes='{{nodes}}' />",
    "rich-text b",
    "color",
    "rgb(0, 128, 0)",
    {
      data: {
        nodes: [
          {
            name: "p",
            children: [
              { name: "b", attrs: { style: "color: green" }, children: [{ type: "text", text: "a&lt;b" }] },
              { name: "script", children: [] },
            ],
          },
        ],
      },
    },
  ],
];

test.each(LOOKS)("look: %s", async (_rule, axml, selector, property, value, scene = {}) => {
  await stage.show(axml, scene);
  const found = await stage.page
    .locator(selector)
    .evaluate((node, name) => getComputedStyle(node).getPropertyValue(name), property);
  expect(found).toBe(value);
});

it("shows progress", async () => {
  await stage.show("<progress id='p' percent='50' show-info style='width:200px' />");
  const progress = stage.page.getByRole("progressbar");
  expect(await progress.evaluate((node) => (node as HTMLProgressElement).position)).toBe(0.5);
  const info = await progress.evaluate((node) => getComputedStyle(node, "::after").content);
  expect(info).toContain("50%");
});

describe("an image", () => {
  it("tells its size, or that it cannot be loaded, and keeps its ratio with widthFix", async () => {
    await stage.show(
      "<image id='ok' mode='widthFix' style='width:80px' src='{{dot}}' onLoad='load' /><image src='./none.png' onError='error' />",
      {
        data: { dot: RED_DOT },
      },
    );
    await stage.page.waitForFunction(() => window.stage.heard.filter((m) => m.type === "event").length === 2);
    expect(Object.fromEntries(await stage.details())).toEqual({
      load: { width: "1px", height: "1px" },
      error: { errMsg: "/assets/pages/a/none.png could not be loaded" },
    });
    expect(await stage.page.locator("#ok").boundingBox()).toMatchObject({ width: 80, height: 80 });
  });
});
