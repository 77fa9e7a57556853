import { Button, Form, Input } from "antd";
import { observer } from "mobx-react-lite";
import type { NotBoundDetail } from "../../core/contract/error";
import type { PcStartStore } from "../../client/stores/pc-start";
import { useApp } from "../app-context";
import { EntryFrame } from "./entry-frame";
import { FormError } from "./form-error";
import { FormTheme } from "./form-theme";

interface Fields {
  login: string;
  password: string;
}

/** Binds the DingTalk member who opened the page to a local account. */
export const BindForm = observer(function BindForm({ store, detail }: { store: PcStartStore; detail: NotBoundDetail }) {
  const { texts, words, language } = useApp();
  const names = detail.administrators.join(language.current === "zh-CN" ? "、" : ", ");
  return (
    <FormTheme>
      <EntryFrame title={texts.bind.title} hint={texts.bind.intro(detail.memberName, detail.enterpriseName)}>
        <Form<Fields>
          layout="vertical"
          requiredMark={false}
          onFinish={({ login, password }) => void store.bind(login, password)}
        >
          <Form.Item
            name="login"
            label={words.login}
            rules={[{ required: true, whitespace: true, message: words.loginMissing }]}
          >
            <Input autoComplete="username" autoFocus />
          </Form.Item>
          <Form.Item
            name="password"
            label={words.password}
            rules={[{ required: true, message: words.passwordMissing }]}
          >
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <FormError error={store.error} />
          <Button type="primary" htmlType="submit" block loading={store.busy}>
            {store.busy ? texts.bind.sending : texts.bind.submit}
          </Button>
        </Form>
        {names && <p className="quiet bind-ask">{texts.bind.ask(names)}</p>}
      </EntryFrame>
    </FormTheme>
  );
});
