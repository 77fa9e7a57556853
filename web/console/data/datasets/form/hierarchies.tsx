import { Button, Flex, Input, Select, Typography } from "antd";
import { observer } from "mobx-react-lite";
import type { FieldRow, FormDocument } from "../../../../../client/stores/dataset/form/document";
import type { DatasetForm } from "../../../../../client/stores/dataset/form/form";
import { useDatasetWords } from "../../../text/dataset";
import { useFormWords } from "../../../text/dataset-form";

interface HierarchiesProps {
  form: DatasetForm;
  fields: FieldRow[];
  hierarchies: FormDocument["hierarchies"];
}

/** The ways down through a dataset, from the coarsest field to the finest. */
export const Hierarchies = observer(function Hierarchies({ form, fields, hierarchies }: HierarchiesProps) {
  const words = useDatasetWords();
  const own = useFormWords();
  const options = fields.map(({ name, label }) => ({ value: name, label }));
  const change = (at: number, changed: Partial<FormDocument["hierarchies"][number]>): void =>
    form.setHierarchies(hierarchies.map((each, index) => (index === at ? { ...each, ...changed } : each)));
  const add = (): void => {
    const taken = new Set(hierarchies.map(({ name }) => name));
    let number = 1;
    while (taken.has(`hierarchy_${number}`)) number += 1;
    const levels = fields.filter(({ datatype }) => datatype === "String").slice(0, 2);
    const first = (levels.length === 2 ? levels : fields.slice(0, 2)).map(({ name }) => name);
    const title = `${own.title} ${number}`;
    form.setHierarchies([...hierarchies, { name: `hierarchy_${number}`, title, levels: first }]);
  };
  return (
    <Flex vertical gap={12} align="start">
      {hierarchies.length === 0 && <Typography.Text type="secondary">{own.noHierarchies}</Typography.Text>}
      {hierarchies.map(({ name, title, levels }, at) => (
        <Flex key={name} gap={8} wrap align="center">
          <Input
            key={title}
            className="console-short"
            aria-label={own.title}
            defaultValue={title}
            maxLength={100}
            onBlur={({ target }) => target.value.trim() !== "" && change(at, { title: target.value.trim() })}
          />
          <Select
            className="console-long"
            mode="multiple"
            maxCount={8}
            aria-label={own.levels}
            status={levels.length < 2 ? "error" : ""}
            value={levels}
            options={options}
            onChange={(chosen) => change(at, { levels: chosen })}
          />
          <Button
            danger
            aria-label={own.removeHierarchy(title)}
            onClick={() => form.setHierarchies(hierarchies.filter((_, index) => index !== at))}
          >
            {words.remove}
          </Button>
          {levels.length < 2 && <Typography.Text type="danger">{own.levelsHint}</Typography.Text>}
        </Flex>
      ))}
      <Button disabled={fields.length < 2} onClick={add}>
        {own.addHierarchy}
      </Button>
    </Flex>
  );
});
