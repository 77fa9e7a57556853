/** Changes travel between nodes by notification: within a second, says the rule. */
export async function withinASecond(check: () => Promise<boolean>): Promise<boolean> {
  return within(1_000, check);
}

/** Whether it comes true in time. */
export async function within(ms: number, check: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + ms;
  while (Date.now() < deadline) if (await check()) return true;
  return false;
}
