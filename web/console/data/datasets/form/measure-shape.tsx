import { Form, Input, Radio, Select } from "antd";
import { observer } from "mobx-react-lite";
import type { FieldRow, FormDocument, MeasureRow } from "../../../../../client/stores/dataset/form/document";
import { AGGREGATIONS, type MeasureShape } from "../../../../../client/stores/dataset/form/measure";
import { useDatasetWords } from "../../../text/dataset";
import { useFormWords } from "../../../text/dataset-form";

export interface ShapeFieldsProps {
  fields: FieldRow[];
  measures: MeasureRow[];
  tables: FormDocument["tables"];
  /** Null: a new one. */
  measure: MeasureRow | null;
}

/** What a measure is made of: what is asked follows from the kind that is chosen. */
export const ShapeFields = observer(function ShapeFields({ fields, measures, tables, measure }: ShapeFieldsProps) {
  const words = useDatasetWords();
  const own = useFormWords();
  const kind = Form.useWatch<MeasureShape["kind"] | undefined>("kind") ?? measure?.shape.kind ?? "field";
  const table = useTable(measure, tables);
  const choosable = tables.length > 1 && !measure;
  const others = measures.filter(({ name }) => name !== measure?.name);
  return (
    <>
      <Form.Item name="table" label={own.measureOf} hidden={!choosable}>
        <Select options={tables.map(({ name }) => ({ value: name, label: name }))} />
      </Form.Item>
      <Form.Item name="kind" label={own.shape}>
        <Radio.Group options={Object.entries(own.shapes).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      {kind === "field" && <FieldShape options={optionsOf(fields, table)} />}
      {kind === "ratio" && <RatioShape options={optionsOf(others, table)} />}
      {kind === "expression" && (
        <Form.Item
          name="expression"
          label={words.expression}
          extra={own.expressionHint}
          rules={[{ required: true, message: words.needed }]}
        >
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={4_000} spellCheck={false} />
        </Form.Item>
      )}
    </>
  );
});

/** The table that is chosen, else the first. */
function useTable(measure: MeasureRow | null, tables: FormDocument["tables"]): string | undefined {
  return Form.useWatch<string | undefined>("table") ?? measure?.table ?? tables[0]?.name;
}

interface Option {
  value: string;
  label: string;
}

function optionsOf(rows: { name: string; label: string; table: string | null }[], table: string | undefined): Option[] {
  return rows.filter((each) => each.table === table).map(({ name, label }) => ({ value: name, label }));
}

const FOUND = { showSearch: { optionFilterProp: "label" } } as const;

const FieldShape = observer(function FieldShape({ options }: { options: Option[] }) {
  const words = useDatasetWords();
  const own = useFormWords();
  const needed = [{ required: true, message: words.needed }];
  return (
    <>
      <Form.Item name="field" label={own.field} rules={needed}>
        <Select {...FOUND} options={options} />
      </Form.Item>
      <Form.Item name="aggregation" label={own.aggregation} rules={needed} initialValue="sum">
        <Select options={AGGREGATIONS.map((value) => ({ value, label: own.aggregations[value] }))} />
      </Form.Item>
    </>
  );
});

const RatioShape = observer(function RatioShape({ options }: { options: Option[] }) {
  const words = useDatasetWords();
  const own = useFormWords();
  const needed = [{ required: true, message: words.needed }];
  return (
    <>
      {(["numerator", "denominator"] as const).map((name) => (
        <Form.Item key={name} name={name} label={own[name]} rules={needed}>
          <Select {...FOUND} options={options} />
        </Form.Item>
      ))}
    </>
  );
});
