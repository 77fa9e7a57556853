interface SegmentsProps<Value extends string> {
  label: string;
  options: [Value, string][];
  value: Value;
  choose: (value: Value) => void;
}

/** A choice of few, all in sight. */
export function Segments<Value extends string>({ label, options, value, choose }: SegmentsProps<Value>) {
  return (
    <div class="segments" role="radiogroup" aria-label={label}>
      {options.map(([option, text]) => (
        <button key={option} type="button" role="radio" aria-checked={option === value} onClick={() => choose(option)}>
          {text}
        </button>
      ))}
    </div>
  );
}
