import type { JsonObject } from "../protocol";
import { useStage } from "./stage.testing";

jest.setTimeout(30_000);

const stage = useStage({ folder: __dirname, chromePath: process.env["CHROME_PATH"] });

const handlers = async (): Promise<string[]> => (await stage.events()).map(({ handler }) => handler);

describe("bubbling", () => {
  const NESTED =
    "<view id='outer' onTap='outer'><view id='middle' catchTap='middle'><view id='inner' onTap='inner'>x</view></view></view>";

  it("rises to the first catch", async () => {
    await stage.show(NESTED);
    await stage.page.locator("#inner").click();
    expect(await handlers()).toEqual(["inner", "middle"]);
  });

  it("carries ids and both datasets as DingTalk documents them", async () => {
    await stage.show(
      "<view id='a' data-Alpha-Beta='{{1}}' data-alphaBeta='2' onTap='tap'><view id='b' data-inner='{{obj}}'>x</view></view>",
      { data: { obj: { deep: true } } },
    );
    await stage.page.locator("#b").click();
    const [first] = await stage.events();
    expect(first?.event).toMatchObject({
      type: "tap",
      timeStamp: expect.any(Number) as number,
      target: {
        id: "b",
        tagName: "view",
        dataset: { alphaBeta: 1, alphabeta: "2" },
        targetDataset: { inner: { deep: true } },
      },
      currentTarget: { id: "a", tagName: "view", dataset: { alphaBeta: 1, alphabeta: "2" } },
    });
  });

  it("crosses components, and each handler belongs to whose template names it", async () => {
    await stage.show("<view onTap='outside'><card onPick='pick'><text id='slot' onTap='given'>s</text></card></view>", {
      files: {
        "components/card/card.axml": "<view onTap='own'><slot /><view id='in' onTap='{{onPick}}'>i</view></view>",
      },
      components: { "/components/card/card": {} },
    });
    const [mount] = await stage.heard("componentMount");
    await stage.page.locator("#slot").click();
    const owners = (await stage.events()).map(({ handler, owner }) => [handler, owner]);
    expect(owners).toEqual([
      ["given", null],
      ["own", mount?.componentId],
      ["outside", null],
    ]);
    await stage.page.locator("#in").click();
    const [third] = (await stage.events()).slice(3);
    expect([third?.handler, third?.owner]).toEqual(["pick", null]);
  });

  it("does not rise for other events", async () => {
    await stage.show("<view onInput='outer'><input onInput='own' /></view>");
    await stage.page.locator("input").fill("a");
    expect(await handlers()).toEqual(["own"]);
  });

  it("asks nobody where the handler is empty", async () => {
    await stage.show("<view onTap='outer'><view id='x' onTap=\"{{''}}\">x</view></view>");
    await stage.page.locator("#x").click();
    expect(await handlers()).toEqual(["outer"]);
  });
});

