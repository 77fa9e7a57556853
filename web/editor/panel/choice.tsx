import type { ComponentProps, ReactNode } from "react";
import { TextField } from "../top-bar";

/** A setting that is typed. */
export function TextSetting({ children, ...field }: ComponentProps<typeof TextField> & { children?: ReactNode }) {
  return (
    <label className="setting">
      <span>{field.label}</span>
      <TextField {...field} />
      {children}
    </label>
  );
}

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
