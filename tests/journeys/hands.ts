import type { Locator } from "playwright-core";

/** How long a press may take to have its effect before it is tried again, and how often. */
const PATIENCE_MS = 3_000;
const TRIES = 10;

/** A person's hands at the computer and on the phone: what they press, type, and tap is counted. */
export class Hands {
  clicks = 0;
  fields = 0;
  taps = 0;

  /** Presses until what should follow is there: a dialog that still grows can be pressed beside its button. */
  async press(target: Locator, follows?: Locator): Promise<void> {
    this.clicks += 1;
    if (!follows) return target.click();
    for (let turn = 0; turn < TRIES; turn += 1) {
      await target.click({ timeout: PATIENCE_MS }).catch(() => undefined);
      if (await isThere(follows)) return;
    }
    throw new Error(`Pressing ${String(target)} does nothing.`);
  }

  async type(target: Locator, text: string): Promise<void> {
    this.fields += 1;
    await target.fill(text);
  }

  async tap(tapping: Promise<void>): Promise<void> {
    this.taps += 1;
    await tapping;
  }
}

async function isThere(target: Locator): Promise<boolean> {
  return target.waitFor({ timeout: PATIENCE_MS }).then(
    () => true,
    () => false,
  );
}
