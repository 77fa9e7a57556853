import { Flex, Form, Input, Modal } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import type { DataSourceItem } from "../../../../../client/api/data-source";
import { toApiError, type ApiError } from "../../../../../client/api/error";
import { changeExtract, createExtract, type ExtractItem } from "../../../../../client/api/extract";
import { useApp } from "../../../../app-context";
import { ErrorAlert } from "../../../page";
import { useExtractWords } from "../../../text/extract";
import { useShellWords } from "../../../text/shell";
import { fieldsOf, newFields, proposedName, settingsOf, tableOf, type ExtractFields } from "./fields";
import { ScheduleFields } from "./schedule-fields";
import { TableFields } from "./table-fields";

interface DialogProps {
  source: DataSourceItem;
  /** Null: a new one. */
  extract: ExtractItem | null;
  /** Names of the enterprise's extracts. */
  taken: string[];
  close: (saved: ExtractItem | null) => void;
}

/** Makes an extract of a table of the data source, or changes what one copies, and when. */
export const ExtractDialog = observer(function ExtractDialog({ source, extract, taken, close }: DialogProps) {
  const { call } = useApp();
  const words = useExtractWords();
  const shell = useShellWords();
  const [form] = Form.useForm<ExtractFields>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const save = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    const fields = form.getFieldsValue(true) as ExtractFields;
    const body = { ...settingsOf(fields), dataSourceId: source.id };
    try {
      close(
        extract
          ? await changeExtract(call, extract.id, body)
          : await createExtract(call, { ...body, name: fields.name }),
      );
    } catch (thrown) {
      setError(toApiError(thrown));
      setBusy(false);
    }
  };
  const changed = ({ table }: Partial<ExtractFields>): void => {
    if (table === undefined) return;
    form.setFieldValue("columns", []);
    if (!extract && !form.isFieldTouched("name")) form.setFieldValue("name", proposedName(tableOf(table), taken));
  };
  return (
    <Modal
      open
      width={640}
      title={extract ? words.changeTitle(extract.name) : words.add}
      okText={extract ? shell.save : words.create}
      cancelText={shell.cancel}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={() => close(null)}
    >
      <Form<ExtractFields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={extract ? fieldsOf(extract) : newFields()}
        onValuesChange={changed}
        onFinish={() => void save()}
      >
        <TableFields source={source} extract={extract} />
        {!extract && <NameField taken={taken} />}
        <ScheduleFields />
      </Form>
      <Flex vertical>{error && <ErrorAlert error={error} />}</Flex>
    </Modal>
  );
});

const NameField = observer(function NameField({ taken }: { taken: string[] }) {
  const words = useExtractWords();
  const name = Form.useWatch<string | undefined>("name");
  return (
    <Form.Item
      name="name"
      label={words.name}
      extra={words.nameHint(`extracts/${name || "…"}.parquet`)}
      rules={[
        { required: true, message: words.needed },
        { pattern: /^[a-z0-9][a-z0-9_-]{0,62}$/, message: words.nameWrong },
        {
          validator: (_, value: string) =>
            taken.includes(value) ? Promise.reject(words.nameTaken) : Promise.resolve(),
        },
      ]}
    >
      <Input maxLength={63} autoComplete="off" spellCheck={false} autoCapitalize="none" />
    </Form.Item>
  );
});
