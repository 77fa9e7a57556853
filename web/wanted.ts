import { wantedPage } from "../client/stores/session/wanted-page";

const KEY = "dingboard.wanted";

/** The page that is wanted, for as long as this tab is away at DingTalk's sign-in page. Kept where only we can write. */
export const wanted = {
  keep(page: string): void {
    try {
      sessionStorage.setItem(KEY, page);
    } catch {
      // Without storage the way back ends at home.
    }
  },
  read(): string {
    try {
      return wantedPage(sessionStorage.getItem(KEY));
    } catch {
      return "/";
    }
  },
};
