import { Button, Flex, Form, Select, Table, Typography } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import type { Me } from "../../../../core/contract/session/session";
import type { CardData } from "../../../../core/contract/report/query";
import { previewDataset, type DatasetText } from "../../../../client/api/dataset";
import { toApiError, type ApiError } from "../../../../client/api/error";
import { listUsers } from "../../../../client/api/user";
import { useApp } from "../../../app-context";
import { ErrorAlert, useResource } from "../../page";
import { useDatasetWords } from "../../text/dataset";
import { metricsIn, modelOf } from "./overview";

interface Values {
  dimensions?: string[];
  measures: string[];
  viewAs?: string;
}

const MYSELF = "";

/** A few rows of what was saved; for administrators also as somebody else sees them. */
export const PreviewTab = observer(function PreviewTab({
  dataset,
  me,
  administers,
}: {
  dataset: DatasetText;
  me: Me;
  administers: boolean;
}) {
  const { call } = useApp();
  const words = useDatasetWords();
  const [busy, setBusy] = useState(false);
  const [data, setData] = useState<CardData | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const model = modelOf(dataset.text);
  const { dimensions = {}, measures = {} } = model.dingboard;
  const fields = model.semantic_model.datasets.flatMap((each) => each.fields.map(({ name }) => name));
  const metrics = metricsIn(model).map(({ name }) => name);
  const run = async ({ dimensions: asked = [], measures: wanted, viewAs = MYSELF }: Values): Promise<void> => {
    setBusy(true);
    setError(null);
    const body = {
      dimensions: asked.map((field) => ({ field })),
      measures: wanted,
      ...(viewAs === MYSELF ? {} : { viewAs }),
    } as Parameters<typeof previewDataset>[2];
    try {
      setData(await previewDataset(call, dataset.name, body));
    } catch (thrown) {
      setData(null);
      setError(toApiError(thrown));
    }
    setBusy(false);
  };
  return (
    <Flex vertical gap={16}>
      <Typography.Text type="secondary">{words.previewHint}</Typography.Text>
      <Form<Values>
        layout="vertical"
        className="console-form"
        initialValues={{ dimensions: fields.slice(0, 1), measures: metrics.slice(0, 1), viewAs: MYSELF }}
        onFinish={(values) => void run(values)}
      >
        <Form.Item name="dimensions" label={words.dimensions}>
          <Select
            mode="multiple"
            maxCount={8}
            options={fields.map((name) => ({ value: name, label: dimensions[name]?.label ?? name }))}
          />
        </Form.Item>
        <Form.Item name="measures" label={words.measures} rules={[{ required: true, message: words.needed }]}>
          <Select
            mode="multiple"
            maxCount={20}
            options={metrics.map((name) => ({ value: name, label: measures[name]?.label ?? name }))}
          />
        </Form.Item>
        {administers && me.enterprise && <PersonField enterpriseId={me.enterprise.id} />}
        <Button type="primary" htmlType="submit" loading={busy}>
          {words.run}
        </Button>
      </Form>
      {error && <ErrorAlert error={error} />}
      {data && <DataTable data={data} />}
    </Flex>
  );
});

const PersonField = observer(function PersonField({ enterpriseId }: { enterpriseId: string }) {
  const { call } = useApp();
  const words = useDatasetWords();
  const [search, setSearch] = useState("");
  const users = useResource(() => listUsers(call, enterpriseId, { search, size: 20 }), search);
  const people = (users.data?.users ?? []).map(({ id, name, login }) => ({
    value: id as string,
    label: `${name} (${login})`,
  }));
  return (
    <Form.Item name="viewAs" label={words.viewAs}>
      <Select
        showSearch={{ filterOption: false, onSearch: setSearch }}
        options={search === "" ? [{ value: MYSELF, label: words.myself }, ...people] : people}
      />
    </Form.Item>
  );
});

const DataTable = observer(function DataTable({ data }: { data: CardData }) {
  const words = useDatasetWords();
  const rows = Array.from({ length: data.rowCount }, (_, row) =>
    Object.fromEntries([
      ["#", row],
      ...data.columns.map((_column, at) => [String(at), data.values[at]?.[row] ?? null]),
    ]),
  );
  const shown = (value: unknown): string => {
    if (value === null) return "—";
    return typeof value === "boolean" ? (value ? words.yes : words.no) : String(value);
  };
  return (
    <div className="console-scroll" role="status">
      <Table<Record<string, unknown>>
        rowKey="#"
        size="small"
        pagination={false}
        dataSource={rows}
        locale={{ emptyText: words.noRows }}
        columns={data.columns.map(({ label, type }, at) => ({
          title: label,
          dataIndex: String(at),
          align: type === "number" ? "right" : "left",
          render: shown,
        }))}
      />
    </div>
  );
});
