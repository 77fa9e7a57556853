import { observer } from "mobx-react-lite";
import type { ErrorText } from "../../client/text/texts";
import { useApp } from "../app-context";
import { DingTalkSignIn } from "../components/sign-in/dingtalk";
import { Banner } from "../components/banner";
import { EntryFrame } from "../components/sign-in/entry-frame";
import { Form } from "../components/form";
import { accountFields } from "../components/sign-in/account-fields";

/** Sign-in with a local account; the address stays, so that the wanted page follows. `notice`: why it is asked for. */
export const SignInPage = observer(function SignInPage({
  notice,
  submit,
}: {
  notice?: ErrorText;
  submit?: (login: string, password: string) => void;
}) {
  const { session, words, texts, door } = useApp();
  const signIn = submit ?? ((login: string, password: string) => void session.signIn(login, password));
  const { state } = session;
  const told = notice ?? (state.kind === "signedOut" && state.ended ? texts.errors.session_ended : null);
  return (
    <EntryFrame title={words.signIn} hint={words.signInHint}>
      {told && <Banner kind="warning" {...told} />}
      <Form
        fields={accountFields(words)}
        error={session.error}
        busy={session.busy}
        action={words.signIn}
        submit={({ login, password }) => signIn(login, password)}
      />
      {door.open && (
        <button type="button" className="button entry-other" onClick={() => door.enter()}>
          {texts.signIn.signIn}
        </button>
      )}
      <DingTalkSignIn />
    </EntryFrame>
  );
});
