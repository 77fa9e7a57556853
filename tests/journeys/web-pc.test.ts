import type { Page } from "playwright-core";
import type { World } from "../factories/world";
import type { BuiltUser } from "../factories/build";
import { request } from "../factories/client";
import { faultsInBothThemes } from "./accessibility";
import { startWebWorld, typeAccount as signIn, wantedReport as wanted, type WebWorld } from "./web-world";

let web: WebWorld;
let world: World;
let origin: string;
let build: WebWorld["build"];

jest.setTimeout(60_000);
beforeAll(async () => {
  web = await startWebWorld();
  ({ world, origin, build } = web);
}, 120_000);
afterAll(() => web.stop());

const visitor: WebWorld["visitor"] = (...asked) => web.visitor(...asked);
const open: WebWorld["open"] = (...asked) => web.open(...asked);
const somebody: WebWorld["somebody"] = () => web.somebody();

/** A person's session in the Workbench, as the web pages there begin it. */
async function workbench(user: BuiltUser) {
  const headers = { origin };
  const authCode = build.mintCode(user.enterprise, user.userid);
  const answer = await request(world.server.url, "POST", "/api/session/dingtalk-web", {
    headers,
    body: { corpId: user.enterprise.corpId, authCode },
  });
  expect(answer.status).toBe(200);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const ask = <T>(path: string, body: unknown) => request<T>(world.server.url, "POST", path, { cookie, headers, body });
  return {
    handOff: async (target: string): Promise<string> => {
      const { body } = await ask<{ url: string }>("/api/hand-off", { target });
      return body.url;
    },
    refused: async (target: string): Promise<string | undefined> => (await ask("/api/hand-off", { target })).code,
    signOut: () => ask("/api/session/sign-out", {}),
  };
}

const refusedPage = (page: Page): Promise<void> => page.getByText("链接已失效").waitFor();

