import { diaryPage, startDiary } from "./fake-pages";
import { startProgram, type Given } from "../fake-view";

type Self = Record<string, (...args: unknown[]) => void> & { data: Record<string, unknown> };

describe("launch", () => {
  it("runs App.onLaunch, App.onShow, then the page's onLoad, onShow and, once it is drawn, onReady once", () => {
    const diary: string[] = [];
    const note = (what: string) => (options: unknown) => diary.push(`app.${what} ${JSON.stringify(options)}`);
    const view = startProgram(
      {
        "/app": ({ App }) => App({ onLaunch: note("onLaunch"), onShow: note("onShow") }),
        "/pages/a/a": diaryPage(diary, "a"),
      },
      { boot: { launch: { path: "pages/a/a", query: { corpId: "ding-one" } } } },
    );
    const { pageId } = view.last("pageOpen");
    view.receive({ type: "pageRendered", pageId });
    view.receive({ type: "pageRendered", pageId });

    const options = '{"path":"pages/a/a","query":{"corpId":"ding-one"}}';
    const page = ['a.onLoad {"corpId":"ding-one"}', "a.onShow", "a.onReady"];
    expect(diary).toEqual([`app.onLaunch ${options}`, `app.onShow ${options}`, ...page]);
    expect(view.sent.map(({ type }) => type)).toEqual(["pageOpen", "pageShow", "booted"]);
  });

  it("gives a page that does not exist to onPageNotFound, which may lead elsewhere", async () => {
    const found: unknown[] = [];
    const view = startProgram(
      {
        "/app": ({ App, dd }) =>
          App({
            onPageNotFound(missing: unknown) {
              found.push(missing);
              dd["redirectTo"]?.({ url: "/pages/a/a" });
            },
          }),
        "/pages/a/a": ({ Page }) => Page({}),
      },
      { boot: { launch: { path: "pages/old/old", query: { id: "1" } } } },
    );
    await view.settle();

    expect(found).toEqual([{ path: "pages/old/old", query: { id: "1" }, isEntryPage: true }]);
    expect(view.last("pageOpen").path).toBe("pages/a/a");
    expect(view.of("exception")).toEqual([]);
  });

  it("tells of a page that does not exist where nobody listens", () => {
    const view = startProgram(
      { "/pages/a/a": ({ Page }) => Page({}) },
      { boot: { launch: { path: "x/y", query: {} } } },
    );

    expect(view.last("exception").message).toBe('Error: There is no page "x/y" in app.json');
  });

  it("keeps running when one page's code fails, and names what failed", async () => {
    const view = startProgram({
      "/pages/a/a": ({ Page, dd }) => Page({ go: () => dd["navigateTo"]?.({ url: "/pages/b/b" }) }),
      "/pages/b/b": () => {
        throw new RangeError("broken page");
      },
    });
    view.event("go");
    await view.settle();

    expect(view.of("exception").map(({ message }) => message)).toEqual(["RangeError: broken page"]);
    const errors = view.of("log").filter(({ level }) => level === "error");
    expect(errors.map(({ args }) => args)).toEqual([[expect.stringContaining("pages/b/b.js did not call Page()")]]);
  });
});

