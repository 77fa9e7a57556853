import { Button, Flex, Form, Input, InputNumber, Modal, Select } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import type { DataSourceKind } from "../../../../core/contract/source/data-source";
import {
  changeDataSource,
  createDataSource,
  testDataSource,
  tryDataSource,
  type DataSourceItem,
  type NewDataSourceInput,
  type TestResult,
} from "../../../../client/api/data-source";
import { useApp } from "../../../app-context";
import { useDoing } from "../../say";
import { useShellWords } from "../../text/shell";
import { useSourceWords } from "../../text/source";
import { TestAlert } from "./test-alert";

interface Fields extends Omit<NewDataSourceInput, "ca" | "password"> {
  password?: string;
  ca?: string;
}

const KINDS: DataSourceKind[] = ["postgresql", "mysql", "clickhouse"];
const PORTS: Record<DataSourceKind, { verify: number; off: number }> = {
  postgresql: { verify: 5432, off: 5432 },
  mysql: { verify: 3306, off: 3306 },
  clickhouse: { verify: 8443, off: 8123 },
};
const usualPorts = new Set(Object.values(PORTS).flatMap(({ verify, off }) => [verify, off]));

/** Connects a data source or changes one; it can be tried before it is stored. */
export const SourceDialog = observer(function SourceDialog({
  source,
  close,
}: {
  source: DataSourceItem | null;
  close: (done: boolean) => void;
}) {
  const { call } = useApp();
  const words = useSourceWords();
  const shell = useShellWords();
  const doing = useDoing();
  const [form] = Form.useForm<Fields>();
  const [busy, setBusy] = useState<"save" | "test" | null>(null);
  const [result, setResult] = useState<TestResult | null>(null);

  const run = async (what: "save" | "test", work: () => Promise<void>, done?: string): Promise<boolean> => {
    setBusy(what);
    const well = await doing(work, done);
    setBusy(null);
    return well;
  };
  const save = async (fields: Fields): Promise<void> => {
    const work = () =>
      source ? changeDataSource(call, source.id, toChange(fields)) : createDataSource(call, toNew(fields));
    if (await run("save", work, shell.saved)) close(true);
  };
  const test = async (): Promise<void> => {
    const valid = await form.validateFields().then(
      () => true,
      () => false,
    );
    if (!valid) return;
    setResult(null);
    const fields = form.getFieldsValue(true) as Fields;
    await run("test", async () =>
      setResult(
        source ? await testDataSource(call, source.id, toChange(fields)) : await tryDataSource(call, toNew(fields)),
      ),
    );
  };
  return (
    <Modal
      open
      width={640}
      title={source ? words.editTitle(source.name) : words.add}
      onCancel={() => close(false)}
      footer={
        <Flex justify="space-between" gap={8} wrap>
          <Button onClick={() => void test()} loading={busy === "test"}>
            {words.test}
          </Button>
          <Flex gap={8}>
            <Button onClick={() => close(false)}>{shell.cancel}</Button>
            <Button type="primary" loading={busy === "save"} onClick={() => form.submit()}>
              {shell.save}
            </Button>
          </Flex>
        </Flex>
      }
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={source ? knownOf(source) : { kind: "postgresql", port: 5432, tls: "verify" }}
        onValuesChange={(changed) => {
          setResult(null);
          if ("kind" in changed || "tls" in changed) followPort(form);
        }}
        onFinish={(fields) => void save(fields)}
      >
        <Inputs isNew={source === null} />
      </Form>
      <div className="console-result" aria-live="polite">
        {result && <TestAlert result={result} />}
      </div>
    </Modal>
  );
});

const Inputs = observer(function Inputs({ isNew }: { isNew: boolean }) {
  const words = useSourceWords();
  const needed = [{ required: true, whitespace: true, message: words.required }];
  const tls = Form.useWatch<Fields["tls"]>("tls");
  return (
    <>
      <Form.Item name="name" label={words.name} extra={words.nameHint} rules={needed}>
        <Input autoComplete="off" maxLength={100} />
      </Form.Item>
      <Form.Item name="kind" label={words.kind}>
        <Select options={KINDS.map((value) => ({ value, label: words.kinds[value] }))} />
      </Form.Item>
      <div className="console-pair">
        <Form.Item
          name="host"
          label={words.host}
          extra={words.hostHint}
          rules={[...needed, { pattern: /^\s*[A-Za-z0-9._:[\]-]+\s*$/, message: words.hostWrong }]}
        >
          <Input autoComplete="off" spellCheck={false} maxLength={253} />
        </Form.Item>
        <Form.Item name="port" label={words.port} rules={[{ required: true, message: words.required }]}>
          <InputNumber min={1} max={65_535} precision={0} controls={false} className="console-wide" />
        </Form.Item>
      </div>
      <Form.Item name="database" label={words.database} rules={needed}>
        <Input autoComplete="off" spellCheck={false} maxLength={200} />
      </Form.Item>
      <Form.Item name="user" label={words.user} extra={words.userHint} rules={needed}>
        <Input autoComplete="off" spellCheck={false} maxLength={200} />
      </Form.Item>
      <Form.Item name="password" label={words.password} {...(isNew ? {} : { extra: words.passwordKept })}>
        <Input.Password autoComplete="new-password" maxLength={1_000} />
      </Form.Item>
      <Form.Item name="tls" label={words.tls} {...(tls === "off" ? { extra: words.tlsOff } : {})}>
        <Select options={(["verify", "off"] as const).map((value) => ({ value, label: words.tlsModes[value] }))} />
      </Form.Item>
      {tls !== "off" && (
        <Form.Item
          name="ca"
          label={words.ca}
          extra={words.caHint}
          rules={[{ pattern: /^\s*-----BEGIN CERTIFICATE-----/, message: words.caWrong }]}
        >
          <Input.TextArea rows={3} maxLength={20_000} spellCheck={false} className="console-code" />
        </Form.Item>
      )}
    </>
  );
});

/** A port that nobody chose follows kind and encryption. */
function followPort(form: ReturnType<typeof Form.useForm<Fields>>[0]): void {
  const { kind, tls = "verify", port } = form.getFieldsValue(true) as Fields;
  if (!port || usualPorts.has(port)) form.setFieldValue("port", PORTS[kind][tls]);
}

function knownOf({ name, kind, host, port, database, user, tls, ca }: DataSourceItem): Fields {
  return { name, kind, host, port, database, user, tls, ...(ca === null ? {} : { ca }) };
}

function settingsOf({ password: _password, ca, ...fields }: Fields) {
  return { ...fields, ca: fields.tls === "off" || !ca?.trim() ? null : ca.trim() };
}

const toNew = (fields: Fields): NewDataSourceInput => ({ ...settingsOf(fields), password: fields.password ?? "" });

const toChange = (fields: Fields) => ({
  ...settingsOf(fields),
  ...(fields.password ? { password: fields.password } : {}),
});
