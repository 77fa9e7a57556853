import { start } from "./parts";

App({
  onLaunch(options: DingTalk.LaunchOptions) {
    start(options);
  },
});
