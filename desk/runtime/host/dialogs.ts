import type { Json, JsonObject } from "../protocol";
import { button, element } from "./element";
import { dialogButtons, type Overlay } from "./overlay";
import type { Words } from "./words";

const text = (value: Json | undefined, otherwise = ""): string =>
  value === undefined || value === null || value === "" ? otherwise : String(value);

const heading = (title: string, content: string): HTMLElement[] => [
  ...(title ? [element("h2", "", title)] : []),
  ...(content ? [element("p", "", content)] : []),
];

/** `dd.alert`. https://open.dingtalk.com/document/development/dd-alert */
export async function alert(overlay: Overlay, words: Words, args: JsonObject): Promise<Json> {
  const label = text(args["buttonText"], words.ok);
  await overlay.dialog<true>(
    "alert",
    (answer) => [
      element("div", "words", heading(text(args["title"]), text(args["content"] ?? args["message"]))),
      dialogButtons(answer, { label, className: "main", value: () => true as const }),
    ],
    null,
  );
  return {};
}

/** `dd.confirm`: `{confirm}`. https://open.dingtalk.com/document/development/dd-confirm */
export async function confirm(overlay: Overlay, words: Words, args: JsonObject): Promise<{ confirm: boolean }> {
  const yes = text(args["confirmButtonText"], words.ok);
  const no = text(args["cancelButtonText"], words.cancel);
  const confirmed = await overlay.dialog<boolean>(
    "confirm",
    (answer) => [
      element("div", "words", heading(text(args["title"]), text(args["content"] ?? args["message"]))),
      dialogButtons(
        answer,
        { label: no, className: "cancel", value: () => false },
        { label: yes, className: "main", value: () => true },
      ),
    ],
    null,
  );
  return { confirm: confirmed };
}

/** `dd.prompt`: `{ok, inputValue}`. https://open.dingtalk.com/document/development/dd-prompt */
export async function prompt(
  overlay: Overlay,
  words: Words,
  args: JsonObject,
): Promise<{ ok: boolean; inputValue: string }> {
  const input = element("input", "");
  input.placeholder = text(args["placeholder"]);
  input.value = text(args["defaultText"]);
  const yes = text(args["okButtonText"], words.ok);
  const no = text(args["cancelButtonText"], words.cancel);
  const ok = await overlay.dialog<boolean>(
    "prompt",
    (answer) => [
      element("div", "words", [...heading(text(args["title"]), text(args["message"])), input]),
      dialogButtons(
        answer,
        { label: no, className: "cancel", value: () => false },
        { label: yes, className: "main", value: () => true },
      ),
    ],
    null,
  );
  return { ok, inputValue: ok ? input.value : "" };
}

/** `dd.showActionSheet`: `{index}`, -1 for cancel. https://open.dingtalk.com/document/development/dd-showactionsheet */
export async function actionSheet(overlay: Overlay, words: Words, args: JsonObject): Promise<{ index: number }> {
  const items = Array.isArray(args["items"]) ? args["items"] : [];
  const danger = typeof args["destructiveBtnIndex"] === "number" ? args["destructiveBtnIndex"] : -1;
  const index = await overlay.dialog<number>(
    "sheet",
    (answer) => [
      element("div", "choices", [
        ...(text(args["title"]) ? [element("h3", "", text(args["title"]))] : []),
        ...items.map((item, at) => button(at === danger ? "choice danger" : "choice", text(item), () => answer(at))),
      ]),
      button("choice cancel", text(args["cancelButtonText"], words.cancel), () => answer(-1)),
    ],
    -1,
  );
  return { index };
}

/** Where a link would lead: DingTalk's web page is not ours to show, so its address is. */
export async function linkSheet(overlay: Overlay, words: Words, url: string): Promise<void> {
  const open = (answer: (value: true) => void): HTMLElement => {
    const link = element("a", "choice main", words.openInBrowser);
    link.href = url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.addEventListener("click", () => answer(true));
    return link;
  };
  await overlay.dialog<true>(
    "sheet",
    (answer) => [
      element("div", "choices", [
        element("h3", "", words.openLinkTitle),
        element("div", "address", url),
        element("p", "hint", words.openLinkHint),
        open(answer),
      ]),
      button("choice cancel", words.close, () => answer(true)),
    ],
    true,
  );
}

/** What the person would share, and where: resolves true when shared. */
export async function shareSheet(overlay: Overlay, words: Words, title: string, description: string): Promise<boolean> {
  return overlay.dialog<boolean>(
    "sheet",
    (answer) => [
      element("div", "choices", [
        element("h3", "", words.shareTitle),
        element("div", "card", [element("strong", "", title), element("span", "", description)]),
        button("choice main", words.shareChat, () => answer(true)),
      ]),
      button("choice cancel", words.cancel, () => answer(false)),
    ],
    false,
  );
}

/** `dd.previewImage`: pictures on black, one at a time. https://open.dingtalk.com/document/development/dd-previewimage */
export async function previewImage(overlay: Overlay, words: Words, urls: string[], first: number): Promise<void> {
  let at = Math.min(Math.max(first, 0), Math.max(urls.length - 1, 0));
  const image = element("img", "");
  const count = element("span", "count");
  const show = (): void => {
    image.src = urls[at] ?? "";
    count.textContent = urls.length > 1 ? `${at + 1} / ${urls.length}` : "";
  };
  show();
  const step = (by: number): void => {
    at = (at + by + urls.length) % urls.length;
    show();
  };
  await overlay.dialog<true>(
    "preview",
    (answer) => [
      image,
      count,
      ...(urls.length > 1 ? [button("previous", "‹", () => step(-1)), button("next", "›", () => step(1))] : []),
      button("cancel main", words.close, () => answer(true)),
    ],
    true,
  );
}
