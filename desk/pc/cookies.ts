/** Names of the cookies in a `Cookie` header with their values. */
export function readCookies(header: string | undefined): Map<string, string> {
  const pairs = (header ?? "").split(";").map((part) => part.trim().split("="));
  return new Map(pairs.filter(([name]) => name).map(([name = "", ...value]) => [name, value.join("=")]));
}

/** The surface lies in a frame of the desk's page, where a browser takes and sends only cookies of this kind. */
const IN_A_FRAME = ["SameSite=None", "Secure", "Partitioned"];

const OF_THE_ADDRESS = /^(samesite|secure|partitioned|domain)\b/i;

/**
 * A product's `Set-Cookie` line for its surface: as in DingTalk's client or a browser's tab, where the page is not
 * inside another site's. `Domain` would name the product's own host, which the page is not on.
 */
export function cookieInFrame(line: string): string {
  const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
  const kept = attributes.filter((attribute) => !OF_THE_ADDRESS.test(attribute));
  return [pair, ...kept, ...IN_A_FRAME].join("; ");
}

/** Forgets a cookie that `cookieInFrame` let in. */
export const expiredCookie = (name: string): string => cookieInFrame(`${name}=; Path=/; Max-Age=0`);
