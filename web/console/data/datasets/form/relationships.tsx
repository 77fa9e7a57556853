import { Button, Flex, Select, Typography } from "antd";
import { observer } from "mobx-react-lite";
import type { FieldRow, FormDocument } from "../../../../../client/stores/dataset/form/document";
import type { DatasetForm } from "../../../../../client/stores/dataset/form/form";
import { useDatasetWords } from "../../../text/dataset";
import { useFormWords } from "../../../text/dataset-form";

type Joined = FormDocument["relationships"][number];

interface RelationshipsProps {
  form: DatasetForm;
  fields: FieldRow[];
  relationships: Joined[];
  tables: FormDocument["tables"];
}

/** How the tables of a dataset belong together: many rows of one to one row of another. */
export const Relationships = observer(function Relationships({
  form,
  fields,
  relationships,
  tables,
}: RelationshipsProps) {
  const words = useDatasetWords();
  const own = useFormWords();
  const named = tables.map(({ name }) => ({ value: name, label: name }));
  const columnsOf = (table: string): string[] =>
    fields.filter((each) => each.table === table).map(({ expression }) => expression);
  const change = (at: number, changed: Partial<Joined>): void =>
    form.setRelationships(relationships.map((each, index) => (index === at ? { ...each, ...changed } : each)));
  const end = (at: number, side: "from" | "to", joined: Joined) => {
    const columns = `${side}_columns` as const;
    return (
      <Flex gap={4} wrap>
        <Select
          className="console-short"
          aria-label={side === "from" ? own.manySide : own.oneSide}
          value={joined[side]}
          options={named}
          onChange={(table) => change(at, { [side]: table, [columns]: columnsOf(table).slice(0, 1) })}
        />
        <Select
          className="console-short"
          aria-label={own.column}
          mode="tags"
          maxCount={8}
          value={joined[columns]}
          options={columnsOf(joined[side]).map((value) => ({ value, label: value }))}
          onChange={(chosen) => change(at, { [columns]: chosen })}
        />
      </Flex>
    );
  };
  const add = (): void => {
    const [from = "", to = ""] = tables.map(({ name }) => name);
    let number = relationships.length + 1;
    while (relationships.some(({ name }) => name === `relationship_${number}`)) number += 1;
    const common = columnsOf(from).find((column) => columnsOf(to).includes(column));
    const [one, other] = [common ?? columnsOf(from)[0] ?? "id", common ?? columnsOf(to)[0] ?? "id"];
    form.setRelationships([
      ...relationships,
      { name: `relationship_${number}`, from, to, from_columns: [one], to_columns: [other] },
    ]);
  };
  return (
    <Flex vertical gap={12} align="start">
      <Typography.Text type="secondary">{own.cardinality}</Typography.Text>
      {relationships.map((joined, at) => (
        <Flex key={joined.name} gap={8} wrap align="center">
          {words.from}
          {end(at, "from", joined)}→ {words.to}
          {end(at, "to", joined)}
          <Button
            danger
            aria-label={own.removeRelationship}
            onClick={() => form.setRelationships(relationships.filter((_, index) => index !== at))}
          >
            {words.remove}
          </Button>
        </Flex>
      ))}
      <Button onClick={add}>{own.addRelationship}</Button>
    </Flex>
  );
});
