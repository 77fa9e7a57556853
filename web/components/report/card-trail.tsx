import { observer } from "mobx-react-lite";
import { trailOf } from "../../../core/report/question/chips";
import { useApp } from "../../app-context";
import { useReader } from "../../reader-context";
import { useReaderWords } from "../../text/reader";

/** The way down that was gone in a card; each step leads back to where it was chosen. */
export const CardTrail = observer(function CardTrail({ id }: { id: string }) {
  const { question } = useReader().store;
  const { language } = useApp();
  const words = useReaderWords();
  const trail = trailOf(question.applied, id, language.current);
  if (trail.length === 0) return null;
  return (
    <nav className="trail" aria-label={words.trail}>
      <button type="button" onClick={() => question.drillBack(id, 0)}>
        {words.top}
      </button>
      {trail.map((step, index) => (
        <span key={step.depth}>
          <span aria-hidden="true">›</span>
          {index === trail.length - 1 ? (
            <span aria-current="location">{step.text}</span>
          ) : (
            <button type="button" onClick={() => question.drillBack(id, step.depth + 1)}>
              {step.text}
            </button>
          )}
        </span>
      ))}
    </nav>
  );
});
