import { AutoComplete, Flex, Form, Input, Modal, Select } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import { createDataset, proposeDataset } from "../../../../client/api/dataset";
import { listDataSources, listTables } from "../../../../client/api/data-source";
import type { ApiError } from "../../../../client/api/error";
import { listExtracts } from "../../../../client/api/extract";
import { listFiles } from "../../../../client/api/file";
import { toApiError } from "../../../../client/api/error";
import { useApp } from "../../../app-context";
import { ErrorAlert, useResource } from "../../page";
import { useDatasetWords } from "../../text/dataset";
import { useShellWords } from "../../text/shell";

const FILES = "files";

interface Values {
  label: string;
  name: string;
  from: string;
  source: string;
}

/** Begins a dataset with what the columns of a file or a table propose. */
export const CreateDialog = observer(function CreateDialog({
  file,
  close,
  created,
}: {
  /** Where it was chosen already. */
  file: string | null;
  close: () => void;
  created: (name: string) => void;
}) {
  const { call, language } = useApp();
  const words = useDatasetWords();
  const shell = useShellWords();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const sources = useResource(() => listDataSources(call), "");
  const from = Form.useWatch("from", form) ?? FILES;
  const create = async ({ label, name, source, from: of }: Values): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const dataSource = of === FILES ? {} : { dataSource: of };
      const text = await proposeDataset(call, {
        label,
        source,
        language: language.current,
        ...dataSource,
      } as Parameters<typeof proposeDataset>[1]);
      await createDataset(call, { name, text } as Parameters<typeof createDataset>[1]);
      created(name);
    } catch (thrown) {
      setError(toApiError(thrown));
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={words.createTitle}
      okText={words.create}
      cancelText={shell.cancel}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ from: FILES, ...(file === null ? {} : { source: file }) }}
        onFinish={(values) => void create(values)}
      >
        <Form.Item
          name="label"
          label={words.label}
          rules={[{ required: true, whitespace: true, message: words.needed }]}
        >
          <Input autoFocus maxLength={100} />
        </Form.Item>
        <Form.Item
          name="name"
          label={words.name}
          extra={words.nameHint}
          rules={[{ required: true, pattern: /^[a-z][a-z0-9_]{0,62}$/, message: words.nameWrong }]}
        >
          <Input maxLength={63} spellCheck={false} autoCapitalize="none" />
        </Form.Item>
        <Form.Item name="from" label={words.source}>
          <Select
            options={[
              { value: FILES, label: words.fromFiles },
              ...(sources.data ?? []).map(({ id, name }) => ({ value: id as string, label: name })),
            ]}
            onChange={() => form.setFieldValue("source", undefined)}
          />
        </Form.Item>
        <SourceField key={from} from={from} />
      </Form>
      <Flex vertical>{error && <ErrorAlert error={error} />}</Flex>
    </Modal>
  );
});

const SourceField = ({ from }: { from: string }) => (from === FILES ? <FileField /> : <TableField from={from} />);

/** A file or an extract is chosen, or several files are named by a pattern: what cannot be listed can still be typed. */
const FileField = observer(function FileField() {
  const { call } = useApp();
  const words = useDatasetWords();
  const files = useResource(async () => {
    const [uploaded, extracts] = await Promise.all([listFiles(call), listExtracts(call)]);
    const copies = extracts.filter(({ data }) => data !== null).map(({ source }) => source);
    return [...uploaded.map(({ name }) => name as string), ...copies];
  }, "");
  return (
    <Form.Item
      name="source"
      label={words.file}
      extra={words.fileHint}
      rules={[{ required: true, message: words.needed }]}
    >
      <AutoComplete
        options={(files.data ?? []).map((value) => ({ value }))}
        showSearch={{ filterOption: (typed, option) => (option?.value ?? "").includes(typed) }}
      >
        <Input maxLength={500} spellCheck={false} autoCapitalize="none" />
      </AutoComplete>
    </Form.Item>
  );
});

const TableField = observer(function TableField({ from }: { from: string }) {
  const { call } = useApp();
  const words = useDatasetWords();
  const tables = useResource(() => listTables(call, from), from);
  const rules = [{ required: true, message: words.needed }];
  return (
    <>
      <Form.Item name="source" label={words.table} rules={rules}>
        <Select
          showSearch
          loading={tables.busy}
          placeholder={words.tableHint}
          options={(tables.data ?? []).map(({ schema, name }) => ({
            value: `${schema}.${name}`,
            label: `${schema}.${name}`,
          }))}
        />
      </Form.Item>
      {tables.error && <ErrorAlert error={tables.error} retry={() => void tables.load()} />}
    </>
  );
});
