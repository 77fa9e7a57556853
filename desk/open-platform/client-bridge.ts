import type { BridgeReply, ClientBridge, Who } from "../runtime/bridge";
import type { JsonObject } from "../runtime/protocol";
import type { OpenPlatform } from "./platform";

/** Both names of the call for an auth code reach the client under this one. */
const REQUEST_AUTH_CODE = "runtime.permission.requestAuthCode";

const failed = (value: JsonObject): BridgeReply => ({ ok: false, value });

/** What the phone's client gets from DingTalk: auth codes for whoever holds the phone. */
export function createClientBridge(platform: OpenPlatform): ClientBridge {
  return {
    async call(name, args, who) {
      await Promise.resolve();
      if (name !== REQUEST_AUTH_CODE) return failed({ error: 1, errorMessage: `The desk's DingTalk has no ${name}.` });
      return requestAuthCode(platform, args["corpId"], who);
    },
    corpId: (who) => (who === null ? null : (platform.directory.person(who)?.organisation.corpId ?? null)),
  };
}

/**
 * A code for one organisation: only for its own members, and only where it has the app.
 * https://open.dingtalk.com/document/development/jsapi-get-auth-code
 */
function requestAuthCode(platform: OpenPlatform, corpId: unknown, who: Who | null): BridgeReply {
  if (typeof corpId !== "string" || corpId === "") return failed({ error: 3, errorMessage: "corpId is required" });
  const person = who === null ? null : platform.directory.person(who);
  const app = platform.directory.organisation(corpId)?.app;
  if (!person || !app || person.organisation.corpId !== corpId)
    return failed({ error: 1002, errorMessage: "企业无此微应用" });
  const grant = { kind: "jsapi", corpId, userid: person.member.userid, appKey: app.appKey, withCorp: false } as const;
  return { ok: true, value: { code: platform.codes.mint(grant).code } };
}
