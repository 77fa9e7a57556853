import { Skeleton } from "antd";
import { observer } from "mobx-react-lite";
import { useEffect, useRef, useState } from "react";
import { useDatasetWords } from "../../text/dataset";
import type { Code, Mark } from "./code";

/** The editor is loaded when somebody wants to edit. */
const load = () => import("./code");

interface CodeViewProps {
  text: string;
  label: string;
  marks: readonly Mark[];
  changed: (text: string) => void;
  /** Given the editor once it is there. */
  opened: (code: Code) => void;
}

/** A text with line numbers that can be changed, its problems at their lines. */
export function CodeView({ text, label, marks, changed, opened }: CodeViewProps) {
  const parent = useRef<HTMLDivElement>(null);
  const [code, setCode] = useState<Code | null>(null);
  useEffect(() => {
    let gone = false;
    let made: Code | null = null;
    void load().then(({ openCode }) => {
      if (gone || !parent.current) return;
      made = openCode(parent.current, { text, label, changed });
      setCode(made);
      opened(made);
    });
    return () => {
      gone = true;
      made?.close();
    };
  }, []); // the editor lives as long as this; what changes goes in below
  useEffect(() => code?.setText(text), [code, text]);
  useEffect(() => code?.mark(marks), [code, marks]);
  return (
    <div className="console-code">
      {!code && <Skeleton active paragraph={{ rows: 10 }} />}
      <div ref={parent} />
    </div>
  );
}

/** How one text differs from another. */
export const Difference = observer(function Difference({
  before,
  after,
  label,
}: {
  before: string;
  after: string;
  label: string;
}) {
  const { unchangedLines: folded } = useDatasetWords();
  const parent = useRef<HTMLDivElement>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    let gone = false;
    let close = (): void => undefined;
    void load().then(({ openDifference }) => {
      if (gone || !parent.current) return;
      const view = openDifference(parent.current, { before, after, label, folded });
      close = () => view.close();
      setReady(true);
    });
    return () => {
      gone = true;
      close();
    };
  }, [before, after, label, folded]);
  return (
    <div className="console-code console-difference">
      {!ready && <Skeleton active />}
      <div ref={parent} />
    </div>
  );
});
