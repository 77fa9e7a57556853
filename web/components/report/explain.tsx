import "./explain.css";
import { observer } from "mobx-react-lite";
import { useCallback, useEffect, useId, useState } from "react";
import { toApiError, type ApiError } from "../../../client/api/error";
import { explainCard } from "../../../client/api/explain";
import { errorText } from "../../../client/text/text";
import type { ExplainedQuestion, Explanation } from "../../../core/contract/report/explain";
import { formatMoment, formatNumber } from "../../../core/report/format";
import { useApp } from "../../app-context";
import { copyText } from "../../clipboard";
import { useReader } from "../../reader-context";
import { useExplainWords } from "../../text/explain";
import { Dialog } from "../dialog";
import { Notice } from "../notice";

type Answered = NonNullable<ExplainedQuestion["answer"]>;
type State = { kind: "loading" } | { kind: "failed"; error: ApiError } | { kind: "ready"; explanation: Explanation };

/** How the card is computed under the question that the reader shows. */
function useExplanation(elementId: string): { state: State; retry: () => void } {
  const { call } = useApp();
  const { store } = useReader();
  const [state, setState] = useState<State>({ kind: "loading" });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let wanted = true;
    explainCard(call, store.id, elementId, store.question.applied).then(
      (explanation) => wanted && setState({ kind: "ready", explanation }),
      (error: unknown) => wanted && setState({ kind: "failed", error: toApiError(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [call, store, elementId, turn]);
  const retry = useCallback(() => {
    setState({ kind: "loading" });
    setTurn((last) => last + 1);
  }, []);
  return { state, retry };
}

const Statement = observer(function Statement({ sql, values }: Answered["statements"][number]) {
  const words = useExplainWords();
  const [told, setTold] = useState("");
  const copy = async (): Promise<void> => setTold((await copyText(sql)) ? words.copied : words.notCopied);
  return (
    <div className="explain-statement">
      <pre tabIndex={0} role="region" aria-label={words.sql}>
        <code>{sql}</code>
      </pre>
      {values.length > 0 && (
        <p className="explain-values">
          {words.values}: <code>{values.map((value) => JSON.stringify(value)).join(", ")}</code>
        </p>
      )}
      <p className="explain-copy">
        <button type="button" className="button button-plain" onClick={() => void copy()}>
          {words.copy}
        </button>
        <span role="status" className="quiet-note">
          {told}
        </span>
      </p>
    </div>
  );
});

const Facts = observer(function Facts({ question, answer }: { question: ExplainedQuestion; answer: Answered | null }) {
  const words = useExplainWords();
  const { current } = useApp().language;
  const number = (value: number, decimals = 0): string => formatNumber(value, { kind: "number", decimals }, current);
  const facts: [string, string][] = [
    [words.dataset, question.dataset],
    [words.cache, words.caches[question.cache]],
  ];
  if (answer) {
    facts.push(
      [words.engine, answer.engine],
      [words.engineTime, `${number(answer.engineMs, 1)} ms`],
      [words.queueTime, `${number(answer.queueMs, 1)} ms`],
      [words.rows, number(answer.rows)],
      [words.size, `${number(answer.bytes / 1024, 1)} KB`],
      [words.computed, formatMoment(answer.computedAt, Date.now(), current)],
    );
  }
  return (
    <dl className="explain-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
});

const Explained = observer(function Explained({ question }: { question: ExplainedQuestion }) {
  const words = useExplainWords();
  const { texts } = useApp();
  const heading = useId();
  const { answer, failure } = question;
  const failed = failure && errorText(texts, failure);
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading}>{words.parts[question.part]}</h3>
      <Facts question={question} answer={answer} />
      {failed && (
        <p className="warning">
          {failed.title} {failed.advice}
        </p>
      )}
      {answer?.statements.map((statement, index) => (
        <Statement key={index} {...statement} />
      ))}
    </section>
  );
});

/** How a card is computed: its SQL, and what answering it took. For those who may edit the report. */
export const Explain = observer(function Explain({
  id,
  title,
  close,
}: {
  id: string;
  title: string;
  close: () => void;
}) {
  const explainWords = useExplainWords();
  const { texts, words } = useApp();
  const { state, retry } = useExplanation(id);
  const label = explainWords.title(title);
  const failed = state.kind === "failed" ? errorText(texts, { code: state.error.code }) : null;
  return (
    <Dialog title={label} close={close}>
      {state.kind === "loading" && (
        <div className="explain-waiting" role="status" aria-label={words.loading}>
          <span className="spinner" />
        </div>
      )}
      {failed && (
        <Notice title={failed.title} advice={failed.advice}>
          <button type="button" className="button button-primary" onClick={retry}>
            {texts.signIn.retry}
          </button>
        </Notice>
      )}
      {state.kind === "ready" && (
        <div className="explain" tabIndex={0} role="region" aria-label={label}>
          {state.explanation.questions.map((question) => (
            <Explained key={question.part} question={question} />
          ))}
        </div>
      )}
    </Dialog>
  );
});