describe("fingers", () => {
  const PAD =
    "<view id='pad' style='height:200px' onTouchStart='start' onTouchMove='move' onTouchEnd='end' onTap='tap' onLongTap='long'>x</view>";

  it("tap where they rest, and touch before", async () => {
    await stage.show(PAD);
    await stage.page.mouse.click(20, 30);
    expect(await handlers()).toEqual(["start", "end", "tap"]);
    const [start, end] = await stage.events();
    const finger = { identifier: 0, clientX: 20, clientY: 30, pageX: 20, pageY: 30 };
    expect(start?.event).toMatchObject({ touches: [finger], changedTouches: [finger] });
    expect(end?.event).toMatchObject({ touches: [], changedTouches: [finger] });
  });

  it("do not tap where they move further than a tremble", async () => {
    await stage.show(PAD);
    await stage.page.mouse.move(20, 30);
    await stage.page.mouse.down();
    await stage.page.mouse.move(20, 60);
    await stage.page.mouse.up();
    expect(await handlers()).toEqual(["start", "move", "end"]);
  });

  it("long-tap after half a second, and then do not tap", async () => {
    await stage.show(PAD);
    await stage.page.mouse.move(20, 30);
    await stage.page.mouse.down();
    await stage.page.waitForFunction(() => window.stage.heard.some((m) => m.type === "event" && m.handler === "long"));
    await stage.page.mouse.up();
    expect(await handlers()).toEqual(["start", "long", "end"]);
  });

  it("know the page's scroll position", async () => {
    await stage.show("<view style='height:900px'></view><view id='low' style='height:400px' onTap='tap'>x</view>");
    await stage.page.evaluate(() => window.stage.view.scrollPage("p1", 700));
    await stage.page.locator("#low").click({ position: { x: 10, y: 10 } });
    const [tap] = await stage.events();
    expect(tap?.event["detail"]).toEqual({ clientX: 10, clientY: 210, pageX: 10, pageY: 910 });
  });

  it("on a canvas are measured from its corner", async () => {
    await stage.show(
      "<view style='height:50px'></view><canvas id='c' width='200' height='200' style='width:100px;height:100px;margin-left:7px' onTouchStart='touch' />",
    );
    await stage.page.locator("#c").click({ position: { x: 12, y: 34 } });
    const [touch] = await stage.events();
    expect(touch?.event["touches"]).toEqual([{ identifier: 0, x: 12, y: 34 }]);
    expect(touch?.event["target"]).toMatchObject({ id: "c", tagName: "canvas" });
  });

  it("press what has a hover-class, and buttons by themselves", async () => {
    await stage.show(
      "<view class='card' hover-class='pressed'>x</view><button>y</button><button hover-class='none'>z</button>",
    );
    const press = async (selector: string): Promise<string | null> => {
      const element = stage.page.locator(selector);
      await element.hover();
      await stage.page.mouse.down();
      const found = await element.evaluate(
        (node) =>
          new Promise<string>((resolve) => {
            const watch = new MutationObserver(() => resolve(node.className));
            watch.observe(node, { attributes: true });
            if (node.classList.length > 1 || node.className.includes("hover")) resolve(node.className);
            setTimeout(() => resolve(node.className), 250);
          }),
      );
      await stage.page.mouse.up();
      return found;
    };
    expect(await press(".card")).toBe("card pressed");
    expect(await press("button >> nth=0")).toBe("button-hover");
    expect(await press("button >> nth=1")).toBe("");
  });
});

describe("keys", () => {
  it("tap buttons and controls that have the focus", async () => {
    await stage.show(
      "<button id='b' onTap='button'>b</button><switch id='s' onChange='switch' />" +
        "<view id='r' role='button' aria-label='row' onTap='row'>r</view>",
    );
    await stage.page.locator("#b").press("Enter");
    await stage.page.locator("#b").press("Space");
    await stage.page.locator("#s").press("Space");
    await stage.page.getByRole("button", { name: "row" }).press("Enter");
    expect(await handlers()).toEqual(["button", "button", "switch", "row"]);
  });

  it("leave disabled buttons alone", async () => {
    await stage.show("<view onTap='around'><button id='b' disabled onTap='button'>b</button></view>");
    await stage.page.evaluate(() => {
      const [button] = window.stage.view.elements.find("p1", "#b");
      if (button) window.stage.view.elements.tap(button);
    });
    expect(await handlers()).toEqual([]);
  });
});

