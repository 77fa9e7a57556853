import { startDiary } from "./fake-pages";

describe("navigation runs the life-cycle methods in DingTalk's order", () => {
  it("navigateTo: the old page hides, the new one loads with its decoded query and shows", async () => {
    const { go } = startDiary();
    expect(await go("navigateTo", { url: "/pages/a/a?id=7&name=%E4%B8%AD&empty" })).toEqual([
      ...["home.onHide", 'a.onLoad {"id":"7","name":"中","empty":""}', "a.onShow", "success"],
    ]);
  });

  it("redirectTo: the old page unloads, the new one takes its place", async () => {
    const { go, view } = startDiary();
    await go("navigateTo", { url: "/pages/a/a" });

    expect(await go("redirectTo", { url: "/pages/b/b" })).toEqual(["a.onUnload", "b.onLoad {}", "b.onShow", "success"]);
    expect(view.last("pageShow").stack).toHaveLength(2);
    expect(view.last("pageClose").pageIds).toEqual(["2"]);
  });

  it("navigateBack: pages unload from the top, the one below shows; too large a delta ends at the first page", async () => {
    const { go, view } = startDiary();
    await go("navigateTo", { url: "/pages/a/a" });
    await go("navigateTo", { url: "/pages/b/b" });

    expect(await go("navigateBack", { delta: 9 })).toEqual(["b.onUnload", "a.onUnload", "home.onShow", "success"]);
    expect(view.last("pageShow").stack).toEqual(["1"]);
    expect(await go("navigateBack")).toEqual(["success"]);
  });

  it("switchTab: tab pages hide and live on, all others unload", async () => {
    const { go, view } = startDiary();
    expect(await go("switchTab", { url: "/pages/me/me" })).toEqual([
      "home.onHide",
      "me.onLoad {}",
      "me.onShow",
      "success",
    ]);
    await go("navigateTo", { url: "/pages/a/a" });
    expect(await go("switchTab", { url: "/pages/home/home" })).toEqual(["a.onUnload", "home.onShow", "success"]);
    expect(view.last("pageShow").stack).toEqual(["1"]);
  });

  it("reLaunch: everything unloads, hidden tab pages too", async () => {
    const { go, view } = startDiary();
    await go("switchTab", { url: "/pages/me/me" });
    await go("navigateTo", { url: "/pages/a/a" });

    expect(await go("reLaunch", { url: "/pages/b/b" })).toEqual([
      ...["a.onUnload", "me.onUnload", "home.onUnload", "b.onLoad {}", "b.onShow", "success"],
    ]);
    expect(view.last("pageClose").pageIds).toEqual(["3", "2", "1"]);
  });

  it("a tap on the tab bar and the back button do what switchTab and navigateBack do", async () => {
    const { diary, go, view } = startDiary();
    view.receive({ type: "tab", path: "pages/me/me" });
    expect(diary.slice(-3)).toEqual(["home.onHide", "me.onLoad {}", "me.onShow"]);
    await go("navigateTo", { url: "/pages/a/a" });
    view.receive({ type: "pageEvent", pageId: view.last("pageShow").pageId, name: "back", argument: null });
    expect(diary.slice(-2)).toEqual(["a.onUnload", "me.onShow"]);
  });

  it("a tap on <navigator> does what dd does, and a page that is not there is told", () => {
    const { diary, view } = startDiary();
    diary.length = 0;
    const tap = (method: "navigateTo" | "navigateBack", url: string): void =>
      view.receive({ type: "navigate", pageId: "1", method, url });
    tap("navigateTo", "/pages/a/a?id=1");
    tap("navigateBack", "");
    tap("navigateTo", "/none");
    expect(diary).toEqual(["home.onHide", 'a.onLoad {"id":"1"}', "a.onShow", "a.onUnload", "home.onShow"]);
    expect(view.last("exception").message).toContain('There is no page "none"');
  });

  it("background and foreground: the page hides before the app and shows after it", () => {
    const { diary, view } = startDiary();
    diary.length = 0;
    view.receive({ type: "appEvent", name: "onHide", argument: {} });
    view.receive({ type: "appEvent", name: "onShow", argument: {} });
    expect(diary).toEqual(["home.onHide", "app.onHide", "app.onShow", "home.onShow"]);
  });

  it("a link to a page reopens the running program on that page", () => {
    const { diary, view } = startDiary();
    diary.length = 0;
    view.receive({ type: "appEvent", name: "onShow", argument: { path: "pages/a/a", query: { id: "1" } } });
    expect(diary).toEqual(["app.onShow", "home.onUnload", 'a.onLoad {"id":"1"}', "a.onShow"]);
  });
});

