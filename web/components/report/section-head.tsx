import { observer } from "mobx-react-lite";
import { useReaderIfAny } from "../../reader-context";
import { Icon } from "../icon";

/** The heading of a section, which folds what stands below it; in the editor it folds nothing. */
export const SectionHead = observer(function SectionHead({ id, title }: { id: string; title: string }) {
  const store = useReaderIfAny()?.store;
  const folded = store?.folded.has(id) ?? false;
  if (!store) return <h2 className="section-head">{title}</h2>;
  return (
    <h2 className="section-head">
      <button type="button" aria-expanded={!folded} onClick={() => store.toggleSection(id)}>
        <Icon name={folded ? "forward" : "down"} size={18} />
        {title}
      </button>
    </h2>
  );
});

/** A line, with its words in the middle. */
export function Divider({ title }: { title: string }) {
  return <div className="divider">{title && <span>{title}</span>}</div>;
}
