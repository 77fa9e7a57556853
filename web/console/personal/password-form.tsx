import { Button, Form, Input } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import { changePassword } from "../../../client/api/personal";
import { useApp } from "../../app-context";
import { useDoing } from "../say";
import { usePersonalWords } from "../text/personal";

interface Fields {
  current: string;
  next: string;
}

/** Changes the password of the local account. */
export const PasswordForm = observer(function PasswordForm() {
  const { call } = useApp();
  const words = usePersonalWords();
  const doing = useDoing();
  const [form] = Form.useForm<Fields>();
  const [busy, setBusy] = useState(false);
  const submit = async (fields: Fields): Promise<void> => {
    setBusy(true);
    const done = await doing(() => changePassword(call, fields), words.changed);
    setBusy(false);
    if (done) form.resetFields();
  };
  return (
    <Form<Fields> form={form} layout="vertical" className="console-form" onFinish={(fields) => void submit(fields)}>
      <Form.Item name="current" label={words.currentPassword} rules={[{ required: true }]}>
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="next"
        label={words.nextPassword}
        extra={words.passwordHint}
        rules={[{ required: true, min: 10 }]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {words.change}
      </Button>
    </Form>
  );
});
