import type { MiniProgram } from "./product";

type Page = NonNullable<Awaited<ReturnType<MiniProgram["currentPage"]>>>;

const DEADLINE_MS = 20_000;
const PAUSE_MS = 50;
const CHANGING = /is no longer on the page\.$|^No (page|dialog) is open\.$/;

/** The page on top. */
export async function pageOf(phone: MiniProgram): Promise<Page> {
  const page = await phone.currentPage();
  if (!page) throw new Error("No page is open.");
  return page;
}

/**
 * Reads or taps again where the page drew itself anew between finding an element and asking it: people see one screen,
 * the automator sees two moments.
 */
async function whileItChanges<T>(run: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    try {
      return await run();
    } catch (error) {
      const changing = error instanceof Error && CHANGING.test(error.message);
      if (!changing || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/** The texts of all elements that match, in order. */
export function allTexts(phone: MiniProgram, selector: string): Promise<string[]> {
  return whileItChanges(async () => {
    const elements = (await (await pageOf(phone)).$$(selector)) as { text(): Promise<string> }[];
    return Promise.all(elements.map(async (element) => (await element.text()).trim()));
  });
}

/** The text of the first element that matches. */
export async function textOf(phone: MiniProgram, selector: string): Promise<string> {
  return (await allTexts(phone, selector))[0] ?? "";
}

/** Waits until an element that matches has that text; fails with what is there instead. */
export async function waitForText(phone: MiniProgram, selector: string, text: string): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  let seen: string[] = [];
  while (Date.now() < deadline) {
    seen = await allTexts(phone, selector);
    if (seen.includes(text)) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`No ${selector} reads "${text}". There are: ${JSON.stringify(seen)}`);
}

/** Taps the element that has that text, once it is there. */
export async function tapText(phone: MiniProgram, selector: string, text: string): Promise<void> {
  await waitForText(phone, selector, text);
  await whileItChanges(async () => {
    const page = await pageOf(phone);
    const elements = (await page.$$(selector)) as { text(): Promise<string>; tap(): Promise<void> }[];
    for (const element of elements) {
      if ((await element.text()).trim() === text) return element.tap();
    }
    throw new Error(`The ${selector} "${text}" is no longer on the page.`);
  });
}

/** Says yes to the client's dialog, once it is open. */
export function confirmDialog(phone: MiniProgram): Promise<void> {
  return whileItChanges(() => phone.native().confirmModal());
}

/** Taps the first element that matches, once it is there. */
export async function tapFirst(phone: MiniProgram, selector: string): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  let texts: string[] = [];
  while (texts.length === 0 && Date.now() < deadline) texts = await allTexts(phone, selector);
  await tapText(phone, selector, texts[0] ?? "");
}

/** Types into an input element. The package's types do not say that inputs are more than elements. */
export async function typeInto(phone: MiniProgram, selector: string, text: string): Promise<void> {
  const element = await (await pageOf(phone)).$(selector);
  if (!element || !("input" in element)) throw new Error(`There is no input ${selector}.`);
  await (element as typeof element & { input(value: string): Promise<void> }).input(text);
}

/** Waits for an attribute such as `data-code` of an element to have a value. */
export async function waitForAttribute(
  phone: MiniProgram,
  selector: string,
  name: string,
  value: string,
): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  let seen = "";
  while (Date.now() < deadline) {
    const element = await (await pageOf(phone)).$(selector);
    seen = element ? await element.attribute(name).catch(() => "") : "";
    if (seen === value) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`No ${selector} has ${name}="${value}"; the last one read "${seen}".`);
}
