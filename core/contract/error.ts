import { z } from "zod";
import { DatasetProblem } from "./dataset/edit";

/** Every failure a client is told about, with its HTTP status. Clients read the code; people read a text made from it. */
export const ERRORS = {
  input_invalid: 400,
  /** A dataset's text has errors; `problems` lists them. */
  dataset_invalid: 400,
  weak_password: 400,
  /** What an uploaded file can be besides a CSV or Parquet file: nothing, an Excel workbook, anything. */
  file_empty: 400,
  file_is_workbook: 400,
  file_unknown: 400,
  /** A Parquet file that is cut off or broken inside. */
  file_damaged: 400,
  /** Neither UTF-8 nor UTF-16 nor GB18030, or not the one that was chosen. */
  file_encoding: 400,
  /** One row is longer than 2 MB: a huge cell, or a quotation mark that nobody closes. */
  cell_too_large: 400,
  signed_out: 401,
  auth_code_spent: 401,
  session_ended: 401,
  wrong_credentials: 401,
  bind_ticket_spent: 401,
  /** A visit to DingTalk's sign-in page that is over 10 minutes old, came back before, or began in another browser. */
  sign_in_expired: 401,
  origin_refused: 403,
  forbidden: 403,
  corp_not_authorised: 403,
  authorisation_revoked: 403,
  not_bound: 403,
  /** DingTalk's sign-in page came back without a person: refused, or failed there. */
  consent_refused: 403,
  /** Signed in at DingTalk, but not as a member of the chosen enterprise. */
  not_a_member: 403,
  user_disabled: 403,
  not_found: 404,
  report_not_found: 404,
  dataset_not_found: 404,
  data_source_not_found: 404,
  file_not_found: 404,
  upload_not_found: 404,
  extract_not_found: 404,
  method_not_allowed: 405,
  already_bound: 409,
  bound_elsewhere: 409,
  login_taken: 409,
  name_taken: 409,
  data_source_in_use: 409,
  dataset_in_use: 409,
  /** Somebody else saved it meanwhile: look at their revision first. */
  dataset_changed: 409,
  folder_not_empty: 409,
  /** What a draft was made from is no longer known: merge it into the present draft, and save that. */
  draft_base_gone: 409,
  /** Somebody saved the draft meanwhile: look at it first. */
  draft_changed: 409,
  /** Nothing of the report is published yet. */
  report_unpublished: 409,
  /** A later request of the same client took its place. */
  superseded: 409,
  file_in_use: 409,
  /** There is a file of that name; send it again with `replace` to put this one in its place. */
  file_taken: 409,
  /** The operator has linked the name's folder to a place outside of the enterprise's: nothing is written there. */
  file_outside: 409,
  /** A part that does not begin where the last one ended: ask how far the upload is. */
  upload_offset: 409,
  /** Not all has arrived, or it is still being read. */
  upload_not_ready: 409,
  /** Rows do not fit; send it again with `leaveOut` to import the others. */
  rows_do_not_fit: 409,
  /** Days and months can be told in either order: choose one, then import. */
  days_undecided: 409,
  extract_in_use: 409,
  /** A stored password goes to no other server than the one that it was given for. */
  password_needed: 409,
  enterprise_limit: 409,
  already_authorised: 409,
  /** What a preview showed is no longer so: look at it again. */
  preview_outdated: 409,
  /** DingTalk's ids of the mini program are not stored: no link can open it. */
  app_ids_missing: 409,
  /** Nobody would be left to administer. */
  last_administrator: 409,
  /** Another person is signed in where the ticket was opened; send it again with `replace` to change over. */
  hand_off_other_user: 409,
  setup_closed: 410,
  /** A hand-off ticket that was used, is older than 60 s, or whose session has ended. */
  hand_off_spent: 410,
  bind_link_spent: 410,
  body_too_large: 413,
  file_too_large: 413,
  too_many_attempts: 429,
  internal: 500,
  dingtalk_failed: 502,
  dingtalk_misconfigured: 502,
  dingtalk_busy: 503,
  dingtalk_quota_spent: 503,
  unavailable: 503,
  query_failed: 500,
  query_timeout: 504,
  timeout: 504,
  disk_full: 507,
} as const;

export type ErrorCode = keyof typeof ERRORS;

export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

/** What `not_bound` tells besides its code, so that the person can bind right there or knows whom to ask. */
export const NotBoundDetail = z.object({
  bindTicket: z.string(),
  memberName: z.string(),
  enterpriseName: z.string(),
  /** Names of people who can bind the account for this member. */
  administrators: z.array(z.string()),
});
export type NotBoundDetail = z.infer<typeof NotBoundDetail>;

/** The one shape of a failed answer. With `x-envelope: 1` it arrives with HTTP 200 (DingTalk drops bodies of failed requests). */
export const ErrorBody = z.object({
  error: z.object({
    code: z.enum(ERROR_CODES),
    message: z.string(),
    requestId: z.string(),
    /** Only with `not_bound`. */
    notBound: NotBoundDetail.optional(),
    /** Only with `too_many_attempts` and `dingtalk_busy`: seconds to wait. */
    retryAfter: z.number().int().optional(),
    /** Only where a dataset's text is refused. */
    problems: z.array(DatasetProblem).optional(),
  }),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
