import type { Json, JsonObject } from "../../protocol";
import type { Client, Handlers } from "../client";
import { element } from "../element";
import { ClientFailure } from "../failure";
import { dialogButtons } from "../overlay";

/** What the browser's own picker is called for each format that DingTalk takes. */
const INPUT: Record<string, string> = {
  "yyyy-MM-dd": "date",
  "HH:mm": "time",
  "yyyy-MM-dd HH:mm": "datetime-local",
  "yyyy-MM": "month",
  yyyy: "number",
};
const CANCELLED = 11;

/** Date pickers. https://open.dingtalk.com/document/development/dd-datepicker */
export function dateCalls(client: Client): Handlers {
  async function choose(type: string, given: { value: string; min: string; max: string }): Promise<string> {
    const { overlay, words } = client;
    const input = element("input", "");
    Object.assign(input, { type, ...given });
    const chosen = await overlay.dialog<string>(
      "prompt",
      (answer) => [
        element("div", "words", [element("h2", "", words.chooseDate), input]),
        dialogButtons(
          answer,
          { label: words.cancel, className: "cancel", value: () => "" },
          { label: words.ok, className: "main", value: () => input.value },
        ),
      ],
      null,
    );
    if (chosen === "") throw new ClientFailure({ error: CANCELLED, errorMessage: "The person cancelled." });
    return chosen;
  }

  return {
    datePicker: async (args) => {
      const type = INPUT[String(args["format"] ?? "yyyy-MM-dd")] ?? "date";
      const value = inputText(args["currentDate"]) || inputText(localTime(new Date())).slice(0, lengthOf(type));
      const limits = { min: inputText(args["startDate"]), max: inputText(args["endDate"]) };
      return { date: (await choose(type, { value, ...limits })).replace("T", " ") };
    },
    chooseDateTime: async (args) => {
      const value = inputText(localTime(new Date(Number(args["default"]) || Date.now())));
      const chosen = new Date(await choose("datetime-local", { value, min: "", max: "" }));
      return { chosen: chosen.getTime(), timezone: -chosen.getTimezoneOffset() / 60 };
    },
  };
}

/** DingTalk writes a space where the browser's picker has a T. */
const inputText = (value: Json | undefined): string => (typeof value === "string" ? value.replace(" ", "T") : "");

const lengthOf = (type: string): number => ({ date: 10, month: 7, number: 4 })[type] ?? 16;

function localTime(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16).replace("T", " ");
}

/** The argument of a JSAPI date picker in the mini program's words. */
export const dateArguments = ({ format, value, currentDate }: JsonObject): JsonObject => ({
  format: format ?? "yyyy-MM-dd",
  currentDate: currentDate ?? value ?? "",
});
