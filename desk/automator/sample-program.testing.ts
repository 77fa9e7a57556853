import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A small mini program with a tab bar, for tests of the phone around it. */
const FILES: Record<string, string | Buffer> = {
  "app.json": JSON.stringify({
    pages: [
      "pages/start/start",
      "pages/more/more",
      "pages/inner/inner",
      "pages/web/web",
      "pages/jsapi/jsapi",
      "pages/seen/seen",
    ],
    window: { defaultTitle: "Sample", titleBarColor: "#1a2b3c" },
    tabBar: {
      items: [
        {
          ...{ pagePath: "pages/start/start", name: "Start", name_locale: { zh_CN: "首页" } },
          ...{ icon: "icons/a.png", activeIcon: "icons/a.png" },
        },
        { pagePath: "pages/more/more", name: "More", icon: "icons/a.png" },
      ],
    },
  }),
  "app.js": `App({
    onLaunch(options) { this.launched = options; this.seen = ["launch"]; },
    onShow() { this.seen.push("show"); },
    onHide() { this.seen.push("hide"); },
  });`,
  "app.acss": "page { background: #fff; } .tall { height: 3000rpx; }",
  "icons/a.png": PIXEL,
  "secret.txt": "not for the phone",
  "pages/start/start.json": JSON.stringify({ pullRefresh: true }),
  "pages/start/start.js": `Page({
    data: { taps: 0, shared: false },
    tap() { this.setData({ taps: this.data.taps + 1 }); },
    onTitleClick() { this.setData({ titleTaps: (this.data.titleTaps || 0) + 1 }); },
    onShareAppMessage() { return { title: "Sales today", desc: "Shops, day by day" }; },
  });`,
  "pages/start/start.axml": `<view class="tall"><button id="tap" onTap="tap">{{taps}}</button><image id="icon" src="/icons/a.png" /></view>`,
  "pages/more/more.json": JSON.stringify({ defaultTitle: "More things", defaultTitle_locale: { zh_CN: "更多" } }),
  "pages/more/more.js": "Page({ data: { word: 'more' } });",
  "pages/more/more.axml": `<text id="word">{{word}}</text>`,
  "pages/web/web.js": `Page({
    data: { heard: [] },
    onLoad(query) {
      this.context = dd.createWebViewContext("inside");
      this.setData({ src: decodeURIComponent(query.src), enhanced: query.enhanced === "1" });
    },
    tell(data) { this.context.postMessage(data); },
    hear(event) { this.setData({ heard: this.data.heard.concat([event.detail]) }); },
  });`,
  "pages/web/web.axml": `<web-view id="inside" src="{{src}}" enhanced="{{enhanced}}" onMessage="hear" />`,
  "pages/jsapi/jsapi.js": `
    import "dingtalk-jsapi/entry/mobile";
    import { getENV } from "dingtalk-jsapi/lib/env";
    import confirm from "dingtalk-jsapi/api/device/notification/confirm";
    import getAuthCode from "dingtalk-jsapi/api/union/getAuthCode";
    Page({
      data: {},
      env() { return getENV(); },
      confirm() { return confirm({ message: "Sure?", buttonLabels: ["No", "Yes"] }); },
      code() { return getAuthCode({ corpId: "ding1" }).catch((error) => error); },
    });`,
  "pages/jsapi/jsapi.axml": "<view>dingtalk-jsapi</view>",
  "pages/seen/seen.js": `Page({
    data: { seen: [] },
    watch({ selector, reference, margins, ...options }) {
      const observer = dd.createIntersectionObserver(options);
      if (reference) observer.relativeTo(reference, margins);
      else observer.relativeToViewport(margins);
      observer.observe(selector, (seen) => this.setData({ seen: this.data.seen.concat([seen]) }));
      this.observer = observer;
    },
    end() { this.observer.disconnect(); },
  });`,
  "pages/seen/seen.axml": `<scroll-view id="area" scroll-y style="height: 200px">
    <view style="height: 300px" />
    <view class="item" style="height: 100px" />
    <view class="item" style="height: 100px" />
    <view style="height: 300px" />
  </scroll-view>`,
  "pages/inner/inner.js": "Page({ onLoad(query) { this.setData({ query }); } });",
  "pages/inner/inner.axml": `<view id="inner">{{query.n}}</view>`,
};

/** Packages that it imports, as npm would install them. */
const PACKAGES = ["dingtalk-jsapi", "promise-polyfill"];

/** Writes the sample into an empty folder. */
export async function writeSampleProgram(folder: string): Promise<void> {
  await mkdir(join(folder, "node_modules"), { recursive: true });
  for (const name of PACKAGES) await symlink(resolve("node_modules", name), join(folder, "node_modules", name));
  for (const [path, content] of Object.entries(FILES)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}
