import type { Context } from "./state";

/** A cookie of ours. Not readable by scripts, not sent along from other sites' posts, encrypted where we are. */
export class OwnCookie {
  readonly #name: string;

  constructor(
    name: string,
    private readonly secure: boolean,
  ) {
    // The prefix makes browsers refuse a cookie that a neighbouring host tries to plant.
    this.#name = secure ? `__Host-${name}` : name;
  }

  read(ctx: Context): string | undefined {
    return ctx.cookies.get(this.#name);
  }

  write(ctx: Context, value: string, maxAgeMs: number): void {
    ctx.append("set-cookie", this.#line(value, Math.floor(maxAgeMs / 1000)));
  }

  clear(ctx: Context): void {
    ctx.append("set-cookie", this.#line("", 0));
  }

  #line(value: string, seconds: number): string {
    const secure = this.secure ? "; Secure" : "";
    return `${this.#name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
  }
}
