import { ApiError } from "../../client/api/error";

/** DingTalk's answer where the enterprise has not added this app. https://open.dingtalk.com/document/development/jsapi-get-auth-code */
const APP_NOT_ADDED = 1002;

/** An auth code for the person who holds the phone: five minutes, one use. */
export function getAuthCode(corpId: string): Promise<string> {
  return new Promise((resolve, reject) => {
    dd.getAuthCode({
      corpId,
      success: ({ authCode }) => resolve(authCode),
      fail: ({ error, errorMessage }) => {
        const code = error === APP_NOT_ADDED ? "corp_not_authorised" : "auth_code_failed";
        reject(new ApiError(code, `getAuthCode: ${String(error)} ${errorMessage ?? ""}`));
      },
    });
  });
}

function named(query: Record<string, string> | undefined): string | undefined {
  return query?.["corpId"] ?? query?.["corpid"];
}

/** The enterprise the app was opened for: from the launch's query, else the client, else the build. */
export function corpIdOf(launch: DingTalk.LaunchOptions): string | null {
  return named(launch.query) || dd.corpId || __CORP_ID__ || null;
}
