import type { Page } from "playwright-core";
import type { MiniProgram, Product } from "./product";
import { startReader, type ReaderBrowser } from "./reader";
import { tapText, textOf, waitForAttribute, waitForText } from "./screen";

const PHONE = "yunling.sunhao";

let reader: ReaderBrowser;
let product: Product;
let page: Page;

jest.setTimeout(120_000);
beforeAll(async () => {
  reader = await startReader();
  product = reader.product;
  page = await reader.visit("/console/personal", {}, "sunhao");
}, 240_000);
afterAll(() => reader.stop());

/** What the code on the computer makes the phone open. */
async function readCode(): Promise<{ page: string; query: Record<string, string> }> {
  const link = (await page.locator("[data-qr]").getAttribute("data-qr")) ?? "";
  const scanned = await product.control.scan({ who: PHONE, link });
  if (scanned.does !== "open") throw new Error(`The phone does not open ${link}: ${JSON.stringify(scanned)}`);
  return { page: scanned.page ?? "", query: scanned.query };
}

/** The phone scans the code and asks. */
async function scan(): Promise<MiniProgram> {
  const phone = await product.open(PHONE, await readCode());
  await waitForText(phone, ".bind-question", "把「云岭生活」的钉钉账号 孙昊 绑定到报表账号 孙昊（sunhao）吗？");
  return phone;
}

describe("an account without a binding shows a code on the computer", () => {
  it("which the phone may refuse, and is of no more use then", async () => {
    await page.getByRole("button", { name: "绑定钉钉账号" }).click();
    await page.getByText("等待扫码…").waitFor();
    const code = await readCode();
    const phone = await scan();
    await page.getByText("孙昊 已扫码，请在手机上确认").waitFor();

    await tapText(phone, ".bind-no", "暂不绑定");

    await waitForText(phone, ".bind-title", "没有绑定");
    await page.getByText("手机上取消了绑定").waitFor();
    const late = await product.open(PHONE, code);
    await waitForAttribute(late, ".panel", "data-code", "bind_link_spent");
    await tapText(late, ".panel-button", "去看报表");
    await waitForAttribute(late, ".panel", "data-code", "not_bound");
  });

  it("and is bound by a phone that confirms: both pages say so by themselves", async () => {
    await page.getByRole("button", { name: "换一个二维码" }).click();
    await page.getByText("等待扫码…").waitFor();
    const phone = await scan();
    expect(await textOf(phone, ".bind-no")).toBe("暂不绑定");

    await tapText(phone, ".bind-yes", "确认绑定");

    await waitForText(phone, ".report-title", "经营总览");
    await page.getByText("绑定成功：孙昊").waitFor();
    await page.getByText("已绑定钉钉成员：孙昊").waitFor();
    const again = await product.open(PHONE);
    await waitForText(again, ".report-title", "经营总览");
  });
});