describe("the tab bar's pages", () => {
  const add = (name: string, index: number) => ({ pagePath: `/pages/${name}/${name}`, name, index });

  it("a page that is added is a tab: switchTab leads there, navigateTo no more", async () => {
    const { go, view } = startDiary();
    await go("addTabBarItem", add("a", 1));
    expect(view.last("call")).toMatchObject({ name: "addTabBarItem", args: { pagePath: "pages/a/a", index: 1 } });
    view.answer("addTabBarItem", true, {});

    expect(await go("switchTab", { url: "/pages/a/a" })).toEqual(["home.onHide", "a.onLoad {}", "a.onShow", "success"]);
    expect((await go("navigateTo", { url: "/pages/a/a" }))[0]).toContain("only switchTab leads there");
  });

  it("a page that is removed unloads behind the others and is no tab any more", async () => {
    const { diary, go, view } = startDiary();
    await go("switchTab", { url: "/pages/me/me" });
    await go("switchTab", { url: "/pages/home/home" });
    await go("removeTabBarItem", { index: 1 });
    expect(diary).toEqual(["me.onUnload"]);
    expect(view.last("pageClose").pageIds).toEqual(["2"]);
    expect((await go("switchTab", { url: "/pages/me/me" }))[0]).toContain("is no page of the tab bar");
  });

  it.each<[string, object, string]>([
    ["addTabBarItem", add("none", 0), 'there is no page "pages/none/none" in app.json'],
    ["addTabBarItem", add("me", 0), '"pages/me/me" is a tab already'],
    ["addTabBarItem", add("a", 3), "there is no place 3"],
    ["addTabBarItem", { ...add("a", 0), name: "" }, "name is missing"],
    ["removeTabBarItem", { index: 0 }, '"pages/home/home" is the main page of the tab bar'],
    ["removeTabBarItem", { index: 2 }, "there is no tab 2"],
    ["removeTabBarItem", {}, "index is missing"],
  ])("%s %j is refused: %s", async (api, options, message) => {
    const { go, view } = startDiary();
    expect(await go(api, options)).toEqual([`fail ${message}`]);
    expect(view.of("call")).toEqual([]);
  });

  it("a sixth tab is refused, and so is any change while a page without a tab is on the screen", async () => {
    const { go } = startDiary();
    for (const name of ["a", "b", "c"]) await go("addTabBarItem", add(name, 0));
    expect(await go("addTabBarItem", add("d", 0))).toEqual(["fail a tab bar has at most 5 tabs"]);
    await go("navigateTo", { url: "/pages/e/e" });
    expect(await go("addTabBarItem", add("d", 0))).toEqual(["fail the page on the screen has no tab"]);
    expect(await go("removeTabBarItem", { index: 0 })).toEqual(["fail the page on the screen has no tab"]);
  });
});

describe("navigation is refused", () => {
  it.each([
    ["navigateTo", "/pages/none/none", 'There is no page "pages/none/none" in app.json'],
    ["navigateTo", "/pages/me/me", '"pages/me/me" is a page of the tab bar: only switchTab leads there'],
    ["redirectTo", "/pages/me/me", '"pages/me/me" is a page of the tab bar: only switchTab leads there'],
    ["switchTab", "/pages/a/a", '"pages/a/a" is no page of the tab bar'],
    ["navigateTo", "", "url is missing"],
  ])("%s to %p: %s", async (api, url, message) => {
    const { go, view } = startDiary();
    expect(await go(api, { url })).toEqual([`fail ${message}`]);
    expect(view.last("log").args[0]).toContain(message);
    expect(view.last("pageShow").stack).toEqual(["1"]);
  });

  it("navigateTo beyond five pages", async () => {
    const { go, view } = startDiary();
    for (const name of ["a", "b", "c", "d"]) await go("navigateTo", { url: `/pages/${name}/${name}` });

    expect(await go("navigateTo", { url: "/pages/e/e" })).toEqual(["fail At most 5 pages can be open: use redirectTo"]);
    expect(view.last("pageShow").stack).toHaveLength(5);
  });

  it.each([
    ["relative to the page", "../b/b?x=1"],
    ["as app.json has it", "pages/b/b?x=1"],
  ])("but not when the url is written %s", async (_how, url) => {
    const { go } = startDiary();
    await go("navigateTo", { url: "/pages/a/a" });
    expect(await go("navigateTo", { url })).toContain('b.onLoad {"x":"1"}');
  });
});
