import type { Api } from "./api";
import * as department from "../apis/department";
import { contactUser, getbyunionid, getuserinfo, userGet } from "../apis/member";
import * as members from "../apis/member-list";
import { authInfos, authScopes } from "../apis/organisation";
import { openConnection } from "../apis/stream";
import * as suites from "../apis/suite";
import { accessToken, gettoken, jsapiTicket, unifiedToken, userAccessToken } from "../apis/token";

/** Every API there is. Whatever is not here is unknown to this DingTalk. */
export const CATALOGUE: readonly Api[] = [
  accessToken,
  openConnection,
  ...Object.values(suites),
  userAccessToken,
  unifiedToken,
  gettoken,
  jsapiTicket,
  getuserinfo,
  userGet,
  getbyunionid,
  authInfos,
  authScopes,
  contactUser,
  ...Object.values(members),
  department.departmentListSub,
  department.departmentListSubId,
  department.departmentGet,
  department.departmentParents,
  department.departmentParentsOfUser,
];

const compiled = CATALOGUE.map((api) => ({
  api,
  pattern: new RegExp(`^${api.path.replaceAll(".", "\\.").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`),
}));

/** The API at that path (and, in the new dialect, method) with the changing parts of the path. */
export function findApi(method: string, path: string): { api: Api; params: Record<string, string> } | null {
  for (const { api, pattern } of compiled) {
    const match = pattern.exec(path);
    if (match && (api.dialect === "oapi" || api.method === method)) return { api, params: { ...match.groups } };
  }
  return null;
}
