import type { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { DatasetField, DatasetFields } from "../../../core/contract/dataset/edit";
import { readModel } from "../../analytics/query/model";
import { policyOf, restricted } from "../../analytics/query/policy";

/** A dataset's fields and measures that the asker may see, with what people call them. */
export function fieldsSeen(scope: Parameters<typeof policyOf>[0]): Omit<DatasetFields, "name"> {
  const { dataset } = scope;
  const { members, hidden, timeField } = restricted(readModel(dataset), policyOf(scope));
  const written = writtenFields(dataset);
  const fields = [...members.values()]
    .filter(({ name }) => !hidden.has(name))
    .map(({ name, label, role, type, format, direction }): DatasetField => ({
      name,
      label,
      role,
      type,
      ...(name === timeField?.name ? { isTime: true } : {}),
      ...(format ? { format } : {}),
      ...(direction ? { direction } : {}),
      ...written.get(name),
    }));
  const seen = new Set(fields.map(({ name }) => name));
  const hierarchies = (dataset.dingboard.hierarchies ?? []).filter(({ levels }) =>
    levels.every((name) => seen.has(name)),
  );
  return { label: dataset.dingboard.label, fields, hierarchies };
}

/** What a model's text says of its fields besides how they are computed. */
function writtenFields({
  semantic_model: model,
}: DatasetModel): Map<string, Pick<DatasetField, "group" | "description">> {
  const fields = model.datasets.flatMap((dataset) => dataset.fields);
  return new Map(
    fields.map(({ name, label, description }) => [
      name,
      { ...(label ? { group: label } : {}), ...(description ? { description } : {}) },
    ]),
  );
}
