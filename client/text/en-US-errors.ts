import type { Texts } from "./texts";

/** What a person reads of each failure. */
export const enUSErrors: Texts["errors"] = {
  input_invalid: { title: "Something in the input is wrong", advice: "Check what you entered and try again." },
  weak_password: { title: "The password is too weak", advice: "Choose one of at least 10 characters." },
  signed_out: { title: "You are signed out", advice: "Sign in again." },
  auth_code_spent: { title: "The DingTalk code has expired", advice: "Try again: we ask DingTalk for a new one." },
  session_ended: { title: "Your session has ended", advice: "Sign in again." },
  wrong_credentials: {
    title: "Wrong account or password",
    advice: "Check both; if you forgot the password, ask an administrator.",
  },
  bind_ticket_spent: { title: "Binding has expired", advice: "Go back, sign in again and bind within 5 minutes." },
  sign_in_expired: {
    title: "This sign-in has expired",
    advice: "It works once, for 10 minutes, in the browser where it began. Sign in again.",
  },
  consent_refused: {
    title: "DingTalk did not sign you in",
    advice: "Scan again and agree on the phone, or sign in with your account.",
  },
  not_a_member: {
    title: "You are not a member of this enterprise",
    advice: "Choose the enterprise to which your DingTalk belongs, or ask its administrator to add you.",
  },
  origin_refused: {
    title: "The request's origin is not allowed",
    advice: "Open the app from DingTalk's Workbench again.",
  },
  forbidden: { title: "You may not do this", advice: "Ask an administrator for access." },
  corp_not_authorised: {
    title: "Your enterprise is not authorised",
    advice: "Ask your enterprise's administrator to authorise this app.",
  },
  authorisation_revoked: {
    title: "The authorisation was revoked",
    advice: "Ask your enterprise's administrator to restore it.",
  },
  not_bound: { title: "No account bound yet", advice: "Bind your report account, or ask an administrator." },
  user_disabled: { title: "Your account is disabled", advice: "Ask an administrator to enable it." },
  not_found: { title: "Not found", advice: "It may have been moved or deleted. Go back." },
  report_not_found: {
    title: "This report cannot be opened",
    advice: "It was deleted or is not shared with you. Ask its owner.",
  },
  dataset_not_found: { title: "The dataset is gone", advice: "Ask the report's editor to check the dataset." },
  method_not_allowed: { title: "Not supported", advice: "Update the app and try again." },
  already_bound: { title: "Already bound", advice: "Go back and sign in again." },
  bound_elsewhere: {
    title: "Bound to another member",
    advice: "Use another account, or ask an administrator to release it.",
  },
  name_taken: { title: "This name is taken", advice: "Choose another one." },
  data_source_not_found: {
    title: "This data source does not exist",
    advice: "It may have been removed. Go back to the list.",
  },
  dataset_invalid: { title: "The dataset's model has errors", advice: "Mend the marked lines, then save again." },
  dataset_in_use: { title: "Reports still use this dataset", advice: "Change or remove those reports first." },
  dataset_changed: {
    title: "Somebody else has just saved this dataset",
    advice: "Compare with their revision, then decide which one to keep.",
  },
  folder_not_empty: { title: "The folder is not empty", advice: "Move what is in it first, trashed reports too." },
  draft_base_gone: { title: "The draft has moved on", advice: "Your changes are kept. Load it again to merge them." },
  draft_changed: { title: "Somebody else has just saved the draft", advice: "Look at their changes, then go on." },
  report_unpublished: { title: "Nothing is published yet", advice: "If it is not needed, move it to the trash." },
  superseded: { title: "A later request took its place", advice: "Wait for the latest result." },
  file_unreadable: { title: "The file cannot be read", advice: "It was changed or moved. Choose it again." },
  file_empty: { title: "The file is empty", advice: "Check what is in it, export it again and upload it." },
  file_is_workbook: {
    title: "This is an Excel workbook, not a CSV file",
    advice: "In Excel choose Save As, CSV UTF-8 (comma delimited), and upload that.",
  },
  file_unknown: {
    title: "This is neither a CSV nor a Parquet file",
    advice: "Choose a text file separated by commas, semicolons, tabs or bars, or a Parquet file.",
  },
  file_damaged: { title: "The Parquet file is incomplete or damaged", advice: "Export it again and upload that." },
  file_encoding: {
    title: "The text's encoding is not known",
    advice: "Try another encoding, or save the file as CSV UTF-8 (comma delimited) in Excel and upload that.",
  },
  cell_too_large: {
    title: "A row is longer than 2 MB",
    advice: "A cell is too large, or a quotation mark is never closed. Mend it and upload the file again.",
  },
  file_not_found: { title: "There is no such file", advice: "It may have been removed. Load the list again." },
  upload_not_found: {
    title: "This upload is gone",
    advice: "Uploads without progress are removed after a day. Choose the file again.",
  },
  file_in_use: { title: "Datasets are still read from this file", advice: "Let them use another file first." },
  file_taken: { title: "There is a file of this name", advice: "Choose another name, or replace the file." },
  file_outside: {
    title: "This folder is not the enterprise's",
    advice: "The operator has linked it to another place. Choose another folder.",
  },
  upload_offset: { title: "The upload is elsewhere", advice: "Try again: it goes on from what the server has." },
  upload_not_ready: { title: "The file is not ready", advice: "Wait until it has arrived and been read." },
  rows_do_not_fit: {
    title: "Some rows do not fit the columns' types",
    advice: "Change the types, or agree to leave these rows out.",
  },
  days_undecided: {
    title: "Is it the day or the month that comes first?",
    advice: "Both fit. Choose one for each column that asks, then import.",
  },
  file_too_large: { title: "The file is too large", advice: "Split it, or ask the operator for a higher limit." },
  disk_full: {
    title: "The server's disk is full",
    advice: "What has arrived is not lost. Ask the operator to make room, then try again.",
  },
  data_source_in_use: {
    title: "Datasets or extracts are read from this data source",
    advice: "Point them to another one first, or remove the extracts.",
  },
  extract_not_found: {
    title: "This extract does not exist",
    advice: "It may have been removed. Go back to the list.",
  },
  extract_in_use: { title: "Datasets read this extract", advice: "Point them to another source first." },
  password_needed: { title: "The password is needed again", advice: "Enter it: the server or the user has changed." },
  login_taken: { title: "This account name is taken", advice: "Choose another one." },
  already_authorised: {
    title: "This enterprise is authorised already",
    advice: "There is nothing to do. To change its key, open its settings.",
  },
  preview_outdated: { title: "Things have changed meanwhile", advice: "Look at the preview again, then apply it." },
  last_administrator: {
    title: "Somebody must remain administrator",
    advice: "Make another user administrator first.",
  },
  bind_link_spent: {
    title: "This binding code has expired",
    advice: "It works once, for 5 minutes. Refresh the code on the computer and scan it again.",
  },
  app_ids_missing: {
    title: "Binding by QR code is not set up",
    advice:
      "An administrator enters MiniAppId and AgentId in the mini program settings (third-party app: the operator sets them on the server). Opening the mini program in DingTalk binds too.",
  },
  enterprise_limit: {
    title: "No more enterprises can be authorised",
    advice: "Revoke one that is no longer used, then try again.",
  },
  hand_off_other_user: {
    title: "Somebody else is signed in here",
    advice: "Keep that account, or change over to yours.",
  },
  hand_off_spent: {
    title: "This link no longer works",
    advice: "It works once, for 60 seconds. Open it again from DingTalk, or sign in here.",
  },
  setup_closed: { title: "Set-up is complete", advice: "Sign in instead." },
  body_too_large: { title: "Too much was sent", advice: "Send less and try again." },
  too_many_attempts: { title: "Too many attempts", advice: "To protect the account, try again later." },
  internal: { title: "Something went wrong", advice: "Try again; if it stays, tell an administrator." },
  dingtalk_failed: { title: "DingTalk does not answer", advice: "Try again in a moment." },
  dingtalk_misconfigured: {
    title: "The DingTalk app is misconfigured",
    advice: "An administrator should check keys, permissions and the IP list.",
  },
  dingtalk_busy: { title: "DingTalk is busy", advice: "Wait a moment and try again." },
  dingtalk_quota_spent: {
    title: "This month's DingTalk quota is spent",
    advice: "An administrator can raise it; else wait for next month.",
  },
  unavailable: { title: "The service is unavailable", advice: "Try again in a moment." },
  query_failed: { title: "The query failed", advice: "Pull to refresh; if it stays, tell the report's editor." },
  query_timeout: { title: "The query took too long", advice: "There is much data: pull to refresh in a while." },
  timeout: { title: "It took too long", advice: "Check the network and try again." },
  offline: { title: "No network", advice: "Check the connection and try again." },
  domain_not_listed: {
    title: "The server's domain is not trusted",
    advice: "An administrator adds it to the HTTP trusted domains in DingTalk's console and publishes again.",
  },
  bad_reply: {
    title: "An unknown reply arrived",
    advice: "Try again; if it stays, an administrator should check the server's address.",
  },
  corp_unknown: { title: "Your enterprise is unknown", advice: "Open the app from DingTalk's Workbench." },
  auth_code_failed: {
    title: "DingTalk gave no sign-in code",
    advice: "Make sure your enterprise has added this app, then try again.",
  },
};
