import { randomUUID } from "node:crypto";
import { Browser } from "./browser";
import type { BuiltEnterprise, BuiltUser, builders } from "./build";
import type { World } from "./world";

/** An administrator (or somebody else) at work: a signed-in browser, and the enterprise's own routes. */
export interface Office {
  user: BuiltUser;
  browser: Browser;
  get<T>(path: string): ReturnType<typeof Browser.prototype.ask<T>>;
  post<T>(path: string, body: unknown): ReturnType<typeof Browser.prototype.ask<T>>;
}

export interface OfficeWishes {
  enterprise?: BuiltEnterprise;
  role?: "administrator" | "editor";
}

export function offices(world: World, build: ReturnType<typeof builders>) {
  return {
    office: async (wishes: OfficeWishes = {}): Promise<Office> => {
      const user = await build.buildUser({ role: "administrator", password: true, ...wishes });
      const browser = new Browser(world, build);
      await browser.signIn(user);
      const base = `/api/enterprises/${user.enterprise.id}`;
      return {
        user,
        browser,
        get: (path) => browser.ask("GET", base + path),
        post: (path, body) => browser.ask("POST", base + path, body),
      };
    },

    /** A member whom no user is bound to. */
    addMember: async (
      enterprise: BuiltEnterprise,
      fields: Partial<Parameters<World["server"]["domain"]["members"]["save"]>[1]> = {},
    ) => {
      const userid = `m-${randomUUID().slice(0, 8)}`;
      return world.server.domain.members.save(enterprise.id, {
        userid,
        unionId: null,
        name: `Member ${userid}`,
        departmentIds: [10],
        ...fields,
      });
    },
  };
}

/** Asks until the answer is good, or for twenty seconds: what travels by notification or by a job takes its time. */
export async function waitFor<T>(ask: () => Promise<T>, good: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (good(answer) || Date.now() > deadline) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
