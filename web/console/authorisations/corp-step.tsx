import { Alert, Button, Collapse, Flex, Form, Input, Select } from "antd";
import { observer } from "mobx-react-lite";
import type { Edition } from "../../../core/contract/enterprise/enterprise";
import type { AuthoriseFields, AuthoriseStore } from "../../../client/stores/enterprise/authorise";
import { ErrorAlert } from "../page";
import { ProblemAlert } from "../problem-alert";
import { useAuthorisationWords } from "../text/authorisation";
import { useShellWords } from "../text/shell";

const EDITIONS: Edition[] = ["standard", "professional", "exclusive"];

type TextField = Exclude<keyof AuthoriseFields, "kind" | "edition">;

/** Enter CorpId and the app's keys, verify them with DingTalk, authorise. */
export const CorpStep = observer(function CorpStep({ store }: { store: AuthoriseStore }) {
  const words = useAuthorisationWords();
  const shell = useShellWords();
  const internal = store.fields.kind === "internal_app";
  return (
    <Form layout="vertical" onFinish={() => void store.verify()}>
      <Field
        store={store}
        name="corpId"
        label={words.corpId}
        hint={words.corpIdHint}
        placeholder="ding0123456789abcdef"
      />
      {internal && (
        <>
          <Field store={store} name="clientId" label={words.clientId} hint={words.clientHint} />
          <Field store={store} name="clientSecret" label={words.clientSecret} secret />
          <Field store={store} name="miniAppId" label={words.miniAppId} hint={words.miniAppHint} />
          <Field store={store} name="agentId" label={words.agentId} hint={words.agentHint} />
        </>
      )}
      <EditionChoice store={store} />
      {internal && <EventKeys store={store} />}
      <Answer store={store} />
      <Flex justify="space-between" gap={8} wrap className="console-foot">
        <Button onClick={() => store.go("activate")}>{shell.back}</Button>
        <Flex gap={8}>
          <Button htmlType="submit" loading={store.busy === "verify"} disabled={!store.complete}>
            {words.verify}
          </Button>
          <Button
            type="primary"
            disabled={!store.mayAuthorise}
            loading={store.busy === "authorise"}
            onClick={() => void store.authorise()}
          >
            {words.authorise}
          </Button>
        </Flex>
      </Flex>
    </Form>
  );
});

const Field = observer(function Field({
  store,
  name,
  label,
  hint,
  secret = false,
  placeholder,
}: {
  store: AuthoriseStore;
  name: TextField;
  label: string;
  hint?: string;
  secret?: boolean;
  placeholder?: string;
}) {
  const Box = secret ? Input.Password : Input;
  const id = `authorise-${name}`;
  return (
    <Form.Item label={label} htmlFor={id} extra={hint}>
      <Box
        id={id}
        value={store.fields[name]}
        autoComplete={secret ? "new-password" : "off"}
        spellCheck={false}
        {...(placeholder === undefined ? {} : { placeholder })}
        onChange={({ target }) => store.change({ [name]: target.value })}
      />
    </Form.Item>
  );
});

const EditionChoice = observer(function EditionChoice({ store }: { store: AuthoriseStore }) {
  const words = useAuthorisationWords();
  const shell = useShellWords();
  return (
    <Form.Item label={words.edition} htmlFor="authorise-edition" extra={words.editionHint}>
      <Select
        id="authorise-edition"
        value={store.fields.edition}
        options={EDITIONS.map((value) => ({ value, label: shell.editions[value] }))}
        onChange={(edition) => store.change({ edition })}
      />
    </Form.Item>
  );
});

const EventKeys = observer(function EventKeys({ store }: { store: AuthoriseStore }) {
  const words = useAuthorisationWords();
  const fields = (
    <>
      <Field store={store} name="eventToken" label={words.eventToken} />
      <Field store={store} name="eventAesKey" label={words.eventAesKey} secret />
    </>
  );
  return <Collapse ghost items={[{ key: "events", label: words.events, children: fields }]} />;
});

/** What DingTalk said: the organisation's name, or exactly why not. */
const Answer = observer(function Answer({ store }: { store: AuthoriseStore }) {
  const words = useAuthorisationWords();
  const { verified, error } = store;
  if (error) return <ErrorAlert error={error} />;
  if (verified === null) return <Alert type="info" title={words.verifyFirst} />;
  if (verified.result === "refused") return <ProblemAlert problem={verified.problem} />;
  const remark = { new: "", authorised: words.knownAuthorised, revoked: words.knownRevoked }[verified.known];
  return (
    <Alert
      type={verified.known === "authorised" ? "warning" : "success"}
      showIcon
      role="status"
      title={words.verified(verified.name)}
      {...(remark ? { description: remark } : {})}
    />
  );
});
