import { observer } from "mobx-react-lite";
import type { FilterView } from "../../../client/stores/report/filter-view";
import { PRESETS } from "../../../core/report/question/filter";
import { useReader } from "../../reader-context";
import { useReaderWords } from "../../text/reader";

interface ControlProps {
  filter: FilterView;
  close: () => void;
}

const Options = observer(function Options({ filter }: { filter: FilterView }) {
  const { question } = useReader().store;
  const words = useReaderWords();
  const { options } = filter;
  if (options.state === "failed") return <p className="quiet-note">{words.optionsFailed}</p>;
  return (
    <div className="options" role="group" aria-label={filter.label} aria-busy={options.state === "loading"}>
      {options.items.map((item) => (
        <label key={item.key}>
          <input
            type={filter.single ? "radio" : "checkbox"}
            checked={item.on}
            onChange={() => question.toggleOption(filter.id, item.value)}
          />
          <span>{item.text}</span>
        </label>
      ))}
      {options.state === "ready" && options.items.length === 0 && <p className="quiet-note">{words.noOptions}</p>}
      {options.truncated && <p className="quiet-note">{words.moreOptions}</p>}
    </div>
  );
});

const Select = observer(function Select({ filter }: ControlProps) {
  const { question } = useReader().store;
  const words = useReaderWords();
  return (
    <>
      <input
        type="search"
        className="field"
        aria-label={`${words.search}: ${filter.label}`}
        placeholder={words.search}
        onChange={(event) => void question.loadOptions(filter.id, event.target.value)}
      />
      <Options filter={filter} />
    </>
  );
});

/** Two ends, either of which may stay open. */
const Ends = observer(function Ends({ filter, type }: { filter: FilterView; type: "date" | "number" }) {
  const { question } = useReader().store;
  const words = useReaderWords();
  const fractions = type === "number" ? { step: "any" } : {}; // or the browser takes whole numbers alone
  return (
    <div className="ends">
      <label>
        <span>{words.from}</span>
        <input
          type={type}
          {...fractions}
          className="field"
          value={filter.from}
          onChange={({ target }) => question.editEnd(filter.id, "from", target.value)}
        />
      </label>
      <label>
        <span>{words.to}</span>
        <input
          type={type}
          {...fractions}
          className="field"
          value={filter.to}
          onChange={({ target }) => question.editEnd(filter.id, "to", target.value)}
        />
      </label>
    </div>
  );
});

const DateRange = observer(function DateRange({ filter, close }: ControlProps) {
  const { question } = useReader().store;
  return (
    <>
      <div className="presets" role="group" aria-label={filter.label}>
        {filter.presets.map(({ name, text, on }) => (
          <button
            key={name}
            type="button"
            aria-pressed={on}
            onClick={() => {
              question.set(filter.id, PRESETS[name]);
              close();
            }}
          >
            {text}
          </button>
        ))}
      </div>
      <Ends filter={filter} type="date" />
    </>
  );
});

const Typed = observer(function Typed({ filter }: ControlProps) {
  const { store } = useReader();
  const operator = store.report?.spec.filters.find(({ id }) => id === filter.id)?.operator ?? "include";
  const edit = (text: string) => store.question.edit(filter.id, text === "" ? null : { operator, values: [text] });
  return (
    <input
      className="field"
      aria-label={filter.label}
      value={filter.typed}
      onChange={({ target }) => edit(target.value)}
    />
  );
});

/** What a filter is handled with. */
export function FilterControl(props: ControlProps) {
  switch (props.filter.control) {
    case "select":
      return <Select {...props} />;
    case "dateRange":
      return <DateRange {...props} />;
    case "numberRange":
      return <Ends filter={props.filter} type="number" />;
    case "text":
      return <Typed {...props} />;
  }
}
