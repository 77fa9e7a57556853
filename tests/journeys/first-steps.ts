import type { Page } from "playwright-core";
import type { MiniProgram, Product } from "./product";
import { FIRST_STEPS_WORDS } from "./first-steps-words";
import { Hands } from "./hands";
import { tapFirst } from "./screen";

/** 星禾传媒: an organisation of the desk that no instance has authorised yet. */
export const XINGHE = { corpId: "ding6b419a0d62db252a15a97d75d7876250", name: "星禾传媒", shown: /星禾传媒|Xinghe/ };
/** Its main administrator, who becomes the instance's first administrator too. */
export const QINLAN = { who: "xinghe.qinlan", name: "秦岚", login: "qinlan", password: "dingboard-demo" };

/** Somebody who sets an instance up, at a computer and with a phone. */
export interface Newcomer {
  product: Product;
  page: Page;
  hands: Hands;
  language: "zh-CN" | "en-US";
  /** Called where there is something to see, on another page than the newcomer's where that is named. */
  look(name: string, page?: Page): Promise<void>;
}

/** A newcomer whose hands have done nothing yet. */
export const newcomer = (
  product: Product,
  page: Page,
  language: Newcomer["language"] = "zh-CN",
  look: Newcomer["look"] = () => Promise.resolve(),
): Newcomer => ({ product, page, hands: new Hands(), language, look });

/** Lets the organisation grow before anybody looks at it: some departments with people in them. */
export async function growOrganisation({ control }: Product): Promise<void> {
  const { corpId } = XINGHE;
  const staff = { 创意部: ["陆放", "叶子衿"], 媒介部: ["顾北", "温言"], 客户部: ["简宁", "傅小满"], 财务部: ["陶然"] };
  for (const [name, people] of Object.entries(staff)) {
    const { deptId } = await control.addDepartment({ corpId, name });
    for (const person of people) await control.addMember({ corpId, name: person, departmentIds: [Number(deptId)] });
  }
}

/** The one-time link makes the first administrator, who is led to the console. */
export async function setUp({ product, page, hands, language, look }: Newcomer): Promise<void> {
  const words = FIRST_STEPS_WORDS[language];
  await page.goto(product.server.setupLink ?? "");
  await hands.type(page.getByLabel(words.name, { exact: true }), QINLAN.name);
  await hands.type(page.getByLabel(words.login), QINLAN.login);
  await hands.type(page.getByLabel(words.password, { exact: true }), QINLAN.password);
  await look("set-up");
  await hands.press(page.getByRole("button", { name: words.create }));
  await hands.press(page.getByRole("link", { name: words.console }), page.getByRole("button", { name: words.add }));
  await look("empty");
}

