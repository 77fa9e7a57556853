import { type MiniPage, type MiniProgram, nextException } from "../runtime/mini-host.testing";
import { type SamplePhone, startSamplePhone } from "./sample-phone.testing";

jest.setTimeout(90_000);

let sample: SamplePhone;
let mini: MiniProgram;
let phone: SamplePhone["page"];

beforeAll(async () => {
  sample = await startSamplePhone(process.env["CHROME_PATH"] ?? null, []);
  phone = sample.page;
});

afterAll(async () => {
  await sample?.close();
});

/** `dd.dtBridge` as dingtalk-jsapi calls it. */
async function jsapi(m: string, args: object): Promise<unknown> {
  return mini.evaluate(
    `function (m, args) { return new Promise((done) => dd.dtBridge({ m, args,
      onSuccess: (value) => done({ ok: value }), onFail: (value) => done({ fail: value }) })); }`,
    m,
    args,
  );
}

describe("the phone's chrome", () => {
  beforeEach(async () => {
    mini = await sample.open("");
  });

  test("shows the page's title and bar colour, its tabs, and a back button only above the first page", async () => {
    expect(await phone.textContent(".title")).toBe("Sample");
    expect(await phone.getAttribute(".bars", "class")).toContain("dark");
    expect(await phone.isVisible(".back")).toBe(false);

    await phone.click(".tab:nth-child(2)");
    await phone.waitForFunction(() => document.querySelector(".title")?.textContent === "More things");
    expect(await phone.getAttribute(".tab:nth-child(2)", "aria-current")).toBe("page");

    await mini.callWxMethod("navigateTo", { url: "/pages/inner/inner?n=5" });
    await phone.waitForSelector(".back:not([hidden])");
    expect(await phone.isVisible(".tab-bar")).toBe(false);

    await phone.click(".back");
    await phone.waitForFunction(() => document.querySelector(".title")?.textContent === "More things");
  });

  test("setNavigationBar and tab badges change what is seen", async () => {
    await mini.callWxMethod("setNavigationBar", { title: "Changed", backgroundColor: "#ffffff" });
    await mini.callWxMethod("setTabBarBadge", { index: 1, text: "3" });
    await mini.callWxMethod("showTabBarRedDot", { index: 0 });

    expect(await phone.textContent(".title")).toBe("Changed");
    expect(await phone.getAttribute(".bars", "class")).not.toContain("dark");
    expect(await phone.textContent(".tab:nth-child(2) .badge")).toBe("3");
    expect(await phone.isVisible(".tab:nth-child(1) .dot")).toBe(true);
  });

  test("tabs are added and removed, and a badge longer than four characters is dots", async () => {
    const names = () => phone.locator(".tab").allTextContents();
    await mini.callWxMethod("setTabBarBadge", { index: 1, text: "12345" });
    await mini.callWxMethod("addTabBarItem", { index: 1, name: "Inner", pagePath: "pages/inner/inner" });
    expect(await names()).toEqual(["Start", "Inner", "More..."]);

    await phone.click("text=Inner");
    await phone.waitForSelector("#inner", { state: "attached" });
    await phone.click("text=Start");
    await phone.waitForFunction(() => document.querySelector(".title")?.textContent === "Sample");
    await mini.callWxMethod("removeTabBarItem", { index: 1 });

    expect(await names()).toEqual(["Start", "More..."]);
    await expect(mini.callWxMethod("setTabBarBadge", { index: 7, text: "1" })).rejects.toThrow("no tab 7");
  });

  test("titles and tabs are in the client's language where the mini program has them", async () => {
    mini = await sample.open("?lang=zh-CN");
    expect(await phone.locator(".tab").allTextContents()).toEqual(["首页", "More"]);
    await phone.click(".tab:nth-child(2)");
    await phone.waitForFunction(() => document.querySelector(".title")?.textContent === "更多");
  });

  test("a toast shows its words and ends by itself; loading stays until it is hidden", async () => {
    const toast = mini.callWxMethod("showToast", { content: "Saved", type: "success", duration: 300 });
    await phone.waitForSelector(".toast.success");
    expect(await phone.textContent(".toast")).toBe("Saved");
    await toast;
    expect(await phone.isVisible(".toast")).toBe(false);

    await mini.callWxMethod("showLoading", { content: "Wait" });
    await phone.waitForSelector(".toast.loading");
    await mini.callWxMethod("hideLoading", {});
    expect(await phone.isVisible(".toast")).toBe(false);
  });

  test("dialogs answer what the person chose", async () => {
    const confirm = mini.callWxMethod("confirm", { title: "Delete?", confirmButtonText: "Delete" });
    await phone.click("text=Delete >> nth=-1");
    expect(await confirm).toEqual({ confirm: true });

    const refused = mini.callWxMethod("confirm", { title: "Delete?" });
    await phone.click(".cancel");
    expect(await refused).toEqual({ confirm: false });

    const prompt = mini.callWxMethod("prompt", { message: "Name?" });
    await phone.fill(".box input", "Q3");
    await phone.click(".main");
    expect(await prompt).toEqual({ ok: true, inputValue: "Q3" });

    const sheet = mini.callWxMethod("showActionSheet", { items: ["PNG", "Excel"] });
    await phone.click("text=Excel");
    expect(await sheet).toEqual({ index: 1 });
  });

  test("openLink names the address instead of leaving the phone", async () => {
    await mini.callWxMethod("openLink", { url: "https://bi.example.com/r/1" });
    expect(await phone.textContent(".address")).toBe("https://bi.example.com/r/1");
    await expect(mini.callWxMethod("openLink", { url: "javascript:alert(1)" })).rejects.toThrow("openLink");
  });

  test("a page that asks for it is left only when the person agrees", async () => {
    await mini.callWxMethod("navigateTo", { url: "/pages/inner/inner?n=5" });
    await phone.waitForSelector(".back:not([hidden])");
    await mini.callWxMethod("enableLeaveConfirm", { effect: ["back"], info: { title: "Leave?" } });
    await phone.click(".back");
    await phone.click(".cancel");
    expect(await mini.pageStack()).toHaveLength(2);

    await phone.click(".back");
    await phone.click(".main");
    await phone.waitForSelector(".back", { state: "hidden" });
    expect(await mini.pageStack()).toHaveLength(1);
  });

  test("the capsule shares what the page names, and closes and opens the mini program", async () => {
    await phone.click(".capsule-more");
    await phone.click(".choice >> nth=0");
    await phone.waitForSelector(".card");
    expect(await phone.textContent(".card strong")).toBe("Sales today");
    await phone.click(".cancel");

    await phone.click(".capsule-close");
    await phone.click(".closed button");
    expect(await mini.evaluate("function () { return getApp().seen; }")).toEqual(["launch", "show", "hide", "show"]);
  });

  test("storage lasts over a reload, apart for each person", async () => {
    await mini.callWxMethod("setStorage", { key: "k", data: { a: 1 } });
    mini = await sample.open("");
    expect(await mini.callWxMethod("getStorageSync", { key: "k" })).toEqual({ data: { a: 1 } });
    mini = await sample.open("?who=other");
    expect(await mini.callWxMethod("getStorageSync", { key: "k" })).toEqual({ data: null });
  });

  test("the address chooses page, query, language and platform", async () => {
    mini = await sample.open(
      `?page=pages/inner/inner&query=${encodeURIComponent("n=7&x=%E4%B8%AD")}&lang=en-US&platform=android`,
    );
    const page = await mini.currentPage();
    expect([page?.path, page?.query]).toEqual(["pages/inner/inner", { n: "7", x: "中" }]);
    expect(await mini.systemInfo()).toMatchObject({ language: "en-US", platform: "Android", titleBarHeight: 48 });
  });

  test("a JSAPI through dtBridge does what its mini program function does; an unknown one fails by name", async () => {
    const confirm = jsapi("device.notification.confirm", { message: "Sure?", buttonLabels: ["No", "Yes"] });
    await phone.click("text=Yes");
    expect(await confirm).toMatchObject({ ok: { buttonIndex: 1 } });
    expect(await jsapi("device.connection.getNetworkType", {})).toMatchObject({ ok: { networkType: "WIFI" } });
    expect(await jsapi("util.domainStorage.setItem", { name: "a", value: "b" })).toEqual({ ok: {} });
    expect(await jsapi("util.domainStorage.getItem", { name: "a" })).toMatchObject({ ok: { value: "b" } });
    const unknown = await jsapi("biz.no.such", {});
    expect(JSON.stringify(unknown)).toContain("biz.no.such");
  });

  test("the unmodified dingtalk-jsapi knows where it is, asks the person and passes on a refusal", async () => {
    await mini.callWxMethod("reLaunch", { url: "/pages/jsapi/jsapi" });
    const page = await mini.currentPage();
    expect(await page?.callMethod("env")).toMatchObject({ platform: "ios", appType: "MINI_APP", version: "7.8.1" });
    const confirm = page?.callMethod("confirm");
    await phone.click("text=Yes");
    expect(await confirm).toMatchObject({ buttonIndex: 1 });
    expect(JSON.stringify(await page?.callMethod("code"))).toContain("runtime.permission.requestAuthCode");
  });

  test("alone, what only DingTalk can answer fails by name; so does a screenshot without a browser of ours", async () => {
    await expect(mini.callWxMethod("getAuthCode", {})).rejects.toThrow("runtime.permission.requestAuthCode");
    await expect(mini.screenshot()).rejects.toThrow("--headless");
  });
});

