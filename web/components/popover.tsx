import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";

/** A button with a small window under it. Escape and a press outside close it; the focus comes back to the button. */
export function Popover({
  label,
  button,
  className = "button",
  opened,
  closed,
  children,
}: {
  label: string;
  button: ReactNode;
  className?: string;
  opened?: () => void;
  /** However it was closed. */
  closed?: () => void;
  children: (close: () => void) => ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const close = (back = true): void => {
    setOpen(false);
    closed?.();
    if (back) frame.current?.querySelector("button")?.focus();
  };
  useEffect(() => {
    if (!open) return undefined;
    const away = (event: Event): void => {
      if (!frame.current?.contains(event.target as Node)) close(false);
    };
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  });
  useLayoutEffect(() => {
    if (open) frame.current?.querySelector<HTMLElement>(".popover input, .popover button")?.focus();
  }, [open]);
  return (
    <div
      className="menu"
      ref={frame}
      onKeyDown={(event) => {
        if (open && event.key === "Escape") close();
      }}
    >
      <button
        type="button"
        className={className}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => {
          if (open) return close();
          setOpen(true);
          opened?.();
        }}
      >
        {button}
      </button>
      {open && (
        <div className="popover" role="dialog" aria-label={label}>
          {children(() => close())}
        </div>
      )}
    </div>
  );
}
