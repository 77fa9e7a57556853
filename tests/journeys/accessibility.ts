import axe from "axe-core";
import type { Frame, Page } from "playwright-core";

/** What axe-core finds wrong on a page as it stands, whatever its weight: `serious color-contrast: .selector`. */
export async function faultsOn(page: Page | Frame): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run: typeof axe.run } }).axe.run(document, { resultTypes: ["violations"] }),
  );
  return violations.map(({ id, impact, nodes }) => {
    const places = nodes.map(({ target }) => target.join(" "));
    return `${impact ?? "minor"} ${id}: ${places.join(", ")}`;
  });
}

/** The faults of a page in light and in dark. */
export async function faultsInBothThemes(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    faults.push(...(await faultsAtRest(page)).map((fault) => `${colorScheme}: ${fault}`));
  }
  return faults;
}

const ATTEMPTS = 8;
const PAUSE_MS = 250;

/** A colour on its way from one theme to the other is not what people read: asks again until the page has come to rest. */
async function faultsAtRest(page: Page): Promise<string[]> {
  let faults = await faultsOn(page);
  for (let attempt = 1; faults.length > 0 && attempt < ATTEMPTS; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    faults = await faultsOn(page);
  }
  return faults;
}
