import { Alert, Button, Form, Input } from "antd";
import { observer } from "mobx-react-lite";
import { useEffect, useState } from "react";
import { useApp } from "../app-context";
import { EntryFrame } from "../components/entry-frame";
import { FormError } from "../components/form-error";

interface Fields {
  name: string;
  login: string;
  password: string;
}

/** The token of `/setup#token`; it leaves the address bar and the history as soon as it is read. */
function useSetupToken(): string | null {
  const [token] = useState(() => (location.pathname === "/setup" ? location.hash.slice(1) : "") || null);
  useEffect(() => {
    if (location.hash) history.replaceState(null, "", location.pathname);
  }, []);
  return token;
}

/** The first administrator of a new instance. Without the one-time link there is only the way to it. */
export const SetupPage = observer(function SetupPage() {
  const { session, words } = useApp();
  const token = useSetupToken();
  if (!token) {
    return (
      <EntryFrame title={words.setUp} hint={words.setUpHint}>
        <Alert type="info" showIcon title={words.setUpNoLink} />
      </EntryFrame>
    );
  }
  const required = (message: string): [{ required: true; whitespace: true; message: string }] => [
    { required: true, whitespace: true, message },
  ];
  return (
    <EntryFrame title={words.setUp} hint={words.setUpHint}>
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        onFinish={(fields) => void session.createOwner({ token, ...fields })}
      >
        <Form.Item name="name" label={words.name} rules={required(words.nameMissing)}>
          <Input autoComplete="name" autoFocus />
        </Form.Item>
        <Form.Item name="login" label={words.login} rules={required(words.loginMissing)}>
          <Input autoComplete="username" />
        </Form.Item>
        <Form.Item
          name="password"
          label={words.password}
          rules={[{ required: true, min: 10, message: words.passwordShort }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <FormError error={session.error} />
        <Button type="primary" htmlType="submit" block loading={session.busy}>
          {words.create}
        </Button>
      </Form>
    </EntryFrame>
  );
});
