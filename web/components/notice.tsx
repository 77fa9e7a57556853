import type { ReactNode } from "react";
import { Mark } from "./mark";

/** Stands where there is nothing else to show: what is the matter, and what to do next. `whole`: it is all that the page says. */
export function Notice({
  title,
  advice,
  whole = false,
  children,
}: {
  title: string;
  advice: string;
  whole?: boolean;
  children?: ReactNode;
}) {
  return (
    <section className="notice" role="status">
      <Mark size={44} />
      {whole ? <h1>{title}</h1> : <h2>{title}</h2>}
      <p>{advice}</p>
      {children}
    </section>
  );
}
