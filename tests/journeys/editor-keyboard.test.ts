import type { Locator, Page } from "playwright-core";
import { faultsInBothThemes } from "./accessibility";
import { boxOf, startEditorWorld, type EditorWorld } from "./editor-world";

jest.setTimeout(120_000);

let world: EditorWorld;
let page: Page;

beforeAll(async () => {
  world = await startEditorWorld();
  ({ page } = world);
}, 120_000);
afterAll(() => world.web.stop());

const button = (name: string): Locator => page.getByRole("button", { name, exact: true });
const frame = (title: string): Locator => button(`卡片：${title}`);
const saved = (): Promise<void> => page.getByRole("status").getByText("已保存到草稿").waitFor();

describe("a report made by keyboard alone", () => {
  /** Goes on with Tab until the focus is on what is called so. */
  async function tabTo(what: Locator): Promise<void> {
    for (let step = 0; step < 120; step += 1) {
      await page.keyboard.press("Tab");
      const here = await what.evaluateAll((nodes) => nodes.some((node) => node === document.activeElement));
      if (here) return;
    }
    throw new Error(`No Tab leads to ${String(what)}.`);
  }

  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const count = (): Promise<number> => page.locator(".frame-grab").count();

  it("is begun, arranged, filtered and published", async () => {
    await page.goto(new URL(page.url()).origin);
    await tabTo(button("新建报表"));
    await press("Enter");
    await tabTo(page.getByRole("dialog").getByLabel("报表名称"));
    await page.keyboard.type("键盘月报 😀 <script>");
    await tabTo(button("创建"));
    await press("Enter");
    await frame("销售额 · 日期").waitFor();

    await tabTo(frame("销售额 · 日期"));
    const before = await boxOf(frame("销售额 · 日期"));
    await press("Enter", "ArrowRight", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown");
    const after = await boxOf(frame("销售额 · 日期"));
    expect([after.x > before.x, after.width > before.width, after.height - before.height]).toEqual([true, true, 32]);
    await press("Control+d");
    expect(await count()).toBe(2);
    await press("Control+a", "Control+d");
    expect(await count()).toBe(4);
    await press("Delete");
    expect(await count()).toBe(2);
    await press("Control+z", "Control+z", "Control+z");
    expect(await count()).toBe(1);
    await press("Control+y");
    expect(await count()).toBe(2);

    await press("Escape");
    await tabTo(button("添加筛选"));
    await press("Enter");
    await tabTo(page.getByRole("dialog", { name: "添加筛选" }).getByRole("button", { name: "大区" }));
    await press("Enter");
    const panel = page.getByRole("complementary", { name: "筛选器设置" });
    await panel.getByLabel("west").waitFor();
    await tabTo(panel.getByLabel("west"));
    await press("Space");
    await page.locator(".filter-value", { hasText: "west" }).waitFor();

    await tabTo(button("适合窗口"));
    await press("Enter");
    await page.getByRole("button", { name: "适合窗口", pressed: true }).waitFor();
    await tabTo(button("手机视图"));
    await press("Enter");
    const phone = page.getByRole("region", { name: "手机视图" });
    await tabTo(phone.getByRole("button", { name: "将“销售额 · 日期”下移" }).first());
    await press("Enter");
    expect(await phone.getByLabel("手机布局").inputValue()).toBe("manual");
    await saved();
    expect(await faultsInBothThemes(page)).toEqual([]);

    await tabTo(button("发布"));
    await press("Enter");
    await page.keyboard.type("键盘");
    await press("Enter");
    await page.getByText("已发布第 1 版").waitFor();
  });
});
