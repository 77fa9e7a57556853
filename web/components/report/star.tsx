import { observer } from "mobx-react-lite";
import { useApp } from "../../app-context";

/** Marks a report as a favourite, or no longer. */
export const Star = observer(function Star({ on, name, toggle }: { on: boolean; name: string; toggle: () => void }) {
  const { texts } = useApp();
  return (
    <button
      type="button"
      className="button button-icon"
      aria-pressed={on}
      aria-label={`${texts.report.favourite}: ${name}`}
      title={on ? texts.report.unfavourite : texts.report.favourite}
      onClick={toggle}
    >
      <svg className={on ? "star star-on" : "star"} viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
        <path d="M12 3.6l2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8-4.2-4.1 5.8-.8z" />
      </svg>
    </button>
  );
});
