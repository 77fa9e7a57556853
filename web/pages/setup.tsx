import { observer } from "mobx-react-lite";
import { useLayoutEffect, useState } from "react";
import { useApp } from "../app-context";
import { Banner } from "../components/banner";
import { EntryFrame } from "../components/sign-in/entry-frame";
import { Form, type FormField } from "../components/form";
import type { Words } from "../text/words";

/** The token of `/setup#token`; it leaves the address bar and the history as soon as it is read. */
function useSetupToken(): string | null {
  const [token] = useState(() => (location.pathname === "/setup" ? location.hash.slice(1) : "") || null);
  useLayoutEffect(() => {
    if (location.hash) history.replaceState(null, "", location.pathname);
  }, []);
  return token;
}

function ownerFields(words: Words): FormField<"name" | "login" | "password">[] {
  return [
    { name: "name", label: words.name, autoComplete: "name", missing: words.nameMissing },
    { name: "login", label: words.login, autoComplete: "username", missing: words.loginMissing },
    {
      name: "password",
      label: words.password,
      autoComplete: "new-password",
      secret: true,
      minLength: 10,
      missing: words.passwordShort,
    },
  ];
}

/** The first administrator of a new instance. Without the one-time link there is only the way to it. */
export const SetupPage = observer(function SetupPage() {
  const { session, words } = useApp();
  const token = useSetupToken();
  return (
    <EntryFrame title={words.setUp} hint={words.setUpHint}>
      {token ? (
        <Form
          fields={ownerFields(words)}
          error={session.error}
          busy={session.busy}
          action={words.create}
          submit={(fields) => void session.createOwner({ token, ...fields })}
        />
      ) : (
        <Banner kind="info" title={words.setUpNoLink} />
      )}
    </EntryFrame>
  );
});