describe("a hand-off", () => {
  it("ends signed in on the wanted report; the ticket is in neither address, history nor referrer", async () => {
    const { user, report } = await somebody();
    const url = await (await workbench(user)).handOff(report);
    const page = await open(await visitor(), url);

    await wanted(page);

    expect(page.url()).toBe(origin + report);
    expect(await page.evaluate(() => document.referrer)).toBe("");
    await page.goBack({ waitUntil: "commit" });
    expect(page.url()).toBe("about:blank");
  });

  it("works once: whoever opens the link later is asked to sign in, and lands on a page of ours", async () => {
    const { user, report } = await somebody();
    const url = await (await workbench(user)).handOff(report);
    await wanted(await open(await visitor(), url));
    const thief = await open(await visitor(), url);

    await refusedPage(thief);
    expect(await thief.context().cookies()).not.toContainEqual(expect.objectContaining({ name: "dingboard" }));
    await signIn(thief, user);

    await thief.getByRole("heading", { name: "报表", exact: true }).waitFor();
    expect(new URL(thief.url()).origin).toBe(origin);
  });

  it("lets a person go on who is signed in anyway when the link is of no more use", async () => {
    const { user, report } = await somebody();
    const url = await (await workbench(user)).handOff(report);
    const context = await visitor();
    await wanted(await open(context, url));
    const again = await open(context, url);

    await refusedPage(again);
    await again.getByRole("button", { name: /继续$/ }).click();

    await again.getByRole("heading", { name: "报表", exact: true }).waitFor();
  });

  it("is refused after a minute, and once the session that began it has ended", async () => {
    const { user, report } = await somebody();
    const desk = await workbench(user);
    const late = await desk.handOff(report);
    world.advance(61_000);
    // The Workbench's page names the wanted report in the address as well, for exactly this case.
    const page = await open(await visitor(), late.replace("#", `?target=${encodeURIComponent(report)}#`));
    await refusedPage(page);
    await signIn(page, user);
    await wanted(page);
    expect(page.url()).toBe(origin + report);

    const orphan = await desk.handOff(report);
    await desk.signOut();

    await refusedPage(await open(await visitor(), orphan));
  });

  it("says whose account it opened until that is confirmed, and lets a stranger to it leave with one press", async () => {
    const { user, report } = await somebody();
    const desk = await workbench(user);
    const context = await visitor();
    const page = await open(context, await desk.handOff(report));
    await wanted(page);
    await page.reload();
    await page.getByText(`已从钉钉以 Name of ${user.userid}`).waitFor();
    expect(await faultsInBothThemes(page)).toEqual([]);
    await page.getByRole("button", { name: "不是我，退出登录" }).click();
    await page.getByRole("heading", { name: "登录", exact: true }).waitFor();

    const again = await open(context, await desk.handOff(report));
    await again.getByRole("button", { name: "是我", exact: true }).click();
    await again.getByText("已从钉钉以").waitFor({ state: "hidden" });
    await again.reload();
    await wanted(again);
    expect(await again.getByText("已从钉钉以").count()).toBe(0);
  });

  it("asks first in a browser that another person used before, though nobody is signed in there now", async () => {
    const [{ user, report }, { user: other }] = [await somebody(), await somebody()];
    const context = await visitor();
    const page = await open(context, "/");
    await signIn(page, other);
    await page.getByRole("button", { name: new RegExp(`Name of ${other.userid}`) }).click();
    await page.getByRole("menuitem", { name: "退出登录" }).click();
    await page.getByRole("heading", { name: "登录", exact: true }).waitFor();
    const url = await (await workbench(user)).handOff(report);

    const asked = await open(context, url);
    await asked.getByRole("heading", { name: "用钉钉里的账号登录？" }).waitFor();
    expect(await faultsInBothThemes(asked)).toEqual([]);
    expect(await context.cookies()).not.toContainEqual(expect.objectContaining({ name: "dingboard" }));
    await asked.getByRole("button", { name: "用钉钉里的账号登录" }).click();

    await wanted(asked);
  });

  it("asks before it replaces another person, and keeps them on demand", async () => {
    const { user, report } = await somebody();
    const { user: other } = await somebody();
    const context = await visitor();
    const page = await open(context, "/");
    await signIn(page, other);
    await page.getByRole("list").getByRole("listitem").first().waitFor();
    const desk = await workbench(user);

    const kept = await open(context, await desk.handOff(report));
    await kept.getByRole("button", { name: /^保留/ }).waitFor();
    expect(await faultsInBothThemes(kept)).toEqual([]);
    await kept.getByRole("button", { name: /^保留/ }).click();
    await kept.getByRole("button", { name: new RegExp(`Name of ${other.userid}`) }).waitFor();

    const replaced = await open(context, await desk.handOff(report));
    await replaced.getByRole("button", { name: "换成钉钉里的账号" }).click();
    await wanted(replaced);
    await replaced.getByRole("button", { name: new RegExp(`Name of ${user.userid}`) }).waitFor();
  });

  it("spends nothing while nobody sees the page", async () => {
    const { user, report } = await somebody();
    const url = await (await workbench(user)).handOff(report);
    const context = await visitor();
    await context.addInitScript(() => {
      const hidden = { value: true };
      Object.defineProperty(document, "visibilityState", { get: () => (hidden.value ? "hidden" : "visible") });
      addEventListener("test:shown", () => {
        hidden.value = false;
        document.dispatchEvent(new Event("visibilitychange"));
      });
    });
    const redeemed: string[] = [];
    context.on("request", (sent) => void (sent.url().includes("redeem") && redeemed.push(sent.url())));
    const page = await open(context, url);
    await page.waitForLoadState("networkidle");
    expect(redeemed).toEqual([]);

    await page.evaluate(() => dispatchEvent(new Event("test:shown")));

    await wanted(page);
    expect(redeemed).toHaveLength(1);
  });

  it("leads to pages of ours only", async () => {
    const { user } = await somebody();
    const desk = await workbench(user);

    for (const target of ["https://evil.example/", "//evil.example", "/\\evil.example", "/hand-off"]) {
      expect([target, await desk.refused(target)]).toEqual([target, "input_invalid"]);
    }
  });
});

