import type { ErrorBody } from "../../core/contract/error";
import type { Me } from "../../core/contract/session/session";
import { PASSWORD, type builders, type BuiltUser } from "./build";
import { cookiesOf, request, type Answer, type Ask } from "./client";
import { PUBLIC_URL, type World } from "./world";

type Body<T> = T & Partial<ErrorBody>;
export interface Ticket {
  url: string;
  expiresAt: string;
}

export function ticketIn(answer: Answer<Ticket>): string {
  return answer.body.url.split("#")[1] ?? "";
}

/** Browsers of this world: empty ones, those inside DingTalk, and those that a hand-off opened. */
export function browsers(world: World, build: ReturnType<typeof builders>) {
  const open = (): Browser => new Browser(world, build);
  /** A Workbench where this person is signed in. */
  const workbench = async (user: BuiltUser): Promise<Browser> => {
    const browser = open();
    must(await browser.launch(user));
    return browser;
  };
  return {
    open,
    workbench,
    /** A Workbench and the browser to which it handed over. */
    handedOver: async (user: BuiltUser): Promise<{ inside: Browser; outside: Browser }> => {
      const [inside, outside] = [await workbench(user), open()];
      must(await outside.redeem(await inside.ticket()));
      return { inside, outside };
    },
  };
}

function must({ status, code }: Answer<unknown>): void {
  if (status !== 200) throw new Error(`The test's preparation failed: ${code ?? status}`);
}

/** A browser with its cookies, showing one of our pages. */
export class Browser {
  readonly jar = new Map<string, string>();

  constructor(
    private readonly world: World,
    private readonly build: ReturnType<typeof builders>,
  ) {}

  async ask<T>(method: string, path: string, body?: unknown, options: Ask & { url?: string } = {}) {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await request<Body<T>>(options.url ?? this.world.server.url, method, path, {
      ...(body === undefined ? {} : { body }),
      headers: { origin: PUBLIC_URL, ...(cookie === "" ? {} : { cookie }), ...options.headers },
    });
    this.take(answer);
    return answer;
  }

  /** A plain sign-in, outside DingTalk. */
  signIn = (user: BuiltUser) =>
    this.ask<Me>("POST", "/api/session/password", { login: user.login, password: PASSWORD });

  launch = (user: BuiltUser, options: Ask = {}) =>
    this.ask<Me>(
      "POST",
      "/api/session/dingtalk-web",
      { corpId: user.enterprise.corpId, authCode: this.build.mintCode(user.enterprise, user.userid) },
      options,
    );

  async ticket(target = "/r/1"): Promise<string> {
    return ticketIn(await this.ask<Ticket>("POST", "/api/hand-off", { target }));
  }

  redeem = (ticket: string, more: { replace?: boolean } = {}, options: Ask = {}) =>
    this.ask<{ target: string; me: Me }>("POST", "/api/hand-off/redeem", { ticket, ...more }, options);

  /** `signed_out` or whose browser it is, at that node. */
  async who(url = this.world.server.url): Promise<string | undefined> {
    const answer = await this.ask<Me>("GET", "/api/me", undefined, { url });
    return answer.code ?? answer.body.user.login;
  }

  signOut = () => this.ask("POST", "/api/session/sign-out", {});

  private take(answer: Answer<unknown>): void {
    for (const cookie of cookiesOf(answer)) {
      const [name = "", value = ""] = cookie.split("=");
      if (value === "") this.jar.delete(name);
      else this.jar.set(name, value);
    }
  }
}
