import { Alert, Button, Form, Input } from "antd";
import { observer } from "mobx-react-lite";
import type { ErrorText } from "../../client/text/text";
import { useApp } from "../app-context";
import { EntryFrame } from "../components/entry-frame";
import { FormError } from "../components/form-error";

interface Fields {
  login: string;
  password: string;
}

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
  return (
    <EntryFrame title={words.signIn} hint={words.signInHint}>
      {notice && (
        <Alert
          type="warning"
          showIcon
          role="status"
          title={notice.title}
          description={notice.advice}
          className="form-error"
        />
      )}
      <Form<Fields> layout="vertical" requiredMark={false} onFinish={({ login, password }) => signIn(login, password)}>
        <Form.Item
          name="login"
          label={words.login}
          rules={[{ required: true, whitespace: true, message: words.loginMissing }]}
        >
          <Input autoComplete="username" autoFocus />
        </Form.Item>
        <Form.Item name="password" label={words.password} rules={[{ required: true, message: words.passwordMissing }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <FormError error={session.error} />
        <Button type="primary" htmlType="submit" block loading={session.busy}>
          {words.signIn}
        </Button>
      </Form>
      {door.open && (
        <Button block className="sign-in-other" onClick={() => door.enter()}>
          {texts.signIn.signIn}
        </Button>
      )}
    </EntryFrame>
  );
});
