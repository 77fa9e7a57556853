import "./form.css";
import { observer } from "mobx-react-lite";
import { useId, useLayoutEffect, useRef, useState, type SubmitEvent } from "react";
import type { ApiError } from "../../client/api/error";
import { useApp } from "../app-context";
import { FormError } from "./form-error";

export interface FormField<Name extends string> {
  name: Name;
  label: string;
  /** What the browser's memory may fill in. https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill */
  autoComplete: string;
  /** Hidden while typed, with a button that shows it. */
  secret?: boolean;
  minLength?: number;
  /** Said where it is empty or too short. */
  missing: string;
}

const isMissing = ({ secret, minLength = 1 }: FormField<string>, value: string): boolean =>
  (secret ? value : value.trim()).length < minLength;

const Field = observer(function Field({ field, wrong }: { field: FormField<string>; wrong: boolean }) {
  const { words } = useApp();
  const id = useId();
  const [shown, setShown] = useState(false);
  const told = `${id}-told`;
  return (
    <div className="form-field">
      <label htmlFor={id}>{field.label}</label>
      <div className="form-input">
        <input
          id={id}
          name={field.name}
          className="field"
          type={field.secret && !shown ? "password" : "text"}
          autoComplete={field.autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={wrong}
          aria-describedby={wrong ? told : undefined}
        />
        {field.secret && (
          <button type="button" className="form-show" aria-controls={id} onClick={() => setShown(!shown)}>
            {shown ? words.hide : words.show}
          </button>
        )}
      </div>
      {wrong && (
        <p id={told} className="form-told" role="alert">
          {field.missing}
        </p>
      )}
    </div>
  );
});

/** A short form: the first field has the focus, what is missing is said at its field, a refusal above the button. */
export const Form = observer(function Form<Name extends string>({
  fields,
  error,
  busy,
  action,
  submit,
}: {
  fields: FormField<Name>[];
  error: ApiError | null;
  busy: boolean;
  /** The button's words. */
  action: string;
  submit: (values: Record<Name, string>) => void;
}) {
  const form = useRef<HTMLFormElement>(null);
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set<string>());
  useLayoutEffect(() => form.current?.querySelector("input")?.focus(), []);

  const send = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (busy) return;
    const typed = new FormData(event.currentTarget);
    const values = Object.fromEntries(fields.map(({ name }) => [name, String(typed.get(name))])) as Record<
      Name,
      string
    >;
    const missing = fields.filter((field) => isMissing(field, values[field.name]));
    setWrong(new Set(missing.map(({ name }) => name)));
    if (missing[0]) (event.currentTarget.elements.namedItem(missing[0].name) as HTMLElement).focus();
    else submit(values);
  };

  return (
    <form ref={form} className="form" noValidate onSubmit={send}>
      {fields.map((field) => (
        <Field key={field.name} field={field} wrong={wrong.has(field.name)} />
      ))}
      <FormError error={error} />
      <button type="submit" className="button button-primary form-action" aria-busy={busy} aria-disabled={busy}>
        {busy && <span className="form-busy" />}
        {action}
      </button>
    </form>
  );
});