describe("the page", () => {
  it("tells of scrolling and of its bottom, once per visit", async () => {
    await stage.show("<view style='height:2000px'></view>");
    const heard = async (name: string): Promise<unknown[]> =>
      (await stage.heard("pageEvent")).filter((event) => event.name === name).map(({ argument }) => argument);
    const scroll = async (top: number): Promise<void> => {
      await stage.page.evaluate((to) => window.stage.view.scrollPage("p1", to), top);
      await stage.page.waitForFunction(
        (to) =>
          window.stage.heard.some(
            (m) =>
              m.type === "pageEvent" &&
              m.name === "onPageScroll" &&
              (m.argument as { scrollTop: number }).scrollTop === to,
          ),
        top,
      );
    };
    await scroll(500);
    expect(await heard("onReachBottom")).toHaveLength(0);
    await scroll(1380);
    await scroll(1400);
    expect(await heard("onReachBottom")).toHaveLength(1);
    expect((await heard("onPageScroll")).at(-1)).toEqual({ scrollTop: 1400, scrollHeight: 2000 });
  });

  it("refreshes when pulled down, if its window allows it, until stopped", async () => {
    const pull = async (): Promise<number> => {
      await stage.page.mouse.move(100, 50);
      await stage.page.mouse.down();
      await stage.page.mouse.move(100, 120);
      await stage.page.mouse.move(100, 250);
      await stage.page.mouse.up();
      return (await stage.heard("pageEvent")).filter(({ name }) => name === "onPullDownRefresh").length;
    };
    await stage.show("<view style='height:300px'>x</view>");
    expect(await pull()).toBe(0);
    await stage.show("<view style='height:300px'>x</view>", {
      files: { "pages/a/a.json": '{ "pullRefresh": true, "usingComponents": { "card": "/components/card/card" } }' },
    });
    expect(await pull()).toBe(1);
    expect(await pull()).toBe(1);
    await stage.page.evaluate(() => window.stage.view.stopPullDownRefresh("p1"));
    expect(await pull()).toBe(2);
  });

  it("measures elements for createSelectorQuery as documented", async () => {
    await stage.show(
      "<view class='all' style='height:10px'>a</view><view class='all' style='height:20px'>b</view>" +
        "<scroll-view id='s' scroll-y scroll-top='{{30}}' style='height:50px;width:100px'><view style='height:400px'>x</view></scroll-view>",
    );
    const answers = await stage.page.evaluate(() =>
      window.stage.view.query("p1", [
        { target: "select", selector: "#none", measure: "boundingClientRect" },
        { target: "select", selector: "#s", measure: "boundingClientRect" },
        { target: "selectAll", selector: ".all", measure: "boundingClientRect" },
        { target: "select", selector: "#s", measure: "scrollOffset" },
        { target: "selectViewport", selector: "", measure: "boundingClientRect" },
        { target: "selectViewport", selector: "", measure: "scrollOffset" },
      ]),
    );
    const box = (top: number, width: number, height: number): JsonObject => {
      return { x: 0, y: top, left: 0, top, width, height, right: width, bottom: top + height };
    };
    expect(answers).toEqual([
      null,
      box(30, 100, 50),
      [box(0, 375, 10), box(10, 375, 20)],
      { scrollTop: 30, scrollLeft: 0 },
      { width: 375, height: 600 },
      { scrollTop: 0, scrollLeft: 0 },
    ]);
  });
});

describe("the automator's hand", () => {
  it("taps, touches and triggers without a pointer", async () => {
    await stage.show(
      "<view onTap='around'><view id='v' onTap='tap' onLongTap='long'>x</view></view><input id='i' onInput='typed' />" +
        "<canvas id='c' onTouchStart='touch' /><slider id='r' onChange='slid' />",
    );
    await stage.page.evaluate(() => {
      const { elements } = window.stage.view;
      const one = (selector: string): Element => elements.find("p1", selector)[0] as Element;
      elements.tap(one("#v"));
      elements.trigger(one("#v"), "tap", {});
      elements.touch(one("#c"), "touchStart", [{ identifier: 3, x: 5, y: 6 }], []);
      elements.touch(one("#c"), "touchCancel", [], []);
      elements.call(one("#i"), "input.input", ["typed"]);
      elements.call(one("#r"), "slider.slideTo", [40]);
    });
    expect(await handlers()).toEqual(["tap", "around", "tap", "around", "touch", "typed", "slid"]);
    const events = await stage.events();
    expect(events[4]?.event["touches"]).toEqual([{ identifier: 3, x: 5, y: 6 }]);
    expect((await stage.details()).slice(5)).toEqual([
      ["typed", { value: "typed" }],
      ["slid", { value: 40 }],
    ]);
  });

  it("finds elements by XPath and tells their markup and properties", async () => {
    await stage.show("<view class='a' data-x='1'><text>hi</text><input value='{{v}}' /></view>", {
      data: { v: "val" },
    });
    const found = await stage.page.evaluate(() => {
      const { elements } = window.stage.view;
      const [text] = elements.findByXPath("p1", "//view/text");
      const [input] = elements.find("p1", "input");
      const id = text ? elements.idOf(text) : "";
      return [
        text?.textContent,
        elements.byId(id) === text,
        input ? elements.property(input, "value") : null,
        elements.markup(elements.find("p1", ".a")[0] as Element, "outer"),
      ];
    });
    expect(found).toEqual([
      "hi",
      true,
      "val",
      '<view class="a" data-x="1"><text>hi</text><input value="val"></input></view>',
    ]);
  });
});
