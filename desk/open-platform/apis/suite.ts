import { createHmac } from "node:crypto";
import { type OpenApi, type OpenCall, textOf, type World } from "../gateway/api";
import { apiError, apiOk, plainError, plainOk } from "../gateway/dialect";
import type { Answer, JsonFields } from "../gateway/exchange";
import { TOKEN_SECONDS } from "../token";
import type { Install, Suite } from "../suite/suite";
import { authInfoApi, authInfoPlain } from "../suite/auth-info";

const api = { method: "POST", dialect: "api", counted: false, access: "open" } as const;
const plain = { method: "POST", dialect: "oapi", counted: false, access: "open" } as const;
const SKEW_MS = 60_000;

/** A token for one organisation that activated the suite: a new one each time. https://open.dingtalk.com/document/development/obtain-the-access-token-of-the-authorized-enterprise-1 */
export const corpAccessToken: OpenApi = {
  ...api,
  path: "/v1.0/oauth2/corpAccessToken",
  appKey: ({ input }) => textOf(input, "suiteKey"),
  corpId: ({ input }) => textOf(input, "authCorpId"),
  run({ input }, world) {
    const suite = world.directory.suite(textOf(input, "suiteKey") ?? "");
    if (!suite) return apiError(400, "invalidSuiteKey", "suitekey不合法");
    const fault = secretFault(suite, input["suiteSecret"], input["suiteTicket"]);
    if (fault) return fault;
    const corpId = textOf(input, "authCorpId") ?? "";
    if (!suite.installs.has(corpId)) return apiError(400, "invalidAuthInfo", "授权关系不存在");
    return apiOk({ accessToken: corpToken(world, suite, corpId), expireIn: TOKEN_SECONDS });
  },
};

/** The suite's own token. https://open.dingtalk.com/document/development/obtains-the-suite-acess-token-of-third-party-enterprise-applications */
export const suiteAccessToken: OpenApi = {
  ...api,
  path: "/v1.0/oauth2/suiteAccessToken",
  appKey: ({ input }) => textOf(input, "suiteKey"),
  run({ input }, world) {
    const suite = world.directory.suite(textOf(input, "suiteKey") ?? "");
    if (!suite) return badSecret();
    const fault = secretFault(suite, input["suiteSecret"], input["suiteTicket"]);
    return fault ?? apiOk({ accessToken: suiteToken(world, suite), expireIn: TOKEN_SECONDS });
  },
};

/** The organisation behind a CorpId, by the suite's token. https://open.dingtalk.com/document/development/obtains-the-basic-information-of-an-enterprise */
export const appAuthInfo: OpenApi = {
  ...api,
  method: "GET",
  path: "/v1.0/oauth2/apps/authInfo",
  appKey: () => null,
  run({ query, token }, world) {
    const suite = suiteOfToken(world, token);
    if (!suite) return apiError(400, "InvalidAuthentication", "不合法的access_token");
    const organisation = world.directory.organisation(query.get("authCorpId") ?? "");
    if (!organisation) return apiError(400, "invalidCorpId", "无效的corpId");
    if (organisation.dissolved) return apiError(400, "orgNotExist", "企业已解散");
    const install = suite.installs.get(organisation.corpId);
    if (!install) return apiError(400, "orgNotAuthApp", "企业未授权开通应用");
    return apiOk(authInfoApi(suite, organisation, install));
  },
};

/** The old way to the suite's token. https://open.dingtalk.com/document/development/obtain-application-suite-ticket */
export const getSuiteToken: OpenApi = {
  ...plain,
  path: "/service/get_suite_token",
  appKey: ({ input }) => textOf(input, "suite_key"),
  run({ input }, world) {
    const suite = world.directory.suite(textOf(input, "suite_key") ?? "");
    if (!suite) return plainError(40090, "套件已经不存在");
    if (suite.suiteSecret !== input["suite_secret"]) return plainError(40082, "不合法的suite_secret");
    if (suite.ticket !== input["suite_ticket"]) return plainError(40085, "不合法的suite_ticket");
    return plainOk({ suite_access_token: suiteToken(world, suite), expires_in: TOKEN_SECONDS });
  },
};

/** A signed call for one organisation's token. https://open.dingtalk.com/document/development/obtain-isvapp-token */
export const getCorpToken: OpenApi = {
  ...plain,
  ...signedBy("/service/get_corp_token"),
  run: (call, world) =>
    answerSigned(call, world, (suite, { corpId }) =>
      plainOk({ access_token: corpToken(world, suite, corpId), expires_in: TOKEN_SECONDS }),
    ),
};

/** A signed call for what an organisation has authorised. https://open.dingtalk.com/document/development/obtains-the-basic-information-of-an-enterprise */
export const getAuthInfo: OpenApi = {
  ...plain,
  ...signedBy("/service/get_auth_info"),
  run: (call, world) =>
    answerSigned(call, world, (suite, { corpId, install }) => {
      const organisation = world.directory.organisation(corpId);
      if (!organisation || organisation.dissolved) return plainError(70001, "企业不存在或者已经被解散");
      return plainOk(authInfoPlain(suite, organisation, install));
    }),
};

