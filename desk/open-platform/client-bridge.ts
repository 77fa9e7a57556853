import type { BridgeReply, ClientBridge, Who } from "../runtime/bridge";
import type { JsonObject } from "../runtime/protocol";
import { mayOpen } from "./contacts/scope";
import { checkConfig } from "./jsapi-config";
import type { OpenPlatform } from "./platform";

type Answer = (platform: OpenPlatform, args: JsonObject, who: Who | null) => BridgeReply;

const ANSWERS: Record<string, Answer> = {
  // `getAuthCode` and `requestAuthCode` both reach the client under this name.
  "runtime.permission.requestAuthCode": (platform, args, who) => requestAuthCode(platform, args["corpId"], who),
  "runtime.permission.requestAuthCodeV2": requestAuthCodeV2,
  "runtime.info": () => ({ ok: true, value: { ability: "0.0.6" } }),
  config: checkConfig,
};

const failed = (value: JsonObject): BridgeReply => ({ ok: false, value });

/** What a client on phone or PC gets from DingTalk: auth codes for whoever holds it, and a word on a signature. */
export function createClientBridge(platform: OpenPlatform): ClientBridge {
  return {
    async call(name, args, who) {
      await Promise.resolve();
      const answer = Object.hasOwn(ANSWERS, name) ? ANSWERS[name] : undefined;
      if (!answer) return failed({ error: 1, errorMessage: `The desk's DingTalk has no ${name}.` });
      return answer(platform, args, who);
    },
    corpId: (who) => (who === null ? null : (platform.directory.person(who)?.organisation.corpId ?? null)),
  };
}

/**
 * A code for one organisation: only for its own members, and only where it has the app, lets it run and shows it to them.
 * https://open.dingtalk.com/document/development/jsapi-get-auth-code
 */
function requestAuthCode(platform: OpenPlatform, corpId: unknown, who: Who | null): BridgeReply {
  if (typeof corpId !== "string" || corpId === "") return failed({ error: 3, errorMessage: "corpId is required" });
  const person = who === null ? null : platform.directory.person(who);
  const app = platform.directory.workbenchApp(corpId);
  const isMember = person?.organisation.corpId === corpId;
  if (!person || !app || !isMember || app.stopped || !mayOpen(person.organisation, app, person.member))
    return failed({ error: 1002, errorMessage: "企业无此微应用" });
  const grant = { kind: "jsapi", corpId, userid: person.member.userid, appKey: app.appKey, withCorp: false } as const;
  return { ok: true, value: { code: platform.codes.mint(grant).code } };
}

/** The same for an app that is named: `dd.requestAuthCode({ corpId, clientId })`. */
function requestAuthCodeV2(platform: OpenPlatform, { corpId, clientId }: JsonObject, who: Who | null): BridgeReply {
  const app = platform.directory.workbenchApp(String(corpId ?? ""));
  if (app && clientId !== app.appKey) return failed({ error: 3, errorMessage: "clientId is not this app's" });
  return requestAuthCode(platform, corpId, who);
}
