import type { Organisation } from "../contacts/organisation";
import type { JsonFields } from "../gateway/exchange";
import type { Install, Suite } from "./suite";

/** What an organisation has authorised, in the new dialect's names. https://open.dingtalk.com/document/development/obtains-the-basic-information-of-an-enterprise */
export function authInfoApi(suite: Suite, organisation: Organisation, install: Install): JsonFields {
  const { agentId, name, authUser } = install;
  return {
    authAppInfo: { agentList: [{ agentId, agentName: name, appId: suite.appId, adminList: [authUser] }] },
    authCorpInfo: {
      corpName: organisation.name,
      industry: "",
      authLevel: organisation.authLevel,
      inviteUrl: "",
      corpLogoUrl: "",
    },
    authUserInfo: { userId: authUser },
  };
}

/** The same in the old dialect's names. */
export function authInfoPlain(suite: Suite, organisation: Organisation, install: Install): JsonFields {
  return {
    auth_user_info: { userId: install.authUser },
    auth_corp_info: {
      corp_type: 0,
      corpid: organisation.corpId,
      auth_level: organisation.authLevel,
      industry: "",
      full_corp_name: organisation.licenseName,
      corp_name: organisation.name,
      invite_url: "",
      is_authenticated: organisation.authLevel > 0,
      corp_logo_url: "",
    },
    channel_auth_info: { channelAgent: [] },
    auth_info: { agent: [agentOf(suite, install)] },
    auth_market_info: {},
  };
}

/** `org_suite_auth` and `org_suite_change` as SyncHTTP carries them. https://open.dingtalk.com/document/development/event-org-suite-auth */
export function authEventSync(suite: Suite, organisation: Organisation, install: Install): JsonFields {
  const { auth_user_info, auth_corp_info, auth_info } = authInfoPlain(suite, organisation, install);
  return {
    ...(auth_user_info !== undefined && { auth_user_info }),
    ...(auth_corp_info !== undefined && { auth_corp_info }),
    ...(auth_info !== undefined && { auth_info }),
    auth_scope: {
      errcode: 0,
      errmsg: "ok",
      auth_user_field: ["jobnumber", "name", "userid"],
      auth_org_scopes: { authed_dept: install.contactScope, authed_user: install.contactUsers ?? [] },
    },
    permanent_code: install.permanentCode,
  };
}

/** The same as Stream carries them: names in camel case. */
export function authEventStream(suite: Suite, organisation: Organisation, install: Install): JsonFields {
  const { corpId, name, licenseName, authLevel } = organisation;
  const { agentId, authUser, contactScope, contactUsers, permanentCode } = install;
  return {
    authCorpInfo: {
      corpid: corpId,
      corpType: 0,
      corpTypeV2: 0,
      fullCorpName: licenseName,
      corpName: name,
      industry: "",
      isAuthenticated: authLevel > 0,
      authLevel,
      inviteUrl: "",
      corpLogoUrl: "",
    },
    permanentCode,
    authUserInfo: { userId: authUser },
    authScope: {
      errcode: 0,
      errmsg: "ok",
      authUserField: ["jobnumber", "name", "userid"],
      authOrgScopes: { authedDept: contactScope, authedUser: contactUsers ?? [] },
    },
    authInfo: {
      agent: [{ agentid: agentId, adminList: [authUser], appid: suite.appId, agentName: install.name, logoUrl: "" }],
    },
  };
}

const agentOf = ({ appId }: Suite, { agentId, name, authUser }: Install): JsonFields => ({
  agentid: agentId,
  agent_name: name,
  logo_url: "",
  appid: appId,
  admin_list: [authUser],
});
