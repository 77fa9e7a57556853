import type { Words } from "../../text/words";
import type { FormField } from "../form";

/** What a local account is asked for, wherever it signs in or is bound. */
export function accountFields(words: Words): FormField<"login" | "password">[] {
  return [
    { name: "login", label: words.login, autoComplete: "username", missing: words.loginMissing },
    {
      name: "password",
      label: words.password,
      autoComplete: "current-password",
      secret: true,
      missing: words.passwordMissing,
    },
  ];
}
