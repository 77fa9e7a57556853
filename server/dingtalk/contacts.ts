import { z } from "zod";
import type { Call } from "./http";

/** Ids are texts; some gateways print those that look like numbers as numbers. */
const TextId = z.union([z.string().min(1), z.number().transform(String)]);

/** Null for what cannot be kept exactly (beyond 2^53) and for directories that are no department (negative ids). */
const DepartmentId = z
  .union([z.number(), z.string()])
  .transform((id) => (Number.isSafeInteger(Number(id)) && Number(id) >= 1 ? Number(id) : null));

const OldDepartment = z.object({ dept_id: DepartmentId, name: z.string(), parent_id: DepartmentId.nullish() });

/** A member as DingTalk lists them. Absent fields stand for empty ones, or for points that are not granted. */
export const ContactFields = z
  .object({
    userid: TextId,
    unionid: z.string().optional(),
    name: z.string(),
    avatar: z.string().optional(),
    title: z.string().optional(),
    mobile: z.string().optional(),
    email: z.string().optional(),
    org_email: z.string().optional(),
    job_number: z.string().optional(),
    admin: z.boolean().default(false),
    dept_id_list: z.array(DepartmentId).default([]),
  })
  .transform((user) => ({
    userid: user.userid,
    unionId: textOr(user.unionid),
    name: user.name,
    avatar: textOr(user.avatar),
    title: textOr(user.title),
    mobile: textOr(user.mobile),
    email: textOr(user.email) ?? textOr(user.org_email),
    jobNumber: textOr(user.job_number),
    admin: user.admin,
    departmentIds: user.dept_id_list.filter((id) => id !== null),
  }));

/** A contact as DingTalk describes it. */
export type Contact = z.output<typeof ContactFields>;

function textOr(text: string | undefined): string | null {
  return text === undefined || text === "" ? null : text;
}

export interface ListedDepartment {
  /** Null where it cannot be kept. */
  id: number | null;
  name: string;
}

const contacts = { host: "oapi", method: "POST", repeatable: true, counted: false } as const;

/** The departments directly below one. https://open.dingtalk.com/document/development/user-management-acquires-the-list-departments */
export function listSub(token: string, departmentId: number) {
  return {
    ...contacts,
    name: "department/listsub",
    path: "/topapi/v2/department/listsub",
    accessToken: token,
    body: { dept_id: departmentId, language: "zh_CN" },
    reply: z
      .object({ result: z.array(OldDepartment) })
      .transform(({ result }): ListedDepartment[] => result.map(({ dept_id: id, name }) => ({ id, name }))),
  } satisfies Call<z.ZodType>;
}

/** One department. https://open.dingtalk.com/document/development/query-department-details0-v2 */
export function getDepartment(token: string, departmentId: number) {
  return {
    ...contacts,
    name: "department/get",
    path: "/topapi/v2/department/get",
    accessToken: token,
    body: { dept_id: departmentId, language: "zh_CN" },
    reply: z
      .object({ result: OldDepartment })
      .transform(({ result }) => ({ name: result.name, parentId: result.parent_id ?? null })),
  } satisfies Call<z.ZodType>;
}

/** What one page holds at most. */
const PAGE = 100;

/**
 * The members directly in a department, page by page; `next` is null at the end.
 * https://open.dingtalk.com/document/development/queries-the-complete-information-of-a-department-user
 */
export function listMembers(token: string, departmentId: number, cursor: number) {
  return {
    ...contacts,
    name: "user/list",
    path: "/topapi/v2/user/list",
    accessToken: token,
    body: { dept_id: departmentId, cursor, size: PAGE, language: "zh_CN" },
    reply: z
      .object({
        result: z
          .object({
            has_more: z.boolean(),
            next_cursor: z.number().optional(),
            list: z.array(ContactFields).default([]),
          })
          // A page that says there is more but not where, or leads back, would be taken for the whole.
          .refine((page) => !page.has_more || (page.next_cursor !== undefined && page.next_cursor > cursor)),
      })
      .transform(({ result }) => ({
        members: result.list,
        next: result.has_more ? (result.next_cursor ?? null) : null,
      })),
  } satisfies Call<z.ZodType>;
}

/**
 * Which departments and people the app may read. Not on the list of exempt calls, so it is counted.
 * https://open.dingtalk.com/document/development/obtain-corpsuite-authorization-scope
 */
export function authScopes(token: string) {
  return {
    name: "auth/scopes",
    host: "oapi",
    method: "GET",
    path: "/auth/scopes",
    accessToken: token,
    reply: z
      .object({
        auth_org_scopes: z.object({
          authed_dept: z.array(DepartmentId).default([]),
          authed_user: z.array(TextId).default([]),
        }),
      })
      .transform(({ auth_org_scopes: scopes }) => ({
        departmentIds: scopes.authed_dept.filter((id) => id !== null),
        userids: scopes.authed_user,
      })),
    repeatable: true,
    counted: true,
  } satisfies Call<z.ZodType>;
}
