import { Button, Form, Input } from "antd";
import { observer } from "mobx-react-lite";
import { useApp } from "../app-context";
import { EntryFrame } from "../components/entry-frame";
import { FormError } from "../components/form-error";

interface Fields {
  login: string;
  password: string;
}

/** Sign-in with a local account. */
export const SignInPage = observer(function SignInPage() {
  const { session, words } = useApp();
  return (
    <EntryFrame title={words.signIn} hint={words.signInHint}>
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        onFinish={({ login, password }) => void session.signIn(login, password)}
      >
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
    </EntryFrame>
  );
});
