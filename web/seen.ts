function seen(): boolean {
  const prerendering = "prerendering" in document && document.prerendering === true;
  return document.visibilityState === "visible" && !prerendering;
}

/** Resolves as soon as a person can see the page: at once, or when a preview or a tab in the background comes to the front. */
export function whenSeen(): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!seen()) return;
      document.removeEventListener("visibilitychange", look);
      document.removeEventListener("prerenderingchange", look);
      resolve();
    };
    document.addEventListener("visibilitychange", look);
    document.addEventListener("prerenderingchange", look);
    look();
  });
}
