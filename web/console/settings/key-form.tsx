import { Button, Form, Input, Typography } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import { saveAppKey, type AppKeyInput } from "../../../client/api/enterprise";
import { useApp } from "../../app-context";
import { useDoing } from "../say";
import { useSettingsWords } from "../text/settings";
import { useShellWords } from "../text/shell";
import type { FormProps } from "./form-props";

/** Replaces the internal app's keys. */
export const KeyForm = observer(function KeyForm({ enterpriseId, settings, saved }: FormProps) {
  const { call } = useApp();
  const words = useSettingsWords();
  const shell = useShellWords();
  const doing = useDoing();
  const [form] = Form.useForm<AppKeyInput>();
  const [busy, setBusy] = useState(false);
  const save = async (fields: AppKeyInput): Promise<void> => {
    setBusy(true);
    const done = await doing(async () => saved(await saveAppKey(call, enterpriseId, fields)), shell.saved);
    setBusy(false);
    if (done) form.resetFields(["clientSecret"]);
  };
  const { clientId, agentId, miniAppId } = settings;
  return (
    <Form<AppKeyInput>
      form={form}
      layout="vertical"
      className="console-form"
      initialValues={{ clientId: clientId ?? "", agentId: agentId ?? "", miniAppId: miniAppId ?? "" }}
      onFinish={(fields) => void save(fields)}
    >
      <Typography.Paragraph type="secondary">{words.keyHint}</Typography.Paragraph>
      <Form.Item name="clientId" label={words.clientId} rules={[{ required: true, whitespace: true }]}>
        <Input autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item name="clientSecret" label={words.clientSecret} rules={[{ required: true, whitespace: true }]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item name="miniAppId" label={words.miniAppId}>
        <Input autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item name="agentId" label={words.agentId}>
        <Input autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {words.saveKey}
      </Button>
    </Form>
  );
});
