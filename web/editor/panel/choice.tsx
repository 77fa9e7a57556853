import type { ReactNode } from "react";

/** A setting with one of several values. */
export function Choice<Value extends string>({
  label,
  value,
  options,
  choose,
}: {
  label: string;
  value: Value;
  options: [value: Value, text: string][];
  choose: (value: Value) => void;
}) {
  return (
    <label className="setting">
      <span>{label}</span>
      <select className="field" value={value} onChange={(event) => choose(event.currentTarget.value as Value)}>
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A setting that is on or off. */
export function Tick({ on, change, children }: { on: boolean; change: (on: boolean) => void; children: ReactNode }) {
  return (
    <label className="tick">
      <input type="checkbox" checked={on} onChange={(event) => change(event.currentTarget.checked)} />
      {children}
    </label>
  );
}
