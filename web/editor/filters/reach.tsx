import { observer } from "mobx-react-lite";
import { datasetsOf, reachable, withMatch } from "../../../client/stores/editor/filters";
import type { ReportFilter } from "../../../core/contract/report/report";
import { useEditing } from "../context";
import { Choice, Tick } from "../panel/choice";
import { useFilterWords } from "../text";

interface ReachProps {
  filter: ReportFilter;
  change: (filter: ReportFilter) => void;
}

/** The fields of other datasets that hold the same things. */
const Matches = observer(function Matches({ filter, change }: ReachProps) {
  const { editor, datasets } = useEditing();
  const words = useFilterWords();
  const type = datasets.fields(filter.dataset).find(({ name }) => name === filter.field)?.type;
  const matched: Partial<Record<string, string>> = filter.fields ?? {};
  const others = [...new Set([...datasetsOf(editor.spec), ...Object.keys(matched)])];
  return others
    .filter((name) => name !== filter.dataset)
    .map((name) => {
      const found = datasets.find(name);
      const label = found?.state === "ready" ? found.dataset.label : name;
      const fields = datasets.fields(name).filter((field) => field.role === "dimension" && field.type === type);
      return (
        <Choice
          key={name}
          label={words.matches(label)}
          value={matched[name] ?? ""}
          options={[["", words.noMatch], ...fields.map((field): [string, string] => [field.name, field.label])]}
          choose={(field) => change(withMatch(filter, name, field || null))}
        />
      );
    });
});

/** Which cards a filter restricts: all of its datasets', or chosen ones. */
export const Reach = observer(function Reach({ filter, change }: ReachProps) {
  const { editor } = useEditing();
  const words = useFilterWords();
  const { targets, ...open } = filter;
  const ids = reachable(editor.spec, filter);
  const toggle = (id: string, on: boolean): void =>
    change({ ...filter, targets: on ? [...(targets ?? []), id] : (targets ?? []).filter((each) => each !== id) });
  return (
    <section className="panel-part">
      <Matches filter={filter} change={change} />
      <Choice
        label={words.reaches}
        value={targets ? "some" : "all"}
        options={[
          ["all", words.reachesAll],
          ["some", words.reachesSome],
        ]}
        choose={(which) => change(which === "all" ? open : { ...filter, targets: ids })}
      />
      {targets &&
        ids.map((id) => (
          <Tick key={id} on={targets.includes(id)} change={(on) => toggle(id, on)}>
            {editor.spec.elements[id]?.title || id}
          </Tick>
        ))}
    </section>
  );
});
