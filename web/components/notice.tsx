import type { ReactNode } from "react";
import { Mark } from "./mark";

/** Stands where there is nothing else to show: what is the matter, and what to do next. */
export function Notice({ title, advice, children }: { title: string; advice: string; children?: ReactNode }) {
  return (
    <section className="notice" role="status">
      <Mark size={44} />
      <h2>{title}</h2>
      <p>{advice}</p>
      {children}
    </section>
  );
}
