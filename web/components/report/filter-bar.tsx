import { observer } from "mobx-react-lite";
import type { FilterView } from "../../../client/stores/report/filter-view";
import type { QuestionView } from "../../../client/stores/report/question";
import { useReader } from "../../reader-context";
import { useReaderWords } from "../../text/reader";
import { FilterControl } from "./filter-controls";
import { Icon } from "../icon";
import { Popover } from "../popover";

const FilterButton = observer(function FilterButton({ filter }: { filter: FilterView }) {
  const { question } = useReader().store;
  const words = useReaderWords();
  const state = filter.text ? "filter-on" : filter.required ? "filter-needed" : "";
  const button = (
    <>
      <span className="filter-label">{filter.label}</span>
      <span className="filter-value">{filter.text || (filter.required ? words.choose : words.all)}</span>
      <Icon name="down" size={16} />
    </>
  );
  return (
    <Popover
      label={filter.label}
      className={`button filter filter-phone-${filter.phone} ${state}`}
      button={button}
      opened={() => filter.control === "select" && void question.loadOptions(filter.id)}
      closed={() => question.discard()}
    >
      {(close) => (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            question.apply();
            close();
          }}
        >
          <FilterControl filter={filter} close={close} />
          <div className="popover-foot">
            {!filter.required && (
              <button
                type="button"
                className="button button-plain"
                onClick={() => {
                  question.set(filter.id, null);
                  close();
                }}
              >
                {words.clear}
              </button>
            )}
            <button type="submit" className="button button-primary">
              {words.apply}
            </button>
          </div>
        </form>
      )}
    </Popover>
  );
});

/** A report's filters, and what was picked in its cards. */
export const FilterBar = observer(function FilterBar({ view }: { view: QuestionView }) {
  const { question } = useReader().store;
  const words = useReaderWords();
  const picks = view.chips.filter(({ kind }) => kind === "cross");
  if (view.filters.length === 0 && picks.length === 0) return null;
  return (
    <div className="filters" role="group" aria-label={words.filters}>
      {view.filters.map((filter) => (
        <FilterButton key={filter.id} filter={filter} />
      ))}
      {picks.map((chip) => (
        <button
          key={chip.key}
          type="button"
          className="button chip"
          aria-label={`${words.remove}: ${chip.label} ${chip.text}`}
          onClick={() => question.removeChip(chip)}
        >
          <span className="filter-label">{chip.label}</span>
          <span className="filter-value">{chip.text}</span>
          <Icon name="close" size={14} />
        </button>
      ))}
      {question.link !== "" && (
        <button type="button" className="button button-plain" onClick={() => question.clear()}>
          {words.reset}
        </button>
      )}
    </div>
  );
});
