import { Button, Checkbox, Flex, Form, Input, Modal, Select, Table, Tag } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import type { FieldRow } from "../../../../../client/stores/dataset/form/document";
import type { DatasetForm } from "../../../../../client/stores/dataset/form/form";
import type { DataType } from "../../../../../core/contract/dataset/semantic-model";
import { useDatasetWords } from "../../../text/dataset";
import { useFormWords } from "../../../text/dataset-form";
import { useShellWords } from "../../../text/shell";
import { formatChange, formatName, type FormatName } from "./formats";
import { FormatSelect } from "./format-select";

interface Values {
  label: string;
  description: string;
  datatype: DataType;
  format: FormatName | "own";
  folder: string;
  hidden: boolean;
}

/** The fields of a dataset: found by a word, edited one at a time, moved up and down. */
export const Fields = observer(function Fields({ form, fields }: { form: DatasetForm; fields: FieldRow[] }) {
  const words = useDatasetWords();
  const own = useFormWords();
  const [search, setSearch] = useState("");
  const [edited, setEdited] = useState<string | null>(null);
  const wanted = search.trim().toLowerCase();
  const shown = fields.filter(({ label, name, folder }) =>
    [label, name, folder].some((each) => each.toLowerCase().includes(wanted)),
  );
  const field = fields.find(({ name }) => name === edited);
  return (
    <Flex vertical gap={8}>
      <Input.Search
        className="console-find"
        aria-label={own.find}
        placeholder={own.find}
        value={search}
        allowClear
        onChange={({ target }) => setSearch(target.value)}
      />
      <div className="console-scroll">
        <Table<FieldRow>
          rowKey="name"
          size="small"
          dataSource={shown}
          pagination={shown.length > 50 && { pageSize: 50, showSizeChanger: false }}
          columns={[
            { title: words.label, render: (_, each) => <Named {...each} /> },
            { title: own.folder, dataIndex: "folder" },
            { title: words.datatype, render: (_, { datatype }) => own.datatypes[datatype] },
            {
              title: own.format,
              render: (_, { format, datatype }) =>
                datatype === "String" && !format ? "" : own.formats[formatName(format)],
            },
            {
              title: own.order,
              render: (_, each) => <Order form={form} field={each} fields={fields} off={wanted !== ""} />,
            },
            {
              title: own.actions,
              render: (_, { name, label }) => (
                <Button size="small" aria-label={own.editOf(label)} onClick={() => setEdited(name)}>
                  {own.edit}
                </Button>
              ),
            },
          ]}
        />
      </div>
      {field && <FieldDialog form={form} field={field} close={() => setEdited(null)} />}
    </Flex>
  );
});

/** What people read, and below it what reports ask. */
export const Named = observer(function Named({
  label,
  name,
  hidden,
  description,
}: Pick<FieldRow, "label" | "name" | "hidden" | "description">) {
  const own = useFormWords();
  return (
    <>
      <Flex gap={8} align="center" wrap>
        {label} {hidden && <Tag>{own.hidden}</Tag>}
      </Flex>
      <div className="console-cell-quiet">{description === "" ? name : `${name} · ${description}`}</div>
    </>
  );
});

const Order = observer(function Order({
  form,
  field,
  fields,
  off,
}: {
  form: DatasetForm;
  field: FieldRow;
  fields: FieldRow[];
  off: boolean;
}) {
  const own = useFormWords();
  const [table, at] = field.at;
  const last = fields.filter((each) => each.at[0] === table).length - 1;
  return (
    <Flex gap={4}>
      <Button
        size="small"
        disabled={off || at === 0}
        aria-label={own.up(field.label)}
        onClick={() => form.moveField(field, -1)}
      >
        ↑
      </Button>
      <Button
        size="small"
        disabled={off || at === last}
        aria-label={own.down(field.label)}
        onClick={() => form.moveField(field, 1)}
      >
        ↓
      </Button>
    </Flex>
  );
});

const FieldDialog = observer(function FieldDialog({
  form,
  field,
  close,
}: {
  form: DatasetForm;
  field: FieldRow;
  close: () => void;
}) {
  const words = useDatasetWords();
  const own = useFormWords();
  const shell = useShellWords();
  const [fill] = Form.useForm<Values>();
  const done = ({ format, ...rest }: Values): void => {
    const changed = Object.entries(rest).filter(([key, value]) => field[key as keyof FieldRow] !== value);
    const formatted = format === formatName(field.format) ? {} : formatChange(format);
    form.changeField(field, { ...Object.fromEntries(changed), ...formatted });
    close();
  };
  return (
    <Modal
      open
      title={own.editOf(field.label)}
      okText={own.done}
      cancelText={shell.cancel}
      onOk={() => fill.submit()}
      onCancel={close}
    >
      <Form<Values>
        form={fill}
        layout="vertical"
        initialValues={{ ...field, format: formatName(field.format) }}
        onFinish={done}
      >
        <Form.Item
          name="label"
          label={words.label}
          extra={own.labelHint}
          rules={[{ required: true, whitespace: true, message: words.needed }]}
        >
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="description" label={own.description}>
          <Input.TextArea maxLength={2_000} autoSize />
        </Form.Item>
        <Form.Item name="datatype" label={words.datatype}>
          <Select options={Object.entries(own.datatypes).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        <FormatSelect own={formatName(field.format) === "own"} />
        <Form.Item name="folder" label={own.folder} extra={own.folderHint}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="hidden" valuePropName="checked">
          <Checkbox>{own.hide}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  );
});
