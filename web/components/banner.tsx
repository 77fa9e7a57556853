import "./form.css";

/** A remark above a form, read out as it appears: why it is asked for, or why it was refused (`bad`). */
export function Banner({
  kind,
  title,
  advice = "",
}: {
  kind: "info" | "warning" | "bad";
  title: string;
  advice?: string;
}) {
  return (
    <div className={`banner banner-${kind}`} role={kind === "bad" ? "alert" : "status"}>
      <strong>{title}</strong>
      {advice && <span>{advice}</span>}
    </div>
  );
}
