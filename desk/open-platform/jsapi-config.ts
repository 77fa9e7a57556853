import { createHash, timingSafeEqual } from "node:crypto";
import type { BridgeReply } from "../runtime/bridge";
import type { JsonObject } from "../runtime/protocol";
import type { OpenPlatform } from "./platform";

const refused = (error: number, errorMessage: string): BridgeReply => ({
  ok: false,
  value: { error, errorCode: String(error), errorMessage },
});

/**
 * `dd.config` on a web page: right only with the app's ticket over exactly this address.
 * https://open.dingtalk.com/document/development/jsapi-authentication
 */
export function checkConfig({ directory, tokens }: OpenPlatform, args: JsonObject): BridgeReply {
  const { corpId, agentId, timeStamp, nonceStr, signature, url } = args;
  const app = directory.workbenchApp(String(corpId ?? ""));
  if (!app || String(agentId) !== String(app.agentId)) return refused(52019, "agentId 无效");
  const ticket = tokens.ticketOf(app.appKey);
  if (ticket === null) return refused(52011, "获取 jsapi ticket 失败");
  const plain = `jsapi_ticket=${ticket}&noncestr=${String(nonceStr)}&timestamp=${String(timeStamp)}&url=${plainUrl(url)}`;
  const expected = createHash("sha256").update(plain).digest();
  const given = Buffer.from(typeof signature === "string" ? signature : "", "hex");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return refused(52013, "签名校验失败");
  return { ok: true, value: {} };
}

/** The query is signed as text, without percent signs. */
function plainUrl(url: JsonObject[string] | undefined): string {
  const [path = "", ...query] = String(url ?? "").split("?");
  const text = query.join("?");
  try {
    return query.length > 0 ? `${path}?${decodeURIComponent(text)}` : path;
  } catch {
    return `${path}?${text}`;
  }
}
