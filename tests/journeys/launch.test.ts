import type { LaunchAction } from "../../core/report/launch";
import { documentedLaunches } from "../../core/report/launch.testing";
import { userAgent } from "../../desk/runtime/user-agent";
import type { Computer } from "./computer";
import { ADMINISTRATOR, eventually, type PcDesk, reportList, signIn, startPcDesk } from "./pc-desk";
import { waitForText } from "./screen";

const SAFARI =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1";

let desk: PcDesk;

jest.setTimeout(180_000);
beforeAll(async () => {
  desk = await startPcDesk();
}, 300_000);
afterAll(() => desk.stop(), 60_000);
afterEach(() => desk.leave());

/** What can be told of a launch by looking: where it ended, and how many hand-offs it asked for. */
async function lookAt(pc: Computer, handOffsBefore = 0): Promise<LaunchAction> {
  const continued = pc.tab.getByText("已在浏览器中打开");
  const tried = (): boolean => pc.handOffs.length > handOffsBefore;
  return eventually("a launch ends somewhere", async () => {
    if (await reportList(pc.tab).isVisible()) {
      return (await pc.tab.getByText("工作台应用内所有页面都在钉钉内打开").isVisible()) ? "stay-with-hint" : "stay";
    }
    if (!(await continued.isVisible())) return null;
    if (!tried()) return "say-continued";
    return (await reportList(pc.browser).isVisible()) ? "hand-over" : null;
  });
}

/** A page on a phone, in DingTalk or in the phone's browser; `stay` where it shows reports and hands nothing over. */
async function onPhone(agent: string, inDingTalk: boolean): Promise<LaunchAction> {
  const context = await desk.browser.newContext({ userAgent: agent, locale: "zh-CN" });
  const page = await context.newPage();
  const handOffs: string[] = [];
  page.on("request", (asked) => void (asked.url().endsWith("/api/hand-off") && handOffs.push(asked.url())));
  const { corpId } = desk;
  const userid = ADMINISTRATOR.split(".")[1] ?? "";
  const code = inDingTalk ? (await desk.product.control.mintCode({ corpId, userid, kind: "jsapi" })).code : "";
  await page.goto(`${desk.origin}/pc?corpId=${corpId}${inDingTalk ? `#code=${code}` : ""}`);
  if (!inDingTalk) await signIn(page);
  await reportList(page).waitFor();
  expect(handOffs).toEqual([]);
  return "stay";
}

/** The mini program on the phone lists its reports itself. */
async function miniProgramOnPhone(): Promise<LaunchAction> {
  const phone = await desk.product.open(ADMINISTRATOR);
  await waitForText(phone, ".report-title", "经营总览");
  return "stay";
}

type Drive = () => Promise<LaunchAction>;

/** How somebody gets into a row of the table, by its cells. Where a cell says "any", it is what could do most harm. */
const DRIVES: Record<string, Drive[]> = {
  "mobile any any any any": [
    miniProgramOnPhone,
    () => onPhone(userAgent("iOS", "zh-CN"), true),
    () => onPhone(SAFARI, false),
  ],
  "pc mini-program any any any": [
    async () => {
      const pc = await desk.computer();
      await pc.openMiniProgram();
      await eventually("the mini program shows /pc", () =>
        Promise.resolve(pc.page.frames().find((frame) => /^http:\/\/webview\.[^/]+\/pc/.test(frame.url())) ?? null),
      );
      return "show-pc-page";
    },
  ],
  "pc browser any any any": [
    async () => {
      const pc = await desk.computer();
      await pc.browse(`/pc?corpId=${desk.corpId}`);
      await signIn(pc.browser);
      await reportList(pc.browser).waitFor();
      expect(pc.handOffs).toEqual([]);
      return "stay";
    },
  ],
  "pc workbench workbench any any": [
    async () => {
      await desk.opens("workbench");
      const pc = await desk.computer();
      await pc.keepInside(true);
      await pc.openWebApp();
      return lookAt(pc);
    },
  ],
  "pc workbench browser yes any": [
    async () => {
      const pc = await desk.computer();
      await pc.keepInside(true);
      await pc.openWebApp();
      await reportList(pc.tab).waitFor(); // the one attempt that teaches it
      expect(pc.handOffs).toHaveLength(1);
      await pc.openWebApp();
      const seen = await lookAt(pc, 1);
      expect(pc.handOffs).toHaveLength(1);
      return seen;
    },
  ],
  "pc workbench browser no no": [
    async () => {
      const pc = await desk.computer();
      await pc.openWebApp();
      const seen = await lookAt(pc);
      expect(pc.handOffs).toHaveLength(1);
      return seen;
    },
  ],
  "pc workbench browser no yes": [
    async () => {
      const pc = await desk.computer();
      await pc.openWebApp();
      expect(await lookAt(pc)).toBe("hand-over");
      const tab = pc.page.frames().find((frame) => frame.url().includes("workbench.localhost"));
      await tab?.goto(tab.url());
      return lookAt(pc, 1);
    },
  ],
};

const rows = documentedLaunches().map((cells) => [cells.slice(0, -1).join(" "), cells.at(-1) ?? ""] as const);

it("every row of the documentation's table is driven", () => {
  expect(Object.keys(DRIVES).sort()).toEqual(rows.map(([row]) => row).sort());
});

describe("on the desk", () => {
  beforeEach(() => desk.opens("browser"));

  it.each(rows)("%s: %s", async (row, action) => {
    const seen: LaunchAction[] = [];
    for (const drive of DRIVES[row] ?? []) seen.push(await drive());

    expect(new Set(seen)).toEqual(new Set([action]));
  });
});