describe("pages", () => {
  it("getCurrentPages gives the stack, and changes only after the caller has ended", async () => {
    const seen: unknown[] = [];
    const view = startProgram({
      "/pages/a/a": ({ Page, dd, getCurrentPages }) =>
        Page({
          go() {
            dd["navigateTo"]?.({ url: "/pages/b/b" });
            seen.push(getCurrentPages().map((page) => page["route"]));
          },
        }),
      "/pages/b/b": ({ Page, getCurrentPages }) =>
        Page({ onLoad: () => seen.push(getCurrentPages().map((page) => page["route"])) }),
    });
    view.event("go");
    await view.settle();
    expect(seen).toEqual([["pages/a/a"], ["pages/a/a", "pages/b/b"]]);
  });

  it("hear of pulling, the bottom and the title, and hand on what they share", () => {
    const { diary, view } = startDiary();
    diary.length = 0;
    for (const name of ["onPullDownRefresh", "onReachBottom", "onTitleClick"] as const) {
      view.receive({ type: "pageEvent", pageId: "1", name, argument: {} });
    }
    view.receive({ type: "pageEvent", pageId: "1", name: "onShareAppMessage", argument: {} });
    expect(diary).toEqual(["home.onPullDownRefresh {}", "home.onReachBottom {}", "home.onTitleClick {}"]);
    expect(view.last("call")).toMatchObject({ name: "shareAppMessage", args: { path: "pages/home/home" } });
  });

  it("share a data object between their instances, and get their own from a data function", async () => {
    const view = startProgram({
      "/pages/a/a": ({ Page, dd }) =>
        Page({
          data: { shared: { n: 0 } },
          onLoad(this: Self) {
            (this.data["shared"] as { n: number }).n += 1;
          },
          go: () => dd["navigateTo"]?.({ url: "/pages/b/b" }),
        }),
      "/pages/b/b": ({ Page, dd }) =>
        Page({
          data: () => ({ own: { n: 0 } }),
          onLoad(this: Self) {
            (this.data["own"] as { n: number }).n += 1;
          },
          again: () => dd["navigateTo"]?.({ url: "/pages/b/b" }),
          first: () => dd["navigateTo"]?.({ url: "/pages/a/a" }),
        }),
    });
    for (const handler of ["go", "again", "first"]) {
      view.event(handler);
      await view.settle();
    }
    expect(view.of("pageOpen").map(({ data }) => data)).toEqual([
      { shared: { n: 0 } },
      { own: { n: 0 } },
      { own: { n: 0 } },
      { shared: { n: 1 } },
    ]);
  });

  it("that miss a handler fail loudly, with the page and the handler", () => {
    const view = startProgram({ "/pages/a/a": ({ Page }) => Page({}) });
    view.event("tapped");
    expect(view.last("exception").message).toBe('Error: pages/a/a has no handler "tapped"');
  });

  it("that throw are told to App.onError and dd.onError, and go on", () => {
    const heard: unknown[] = [];
    const view = startProgram({
      "/app": ({ App, dd }) => {
        App({ onError: (error: unknown) => heard.push(`app ${String(error)}`) });
        dd["onError"]?.((error: unknown) => heard.push(`dd ${String(error)}`));
      },
      "/pages/a/a": ({ Page }) =>
        Page({
          bad() {
            throw new Error("oops");
          },
          good: () => heard.push("good"),
        }),
    });
    view.event("bad");
    view.event("good");
    expect(heard).toEqual(["app Error: oops", "dd Error: oops", "good"]);
    expect(view.last("exception").stack).toContain("page.test.ts");
  });
});

describe("navigator", () => {
  it.each([
    ["DingTalk 7.6", { swuserAgent: "DingTalk 7.6" }],
    [undefined, undefined],
  ])("of a client that says %p is %j: dingtalk-jsapi tells the platform by it", (userAgent, navigator) => {
    const seen: unknown[] = [];
    const program = { "/pages/a/a": ({ Page, navigator: given }: Given) => Page({ onLoad: () => seen.push(given) }) };
    startProgram(program, { boot: userAgent === undefined ? {} : { userAgent } });
    expect(seen).toEqual([navigator]);
  });
});

describe("modules", () => {
  it("are required by relative and absolute path, run once, and name what is missing", () => {
    const runs: string[] = [];
    const view = startProgram({
      "/pages/a/a": ({ Page, require }) => {
        const { text } = require("../../shared/text") as { text: string };
        Page({ data: { text, same: require("/shared/text.js") === require("../../shared/text") } });
        require("./none");
      },
      "/shared/text": ({ module }) => {
        runs.push("text");
        module.exports = { text: "shared" };
      },
    });
    expect(runs).toEqual(["text"]);
    expect(view.last("pageOpen").data).toEqual({ text: "shared", same: true });
    expect(view.last("exception").message).toBe('Error: Module "./none" required by /pages/a/a.js does not exist');
  });

  it("may register a page from a shared helper", () => {
    const view = startProgram({
      "/shared/page": ({ module, Page }) => {
        module.exports = (data: object) => Page({ data });
      },
      "/pages/a/a": ({ require }) => (require("/shared/page") as (data: object) => void)({ by: "helper" }),
    });
    expect(view.last("pageOpen").data).toEqual({ by: "helper" });
  });
});
