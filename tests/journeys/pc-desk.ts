import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type FrameLocator,
  type Page,
} from "playwright-core";
import { CorpId } from "../../core/contract/id";
import type { PcOpening } from "../../core/contract/session/launch";
import { chromePath } from "../../desk/automator/browser";
import { type Computer, sitDown } from "./computer";
import { type Product, startProduct } from "./product";

/** Who sits there unless told otherwise, and the local account. */
export const ADMINISTRATOR = "yunling.linyue";
const LOGIN = "linyue";
const PASSWORD = "dingboard-demo";

const SCREEN: BrowserContextOptions = { locale: "zh-CN", viewport: { width: 1440, height: 900 } };

/** Chromium's settings: cookies and storage for all frames, which Debian's build denies by default. */
const ALLOWING = JSON.stringify({ profile: { cookie_controls_mode: 0, block_third_party_cookies: false } });

/** How long a slow machine may take for a step. */
const DEADLINE_MS = 45_000;

/** The product with a desk on which people sit down at PCs. */
export interface PcDesk {
  product: Product;
  browser: Browser;
  corpId: CorpId;
  /** The product's own address, which people see. */
  origin: string;
  /** Where the demo enterprise's app opens on PC from now on. */
  opens(where: PcOpening): Promise<unknown>;
  /** A person sits down at a PC of their own, whose pages keep cookies but no storage. */
  computer(who?: string): Promise<Computer>;
  /** The same with storage: Chromium denies it to frames of other sites where their cookies are blocked, as in private windows. */
  computerWithStorage(): Promise<Computer>;
  /** Everybody leaves; fails the test on what their pages reported as errors. */
  leave(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it. Needs the built web pages. */
export async function startPcDesk(): Promise<PcDesk> {
  if (!existsSync(resolve("dist/web"))) throw new Error("The web pages are not built: npm run build");
  const product = await startProduct();
  const start = {
    executablePath: chromePath(process.env["CHROME_PATH"] ?? null),
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
  };
  const browser = await chromium.launch(start);
  const organisation = product.desk.standIn.platform.directory.person(ADMINISTRATOR)?.organisation;
  const corpId = CorpId.parse(organisation?.corpId);
  const sat: Computer[] = [];
  const profiles: { context: BrowserContext; folder: string }[] = [];
  const sit = async (context: BrowserContext, who: string): Promise<Computer> => {
    const it = await sitDown(context, product.desk.addresses.desk, who);
    sat.push(it);
    return it;
  };
  return {
    product,
    browser,
    corpId,
    origin: new URL(product.server.url).origin.replace("127.0.0.1", "localhost"),
    opens: (where) => product.server.domain.enterprises.openOnPc(corpId, where),
    computer: async (who = ADMINISTRATOR) => sit(await browser.newContext(SCREEN), who),
    computerWithStorage: async () => {
      const folder = mkdtempSync(join(tmpdir(), "dingboard-profile-"));
      mkdirSync(join(folder, "Default"));
      writeFileSync(join(folder, "Default/Preferences"), ALLOWING);
      const context = await chromium.launchPersistentContext(folder, { ...start, ...SCREEN });
      profiles.push({ context, folder });
      return sit(context, ADMINISTRATOR);
    },
    leave: async () => {
      const faults = sat.splice(0).flatMap((computer) => computer.faults);
      await Promise.all(browser.contexts().map((context) => context.close()));
      for (const { context, folder } of profiles.splice(0)) {
        await context.close();
        rmSync(folder, { recursive: true, force: true });
      }
      expect(faults).toEqual([]);
    },
    stop: async () => {
      await browser.close();
      await product.stop();
    },
  };
}

/** Somebody is signed in and sees the list of reports. */
export const reportList = (frame: FrameLocator | Page) => frame.getByLabel("搜索报表");

/** The page asks for an account. */
export const signInPage = (frame: FrameLocator | Page): Promise<void> =>
  frame.getByRole("heading", { name: "登录", exact: true }).waitFor();

/** Fills in the form of a local account. */
export async function signIn(frame: FrameLocator | Page, login = LOGIN): Promise<void> {
  await frame.getByLabel("用户名或邮箱").fill(login);
  await frame.getByLabel("密码").fill(PASSWORD);
  await frame.getByLabel("密码").press("Enter");
}

/** Asks again until there is an answer; fails with what was hoped for. */
export async function eventually<T>(hope: string, ask: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > deadline) throw new Error(`This did not happen: ${hope}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
