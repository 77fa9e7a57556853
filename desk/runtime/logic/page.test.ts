import { startProgram, type Given } from "./fake-view";

type Self = Record<string, (...args: unknown[]) => void> & { data: Record<string, unknown> };

/** A page that writes down which life-cycle methods ran. */
function noting(diary: string[], name: string, more: (given: Given) => object = () => ({})) {
  const note = (what: string) =>
    function (this: unknown, ...args: unknown[]) {
      diary.push(args.length > 0 ? `${name}.${what} ${JSON.stringify(args[0])}` : `${name}.${what}`);
    };
  return (given: Given): void =>
    given.Page({
      onLoad: note("onLoad"),
      onShow: note("onShow"),
      onReady: note("onReady"),
      onHide: note("onHide"),
      onUnload: note("onUnload"),
      ...more(given),
    });
}

describe("launch", () => {
  it("runs App.onLaunch, App.onShow, then the page's onLoad, onShow and, once it is drawn, onReady once", () => {
    const diary: string[] = [];
    const launch = { path: "pages/a/a", query: { corpId: "ding-one" } };
    const view = startProgram(
      {
        "/app": ({ App }) =>
          App({
            onLaunch: (options: unknown) => diary.push(`app.onLaunch ${JSON.stringify(options)}`),
            onShow: (options: unknown) => diary.push(`app.onShow ${JSON.stringify(options)}`),
          }),
        "/pages/a/a": noting(diary, "a"),
      },
      { boot: { launch } },
    );
    const { pageId } = view.last("pageOpen");
    view.receive({ type: "pageRendered", pageId });
    view.receive({ type: "pageRendered", pageId });

    const options = '{"path":"pages/a/a","query":{"corpId":"ding-one"}}';
    expect(diary).toEqual([
      `app.onLaunch ${options}`,
      `app.onShow ${options}`,
      'a.onLoad {"corpId":"ding-one"}',
      "a.onShow",
      "a.onReady",
    ]);
    expect(view.sent.map(({ type }) => type)).toEqual(["pageOpen", "pageShow", "booted"]);
  });
});

describe("setData", () => {
  it("crosses as one message for all that one handler does, and calls back when it is on the screen", () => {
    const seen: unknown[] = [];
    const view = startProgram({
      "/pages/a/a": ({ Page }) =>
        Page({
          data: { list: [{ name: "x" }] },
          tap(this: Self) {
            this["setData"]?.({ "list[0].name": "y" });
            this["setData"]?.({ count: 1 }, () => seen.push("shown"));
            seen.push(this.data);
          },
        }),
    });
    view.event("tap");

    expect(view.of("data")).toHaveLength(1);
    expect(view.last("data").patches).toEqual([
      { path: ["list", 0, "name"], value: "y" },
      { path: ["count"], value: 1 },
    ]);
    expect(seen).toEqual([{ list: [{ name: "y" }], count: 1 }]);
    view.applyAll();
    expect(seen).toHaveLength(2);
  });
});

describe("navigation", () => {
  it("navigateTo hides the old page, then loads and shows the new one with its query", async () => {
    const diary: string[] = [];
    const view = startProgram({
      "/pages/a/a": noting(diary, "a", ({ dd }) => ({
        go: () => dd["navigateTo"]?.({ url: "/pages/b/b?id=7&name=%E4%B8%AD", success: () => diary.push("success") }),
      })),
      "/pages/b/b": noting(diary, "b"),
    });
    diary.length = 0;
    view.event("go");
    await view.settle();

    expect(diary).toEqual(["a.onHide", 'b.onLoad {"id":"7","name":"中"}', "b.onShow", "success"]);
    expect(view.last("pageShow").stack).toEqual(["1", "2"]);
  });
});