describe("dd.createIntersectionObserver", () => {
  let page: MiniPage;
  const ratios = async (): Promise<number[]> =>
    ((await page.data("seen")) as { intersectionRatio: number }[]).map(({ intersectionRatio }) => intersectionRatio);
  /** Scrolls and waits for two frames, in which an observer would have looked. */
  const scrollTo = (top: number): Promise<void> =>
    phone.locator("#area").evaluate(
      (area, to) =>
        new Promise((done) => {
          area.scrollTop = to;
          requestAnimationFrame(() => requestAnimationFrame(() => done()));
        }),
      top,
    );

  beforeEach(async () => {
    mini = await sample.open("?page=pages/seen/seen");
    const found = await mini.currentPage();
    if (!found) throw new Error("no page");
    page = found;
    await phone.waitForSelector("#area");
  });

  test("tells when a threshold is passed, both ways, with the boxes, until it is disconnected", async () => {
    await page.callMethod("watch", { selector: ".item", reference: "#area", thresholds: [0, 0.5] });
    for (const top of [110, 120, 150, 160, 40]) await scrollTo(top);
    await page.callMethod("end");
    await scrollTo(200);

    expect(await ratios()).toEqual([0.1, 0.5, 0]);
    const [first] = (await page.data("seen")) as Record<string, unknown>[];
    expect(first).toEqual({
      intersectionRatio: 0.1,
      boundingClientRect: { left: 0, right: 375, top: 190, bottom: 290 },
      relativeRect: { left: 0, right: 375, top: 0, bottom: 200 },
      intersectionRect: { left: 0, right: 375, top: 190, bottom: 200 },
      time: expect.any(Number) as number,
    });
  });

  test("margins move the reference, and selectAll watches every element", async () => {
    const given = { selector: ".item", reference: "#area", margins: { bottom: 50 }, selectAll: true };
    await page.callMethod("watch", { ...given, initialRatio: 0 });
    await scrollTo(60);
    expect(await ratios()).toEqual([0.1]);
    await scrollTo(160);
    expect(await ratios()).toEqual([0.1, 0.1]);
  });

  test("an element that is there at once is told at once, unless initialRatio says that it was", async () => {
    await page.callMethod("watch", { selector: "#area" });
    await scrollTo(1);
    expect(await ratios()).toEqual([1]);
    await page.callMethod("watch", { selector: "#area", initialRatio: 1 });
    await scrollTo(2);
    expect(await ratios()).toEqual([1]);
  });

  test("a selector that matches nothing is an exception that names it", async () => {
    const told = nextException(mini);
    await page.callMethod("watch", { selector: ".nowhere" });
    expect(await told).toContain(".nowhere");
  });
});
