import { Card, Flex } from "antd";
import { observer } from "mobx-react-lite";
import type { Me } from "../../../core/contract/session/session";
import { ConsolePage } from "../page";
import { usePersonalWords } from "../text/personal";
import { useShellWords } from "../text/shell";
import { Bindings } from "./bindings";
import { Devices } from "./devices";
import { PasswordForm } from "./password-form";

/** Personal Settings: the DingTalk account, the devices, the password. */
export const PersonalPage = observer(function PersonalPage({ me }: { me: Me }) {
  const shell = useShellWords();
  const words = usePersonalWords();
  const titled = (text: string) => <h2 className="console-tile-name">{text}</h2>;
  return (
    <ConsolePage title={shell.personal} intro={`${me.user.name} · ${me.user.login}`}>
      <Flex vertical gap={16}>
        <Card title={titled(words.dingtalk)}>
          <Bindings />
        </Card>
        <Card title={titled(words.devices)}>
          <Devices />
        </Card>
        <Card title={titled(words.password)}>
          <PasswordForm />
        </Card>
      </Flex>
    </ConsolePage>
  );
});