/** A signed call for the app in an organisation. https://open.dingtalk.com/document/development/obtains-application-information-of-an-enterprise */
export const getAgent: OpenApi = {
  ...plain,
  ...signedBy("/service/get_agent"),
  run: (call, world) =>
    answerSigned(call, world, (suite, { install }) => {
      if (String(call.input["agentid"]) !== String(install.agentId))
        return plainError(70004, "企业下没有对应该agentid的微应用");
      const { agentId, name, stopped } = install;
      return plainOk({ agentid: agentId, name, logo_url: "", description: suite.name, close: stopped ? 0 : 1 });
    }),
};

/** The lasting code for a temporary one, which is good once. https://open.dingtalk.com/document/development/obtain-a-permanent-authorization-code */
export const getPermanentCode: OpenApi = {
  ...plain,
  path: "/service/get_permanent_code",
  appKey: () => null,
  run({ input, query }, world) {
    const suite = suiteOfToken(world, query.get("suite_access_token"));
    if (!suite) return plainError(40014, "不合法的access_token");
    const code = textOf(input, "tmp_auth_code") ?? "";
    const corpId = suite.temporaryCodes.get(code);
    const install = corpId === undefined ? undefined : suite.installs.get(corpId);
    const organisation = world.directory.organisation(corpId ?? "");
    if (!install || !organisation) return plainError(40078, "不存在的临时授权码");
    suite.temporaryCodes.delete(code);
    const auth_corp_info = { corpid: organisation.corpId, corp_name: organisation.name };
    return plainOk({ permanent_code: install.permanentCode, auth_corp_info, ch_permanent_code: "" });
  },
};

/** The old end of an activation. https://open.dingtalk.com/document/development/activate-suite */
export const activateSuite: OpenApi = {
  ...plain,
  path: "/service/activate_suite",
  appKey: () => null,
  run({ input, query }, world) {
    const suite = suiteOfToken(world, query.get("suite_access_token"));
    if (!suite || suite.suiteKey !== input["suite_key"]) return plainError(40014, "不合法的access_token");
    const install = suite.installs.get(textOf(input, "auth_corpid") ?? "");
    if (!install || install.permanentCode !== input["permanent_code"]) return plainError(40087, "不合法的永久授权码");
    return plainOk({});
  },
};

const badSecret = () => apiError(400, "invalidClientIdOrSecret", "无效的clientId或者clientSecret");

function secretFault(suite: Suite, secret: unknown, ticket: unknown): Answer | null {
  // Not documented for corpAccessToken what a wrong secret is told; as for suiteAccessToken.
  if (suite.suiteSecret !== secret) return badSecret();
  return suite.ticket === ticket ? null : apiError(400, "invalidSuiteTicket", "suiteTicket无效");
}

function corpToken({ tokens }: World, { suiteKey }: Suite, corpId: string): string {
  return tokens.issue({ kind: "app", appKey: suiteKey, corpId });
}

function suiteToken({ tokens }: World, { suiteKey }: Suite): string {
  return tokens.issue({ kind: "suite", appKey: suiteKey, corpId: "" });
}

function suiteOfToken({ tokens, directory }: World, token: string | null): Suite | null {
  const state = tokens.look(token ?? "");
  return state.state === "good" && state.owner.kind === "suite" ? directory.suite(state.owner.appKey) : null;
}

function signedBy(path: string): Pick<OpenApi, "path" | "appKey" | "corpId"> {
  return {
    path,
    appKey: ({ query }) => query.get("accessKey"),
    corpId: ({ input }) => textOf(input, "auth_corpid"),
  };
}

type Signed = { corpId: string; install: Install };

/** Runs a signed call for an organisation that activated the suite. */
function answerSigned(call: OpenCall, world: World, run: (suite: Suite, signed: Signed) => JsonAnswer): Answer {
  const checked = checkSignature(call, world);
  if ("error" in checked) return checked;
  const corpId = textOf(call.input, "auth_corpid") ?? "";
  const install = checked.installs.get(corpId);
  return install ? run(checked, { corpId, install }) : plainError(40084, "授权关系不存在");
}

type JsonAnswer = Answer & { body: JsonFields };

/** https://open.dingtalk.com/document/development/the-signature-calculation-method-of-the-third-party-access-interface */
function checkSignature({ query }: OpenCall, { directory, clock }: World): Suite | Answer {
  const timestamp = query.get("timestamp") ?? "";
  const suite = directory.suite(query.get("accessKey") ?? "");
  if (!/^\d{13}$/.test(timestamp)) return plainError(853001, "timestamp参数格式不正确，必须是当前时间的毫秒数");
  if (Math.abs(clock.now() - Number(timestamp)) > SKEW_MS)
    return plainError(853002, "timestamp参数不合法，该参数值与钉钉服务器当前时间相差超过1分钟");
  if (!suite) return plainError(853003, "accessKey参数不合法，必须是钉钉开放平台存在的appId");
  const ticket = query.get("suiteTicket") ?? "";
  if (ticket !== suite.ticket) return plainError(853005, "签名中套件ticket参数无效");
  const expected = createHmac("sha256", suite.suiteSecret).update(`${timestamp}\n${ticket}`).digest("base64");
  if (query.get("signature") === expected) return suite;
  return plainError(853004, "signature参数不正确，与钉钉服务端计算出来的签名不一致，注意该参数传递时必须urlEncode");
}
