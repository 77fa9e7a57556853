import { demoReportId } from "../../scripts/demo";
import { startProduct, type Product } from "./product";
import { allTexts, pageOf, tapText, typeInto, waitForAttribute, waitForText, confirmDialog } from "./screen";

let product: Product;

jest.setTimeout(60_000);
beforeAll(async () => {
  product = await startProduct();
}, 180_000);
afterAll(() => product.stop());
afterEach(() => product.control.clearFaults({}));

const overview = demoReportId("yunling", "business-overview");
const YUNLING = "dinga197b546a59eb6c5c2dbbb7347f440d0";

it("lets a member who is not bound bind on the spot, and then read", async () => {
  const phone = await product.open("yunling.sunhao");
  await waitForAttribute(phone, ".panel", "data-code", "not_bound");
  expect(await allTexts(phone, ".panel-note")).toEqual([expect.stringContaining("林悦")]);

  await tapText(phone, ".panel-button", "绑定账号");
  await (await pageOf(phone)).waitFor(".bind-login");
  const page = await pageOf(phone);
  await typeInto(phone, ".bind-login", "sunhao");
  await typeInto(phone, ".bind-password", "not the password");
  await (await page.$(".bind-submit"))?.tap();
  await waitForText(phone, ".problem-title", "账号或密码不正确");
  await typeInto(phone, ".bind-password", "dingboard-demo");
  await (await page.$(".bind-submit"))?.tap();

  await tapText(phone, ".report-title", "经营总览");
  await waitForText(phone, ".kpi-title", "近30天销售额");
});

it("needs no second binding when the member comes back", async () => {
  const phone = await product.open("yunling.sunhao");

  await waitForText(phone, ".report-title", "经营总览");
});

it("shows a viewer the reports granted to their department, and no others", async () => {
  const phone = await product.open("yunling.zhaoqian");
  await waitForText(phone, ".report-title", "经营总览");

  expect((await allTexts(phone, ".report-title")).sort()).toEqual(["经营总览", "门店排行"].sort());
});

it.each([
  ["a person without a grant", "yunling.zhaoqian", demoReportId("yunling", "category-analysis")],
  ["a person of another enterprise", "fresh.zhoumin", overview],
])("answers %s who follows a link that there is no such report", async (_who, who, id) => {
  const phone = await product.open(who, { page: "pages/report/report", query: { id } });

  await waitForAttribute(phone, ".panel", "data-code", "report_not_found");
});

it("shows another enterprise its own reports only", async () => {
  const phone = await product.open("fresh.zhoumin");
  await waitForText(phone, ".report-title", "经营总览");

  expect(await allTexts(phone, ".report-note")).toEqual([expect.stringContaining("云岭鲜生")]);
});

it.each([
  ["an organisation that is not authorised", "xinghe.ruanxi", "corp_not_authorised"],
  ["a disabled user", "yunling.luyao", "user_disabled"],
])("turns %s away, saying why", async (_who, who, code) => {
  const phone = await product.open(who);

  await waitForAttribute(phone, ".panel", "data-code", code);
});

it("asks for a new auth code once when the first is spent, and says so when that is spent too", async () => {
  const phone = await product.open("yunling.wangzhenbang");
  await waitForText(phone, ".report-title", "经营总览");
  const { code } = await product.control.mintCode({ corpId: YUNLING, userid: "wangzhenbang" });
  const spend = await fetch(`${product.server.url}/api/session/dingtalk`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ corpId: YUNLING, authCode: code, deviceId: "journey-device-0001", deviceName: "" }),
  });
  expect(spend.status).toBe(200);
  await phone.callWxMethod("switchTab", { url: "/pages/me/me" });
  await (await pageOf(phone)).waitFor(".sign-out");
  await phone.mockWxMethod("getAuthCode", { authCode: code });
  await product.control.clearCalls({});
  await (await (await pageOf(phone)).$(".sign-out"))?.tap();
  await confirmDialog(phone);
  await tapText(phone, ".panel-button", "用钉钉登录");

  await waitForAttribute(phone, ".panel", "data-code", "auth_code_spent");
  const asked = (await product.control.calls({})).calls.filter((call) => call.api === "/topapi/v2/user/getuserinfo");
  expect(asked).toHaveLength(2);

  await phone.restoreWxMethod("getAuthCode");
  await tapText(phone, ".panel-button", "重试");
  await (await pageOf(phone)).waitFor(".facts");
});

it("says that DingTalk does not answer, and signs in once it does", async () => {
  await product.control.addFault({ kind: "status", status: 502 });
  const phone = await product.open("yunling.huangjing");
  await waitForAttribute(phone, ".panel", "data-code", "dingtalk_failed");

  await product.control.clearFaults({});
  await tapText(phone, ".panel-button", "重试");

  await waitForText(phone, ".report-title", "经营总览");
});

it("lets a person with a running session read while DingTalk is down", async () => {
  const first = await product.open("yunling.linyue");
  await waitForText(first, ".report-title", "经营总览");
  await product.control.addFault({ kind: "status", status: 502 });

  const again = await product.open("yunling.linyue", { page: "pages/report/report", query: { id: overview } });

  await waitForText(again, ".kpi-title", "近30天销售额");
});
