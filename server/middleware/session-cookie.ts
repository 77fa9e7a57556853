import type { Context } from "./state";

/** The browser's session. Not readable by scripts, not sent along from other sites' posts, encrypted where we are. */
export class SessionCookie {
  readonly #name: string;

  constructor(private readonly secure: boolean) {
    // The prefix makes browsers refuse a cookie that a neighbouring host tries to plant.
    this.#name = secure ? "__Host-dingboard" : "dingboard";
  }

  read(ctx: Context): string | undefined {
    return ctx.cookies.get(this.#name);
  }

  write(ctx: Context, token: string, maxAgeMs: number): void {
    ctx.append("set-cookie", this.#line(token, Math.floor(maxAgeMs / 1000)));
  }

  clear(ctx: Context): void {
    ctx.append("set-cookie", this.#line("", 0));
  }

  #line(value: string, seconds: number): string {
    const secure = this.secure ? "; Secure" : "";
    return `${this.#name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
  }
}