/** The page's address inside DingTalk: whoever gets it as a link is led to the same enterprise. */
const named = (path: string, { enterprise }: BuiltUser): string => `${origin}${path}?corpId=${enterprise.corpId}`;

describe("inside DingTalk", () => {
  it("a hand-off that DingTalk kept inside stays there, signed in, says why, and is remembered", async () => {
    const { user, report } = await somebody();
    const context = await visitor(true);
    const page = await open(context, await (await workbench(user)).handOff(report));

    await wanted(page);

    expect(page.url()).toBe(named(report, user));
    const state = await page.evaluate(async (): Promise<unknown> => (await fetch("/api/launch")).json());
    expect(state).toEqual({ opening: "workbench", keptInside: true });
  });

  it("/pc signs in by the mini program's auth code, which leaves the address bar, and keeps the wanted report", async () => {
    const { user, report } = await somebody();
    const { corpId } = user.enterprise;
    const code = build.mintCode(user.enterprise, user.userid);
    const page = await open(
      await visitor(true),
      `/pc?corpId=${corpId}&target=${encodeURIComponent(report)}#code=${code}`,
    );

    await wanted(page);

    expect(page.url()).toBe(named(report, user));
  });

  it("/pc binds a member without an account, and goes on", async () => {
    const { user: colleague, report } = await somebody();
    const user = await build.buildUser({
      enterprise: colleague.enterprise,
      role: "administrator",
      password: true,
      bound: false,
    });
    const code = build.mintCode(user.enterprise, user.userid);
    const query = new URLSearchParams({ corpId: user.enterprise.corpId, target: report }).toString();
    const page = await open(await visitor(true), `/pc?${query}#code=${code}`);
    await page.getByRole("heading", { name: "绑定账号" }).waitFor();

    await signIn(page, user);

    await wanted(page);
    expect(page.url()).toBe(named(report, user));
  });
});

describe("a plain browser", () => {
  it("keeps the wanted report through sign-in by password", async () => {
    const { user, report } = await somebody();
    const page = await open(await visitor(), report);

    await signIn(page, user);

    await wanted(page);
    expect(page.url()).toBe(origin + report);
  });

  it("keeps it through /pc too, and believes no auth code there: a link must not sign a stranger's account in", async () => {
    const { user, report } = await somebody();
    const { user: stranger } = await somebody();
    const code = build.mintCode(stranger.enterprise, stranger.userid);
    const query = new URLSearchParams({ corpId: stranger.enterprise.corpId, target: report }).toString();
    const page = await open(await visitor(), `/pc?${query}#code=${code}`);

    await signIn(page, user);

    await wanted(page);
    expect(page.url()).toBe(origin + report);
  });

  it.each(["https://evil.example/", "//evil.example/", "/\\evil.example/", "/hand-off"])(
    "is not led elsewhere by a forged target: %s",
    async (target) => {
      const { user } = await somebody();
      const page = await open(await visitor(), `/pc?${new URLSearchParams({ target }).toString()}`);

      await signIn(page, user);

      await page.getByRole("heading", { name: "报表", exact: true }).waitFor();
      expect(page.url()).toBe(`${origin}/`);
    },
  );

  it("never loads DingTalk's script", async () => {
    const { user, report } = await somebody();
    const context = await visitor();
    const scripts: string[] = [];
    context.on("request", (sent) => void (sent.resourceType() === "script" && scripts.push(sent.url())));
    const page = await open(context, `/pc?target=${encodeURIComponent(report)}`);
    await signIn(page, user);
    await wanted(page);

    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((url) => url.includes("jsapi"))).toEqual([]);
  });
});
