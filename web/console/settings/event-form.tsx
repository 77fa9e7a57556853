import { Button, Form, Input, Radio, Typography } from "antd";
import { observer } from "mobx-react-lite";
import { formatMoment } from "../../../core/report/format";
import { saveEvents } from "../../../client/api/enterprise";
import { useApp } from "../../app-context";
import { useDoing } from "../say";
import { useSettingsWords } from "../text/settings";
import { useShellWords } from "../text/shell";
import type { FormProps } from "./form-props";

interface Fields {
  mode: "none" | "http" | "stream";
  token?: string;
  aesKey?: string;
}

/** How DingTalk tells us what changed. */
export const EventForm = observer(function EventForm({ enterpriseId, settings, saved }: FormProps) {
  const { call, language } = useApp();
  const words = useSettingsWords();
  const shell = useShellWords();
  const doing = useDoing();
  const [form] = Form.useForm<Fields>();
  const mode = Form.useWatch("mode", form) ?? settings.eventMode;
  const save = async ({ mode: chosen, token = "", aesKey = "" }: Fields): Promise<void> => {
    const keys = token !== "" || aesKey !== "" ? { keys: { token, aesKey } } : {};
    const body = { mode: chosen, ...keys };
    if (await doing(async () => saved(await saveEvents(call, enterpriseId, body)), shell.saved)) {
      form.resetFields(["token", "aesKey"]);
    }
  };
  const stored = settings.eventKeys ? words.keysStored : "";
  const when = settings.lastEventAt;
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      className="console-form"
      initialValues={{ mode: settings.eventMode }}
      onFinish={(fields) => void save(fields)}
    >
      <Typography.Paragraph type="secondary">
        {words.eventHint} {when ? words.lastEvent(formatMoment(when, Date.now(), language.current)) : words.noEvent}
      </Typography.Paragraph>
      <Form.Item name="mode" label={words.mode}>
        <Radio.Group
          options={(["none", "http", "stream"] as const).map((value) => ({ value, label: words.modes[value] }))}
        />
      </Form.Item>
      {mode === "http" && (
        <>
          <Form.Item label={words.eventUrl}>
            <Typography.Text copyable code>
              {settings.eventUrl}
            </Typography.Text>
          </Form.Item>
          <Form.Item name="token" label={words.token} rules={[{ pattern: /^\s*[A-Za-z0-9]{3,63}\s*$/ }]}>
            <Input autoComplete="off" spellCheck={false} placeholder={stored} />
          </Form.Item>
          <Form.Item name="aesKey" label={words.aesKey} rules={[{ pattern: /^\s*[A-Za-z0-9]{43}\s*$/ }]}>
            <Input.Password autoComplete="new-password" placeholder={stored} />
          </Form.Item>
        </>
      )}
      <Button type="primary" htmlType="submit">
        {shell.save}
      </Button>
    </Form>
  );
});
