/** Where this page is open. Of DingTalk's clients only the user agent tells before their script is there. */
export interface Environment {
  insideDingTalk: boolean;
  /** A computer, inside DingTalk or not; false on phones inside DingTalk. */
  pc: boolean;
  /** Inside a mini program's `web-view`. */
  webView: boolean;
}

/**
 * Reads a user agent: phones say `AliApp(DingTalk/7.8.1)`, Windows and macOS `DingTalk(7.8.10-Release…)`, a mini program's
 * web-view `dd-web`. https://open.dingtalk.com/document/development/read-before-development
 */
export function environmentOf(userAgent: string): Environment {
  const insideDingTalk = /DingTalk/i.test(userAgent);
  return {
    insideDingTalk,
    pc: insideDingTalk ? !/AliApp\(DingTalk\//.test(userAgent) : !/Android|iPhone|iPad|Mobile/.test(userAgent),
    webView: insideDingTalk && /dd-web/i.test(userAgent),
  };
}