/** The keys as DingTalk shows them to the organisation's administrator, by their names there. */
export async function readKeys({ product, page, look }: Newcomer): Promise<Record<string, string>> {
  const desk = await page.context().newPage();
  await desk.goto(`${product.desk.addresses.desk}admin`);
  await desk.getByRole("button", { name: XINGHE.shown }).click();
  await desk.locator("code", { hasText: XINGHE.corpId }).waitFor();
  await look("keys-at-dingtalk", desk);
  const pairs = await desk.locator("dl").evaluateAll((lists) =>
    lists.slice(0, 2).flatMap((list) => {
      const terms = [...list.querySelectorAll("dt")];
      return terms.map((term) => [term.textContent, term.nextElementSibling?.textContent ?? ""]);
    }),
  );
  await desk.close();
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** What the code on the page makes the phone in somebody's hand do. */
export async function scan({ product, page }: Pick<Newcomer, "product" | "page">, who: string) {
  const link = (await page.locator("[data-qr]").getAttribute("data-qr")) ?? "";
  return { link, scanned: await product.control.scan({ who, link }) };
}

/** Scan to Activate, CorpId and keys, Verify. */
export async function enterKeys(newcomer: Newcomer): Promise<void> {
  const { page, hands, language, look } = newcomer;
  const words = FIRST_STEPS_WORDS[language];
  await hands.press(page.getByRole("button", { name: words.add }), page.locator("[data-qr]"));
  await look("activate");
  const { scanned } = await scan(newcomer, QINLAN.who);
  if (scanned.does !== "browse") throw new Error(`The code leads nowhere: ${JSON.stringify(scanned)}`);
  const keys = await readKeys(newcomer);
  await hands.press(page.getByRole("button", { name: words.next }), page.getByLabel("CorpId"));
  await hands.type(page.getByLabel("CorpId"), keys["CorpId"] ?? "");
  await hands.type(page.getByLabel(words.clientId), keys["AppKey"] ?? "");
  await hands.type(page.getByLabel(words.clientSecret), keys["AppSecret"] ?? "");
  await hands.type(page.getByLabel(words.miniAppId), keys["miniAppId"] ?? "");
  await hands.type(page.getByLabel(words.agentId), keys["AgentId"] ?? "");
  await look("keys");
}

/** Verify, authorise, see the organisation being read, go on to its members. */
export async function authorise({ product, page, hands, language, look }: Newcomer, name: string): Promise<void> {
  const words = FIRST_STEPS_WORDS[language];
  await hands.press(page.getByRole("button", { name: words.verify }), page.getByText(words.found(name)));
  await look("verified");
  // DingTalk takes its time, so that the progress can be seen in a small organisation too.
  await product.control.addFault({ kind: "latency", milliseconds: 800, api: "/topapi/v2/department/listsub" });
  await hands.press(page.getByRole("button", { name: words.authorise }), page.getByText(words.authorised(name)));
  const dialog = page.getByRole("dialog");
  await dialog.getByText(words.syncing).waitFor();
  await dialog.getByRole("progressbar").waitFor();
  await dialog.getByText(words.underWay).waitFor();
  await look("synchronising");
  await product.control.clearFaults({});
  await dialog.getByText(words.synced).waitFor();
  const members = page.getByRole("heading", { name: words.members, level: 1 });
  await hands.press(page.getByRole("button", { name: words.goToMembers }), members);
}

/** Users are made of members; the administrator's own account is bound first, as the page asks. */
export async function bindOwnAccount(newcomer: Newcomer): Promise<void> {
  const { page, hands, language, look } = newcomer;
  const words = FIRST_STEPS_WORDS[language];
  await hands.press(page.getByRole("button", { name: words.addUser }));
  await hands.press(page.getByRole("menuitem", { name: words.addSynced }), page.getByText(words.bindOwn));
  await look("bind-first");
  const bind = page.getByRole("button", { name: words.bind });
  await hands.press(page.getByText(words.bindOwn), bind);
  await hands.press(bind, page.locator("[data-qr]"));
  await look("bind-code");
  const phone = await openScanned(newcomer, QINLAN.who);
  await hands.tap(tapFirst(phone, ".bind-yes"));
  await page.getByText(words.bound(QINLAN.name)).waitFor();
  await look("bound");
  await hands.press(page.getByRole("dialog").getByRole("button", { name: words.close }).last());
}

/** The phone scans the code on the page and opens the mini program there. */
export async function openScanned(newcomer: Newcomer, who: string): Promise<MiniProgram> {
  const { scanned } = await scan(newcomer, who);
  if (scanned.does !== "open") throw new Error(`The phone does not open it: ${JSON.stringify(scanned)}`);
  const { page, query } = scanned;
  return newcomer.product.open(who, { query, language: newcomer.language, ...(page === null ? {} : { page }) });
}

/** Everybody else becomes a user, after one look at who that is. */
export async function addUsers({ page, hands, language, look }: Newcomer, count: number): Promise<void> {
  const words = FIRST_STEPS_WORDS[language];
  const members = page.getByRole("heading", { name: words.members, level: 1 });
  await hands.press(page.getByRole("navigation").getByRole("link", { name: words.members }), members);
  await hands.press(page.getByRole("button", { name: words.addUser }));
  await hands.press(page.getByRole("menuitem", { name: words.addSynced }), page.getByText(words.toAdd(count)));
  await look("preview");
  await hands.press(page.getByRole("button", { name: words.apply }), page.getByRole("cell", { name: "阮希" }).first());
  await look("users");
}

/** Revoke, after reading what will happen. */
export async function revoke({ page, hands, language, look }: Newcomer, name: string): Promise<void> {
  const words = FIRST_STEPS_WORDS[language];
  const list = page.getByRole("heading", { name: words.enterprises, level: 1 });
  await hands.press(page.getByRole("navigation").getByRole("link", { name: words.enterprises }), list);
  await look("authorised");
  const effects = page.getByText(words.revokeEffect);
  await hands.press(page.getByRole("button", { name: `${words.revoke}: ${name}` }), effects);
  await look("revoke");
  const sure = page.getByRole("dialog").getByRole("button", { name: words.revoke });
  await hands.press(sure, page.getByText(words.revoked).first());
}
