import type { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { DatasetProblem } from "../../../core/contract/dataset/edit";
import type { EnterpriseId } from "../../../core/contract/id";
import type { Analytics } from "../../analytics/analytics";
import { finding, type Finding } from "../../analytics/check/finding";
import { checkModel } from "../../analytics/check/model-check";
import { readDatasetText } from "./text";
import { rightFindings } from "./rights";

export interface CheckParts {
  engine: Pick<Analytics, "open">;
  /** Whether the enterprise has the data source. */
  hasDataSource: (id: NonNullable<DatasetModel["dingboard"]["dataSource"]>) => Promise<boolean>;
}

export interface Checked {
  /** Null where the text says no model. */
  model: DatasetModel | null;
  problems: DatasetProblem[];
  /** Its source could not be reached: nothing was looked up there. */
  unreached: boolean;
}

/** Everything that is wrong with a text: in itself, as somebody's change of what there was before, and against its source. */
export async function checkText(
  { engine, hasDataSource }: CheckParts,
  asked: { enterpriseId: EnterpriseId; text: string; before: DatasetModel | null; administers: boolean },
  signal: AbortSignal,
): Promise<Checked> {
  const { model, problems, place } = readDatasetText(asked.text);
  if (!model) return { model, problems, unreached: false };
  const findings = asked.administers ? [] : rightFindings(asked.before, model);
  // Nobody tries at the source what they may not save.
  const looked = findings.length > 0 ? [] : await look();
  const unreached = looked.some(({ code }) => code === "source_unreachable");
  return { model, problems: inOrder(place([...findings, ...looked])), unreached };

  async function look(): Promise<Finding[]> {
    if (!model) return [];
    const { dataSource } = model.dingboard;
    if (dataSource !== undefined && !(await hasDataSource(dataSource))) {
      const message = "The enterprise has no such data source.";
      return [finding(["dingboard", "dataSource"], "data_source_missing", { message, names: [dataSource] })];
    }
    const scope = { enterpriseId: asked.enterpriseId, dataset: model };
    return checkModel(model, (sources) => engine.open(scope, sources), signal);
  }
}

function inOrder(problems: DatasetProblem[]): DatasetProblem[] {
  return problems.sort((a, b) => a.line - b.line || a.column - b.column);
}
