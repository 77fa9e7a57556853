const IOS =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 26_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/23E246 AliApp(DingTalk/7.8.1) com.laiwang.DingTalk/46766536 Channel/201200";
const ANDROID =
  "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.127 Mobile Safari/537.36 AliApp(DingTalk/7.8.1) com.alibaba.android.rimet/46766536 Channel/700159";
const WINDOWS =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.125 Safari/537.36 dingtalk-win/1.0.0 nw(0.14.7) DingTalk(7.8.10-Release.250724002) Mojo/1.0.0 Native AppType(release) Channel/201200 Architecture/x86_64";

/** What DingTalk's client of that platform (`iOS`, `Android`, `Windows`) calls itself, in requests and in `navigator`. */
export function userAgent(platform: string, language: string): string {
  if (platform === "Windows") return WINDOWS;
  const tongue = platform === "Android" ? language : language.replace("zh-CN", "zh-Hans-CN");
  return `${platform === "Android" ? ANDROID : IOS} language/${tongue}`;
}
