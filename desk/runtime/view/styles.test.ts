import { useStage } from "./stage.testing";

jest.setTimeout(30_000);

const stage = useStage({ folder: __dirname, chromePath: process.env["CHROME_PATH"] });

describe("styles", () => {
  it("apply by tag, class and page, with rpx and without leaking", async () => {
    await stage.show("<view class='box' style='width: {{w}}rpx'>x</view>", {
      data: { w: 100 },
      files: {
        "app.acss": "page { background: rgb(1, 2, 3) } view { color: rgb(9, 9, 9) }",
        "pages/a/a.acss": ".box { height: 40rpx }",
      },
    });
    const style = await stage.page.locator("view.box").evaluate((box) => {
      const { width, height, color } = getComputedStyle(box);
      const page = getComputedStyle(box.closest("page") as Element).backgroundColor;
      return { width, height, color, page, outside: getComputedStyle(document.body).color };
    });
    expect(style).toEqual({
      width: "50px",
      height: "20px",
      color: "rgb(9, 9, 9)",
      page: "rgb(1, 2, 3)",
      outside: "rgb(0, 0, 0)",
    });
  });

  it("may be objects", async () => {
    await stage.show("<view style=\"{{ backgroundColor: color, width: size + 'rpx' }}\">x</view>", {
      data: { color: "rgb(1, 2, 3)", size: 30 },
    });
    const style = await stage.page.locator("view").evaluate((node) => {
      const { backgroundColor, width } = getComputedStyle(node);
      return { backgroundColor, width };
    });
    expect(style).toEqual({ backgroundColor: "rgb(1, 2, 3)", width: "15px" });
  });

  it("measure the viewport by the page's place, and fix elements to it", async () => {
    await stage.show("<view style='height:1500px'></view><view class='fixed'>x</view>", {
      files: { "pages/a/a.acss": ".fixed { position: fixed; bottom: 0; height: 50vh; width: 100vw }" },
    });
    await stage.page.evaluate(() => window.stage.view.scrollPage("p1", 300));
    const box = await stage.page.locator(".fixed").boundingBox();
    expect(box).toEqual({ x: 0, y: 300, width: 375, height: 300 });
  });
});

describe("what is not supported", () => {
  it("shows a red box with its name and is reported, and its neighbours are drawn", async () => {
    await stage.show("<view>before</view><map id='m' /><view>after</view>");
    expect(await stage.text()).toContain("<map> is not supported");
    expect(await stage.text()).toMatch(/^before .* after$/);
    expect(await stage.exceptions()).toEqual([expect.stringContaining("<map> is not supported")]);
  });

  it("says which sjs call failed and where", async () => {
    await stage.show(
      "<import-sjs name='t' from='./t.sjs' /><view a:if='{{t.go(1)}}'>x</view><view id='b'>{{t.go(2)}}</view>",
      {
        files: {
          "pages/a/t.sjs": "const go = (n) => { if (n > 1) { return null.x; } return true; }; export default { go };",
        },
      },
    );
    expect(await stage.text()).toMatch(/^x .*null/);
    expect((await stage.exceptions())[0]).toMatch(/null/);
  });
});
