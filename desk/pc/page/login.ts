import { LOGIN_PREFIX } from "../surface";
import { navigation } from "./navigation";
import type { PageSettings } from "./settings";

/**
 * DingTalk's sign-in page opens in the desk's browser, not in the one that shows the desk: its way back must end where
 * the cookies of the way there are.
 */
export function leadToLogin({ login }: PageSettings): void {
  navigation?.addEventListener("navigate", (event) => {
    const { url } = event.destination;
    if (!url.startsWith(`${login}/`)) return;
    event.preventDefault();
    location.assign(LOGIN_PREFIX + url.slice(login.length));
  });
}
