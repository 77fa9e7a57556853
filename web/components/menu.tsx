import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

export interface MenuItem {
  key: string;
  label: string;
  /** Whether this is the one in force; absent where items are actions. */
  checked?: boolean;
  run: () => void;
}

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Calls `away` as soon as something outside is pressed. */
function usePressedAway(open: boolean, away: (event: Event) => void): void {
  useEffect(() => {
    if (!open) return undefined;
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  });
}

function useMenu() {
  const [open, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const entries = (): HTMLElement[] => [...(frame.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
  const close = (back: boolean): void => {
    setOpen(false);
    if (back) frame.current?.querySelector("button")?.focus();
  };
  usePressedAway(open, (event) => {
    if (!frame.current?.contains(event.target as Node)) close(false);
  });
  // Before the next key can arrive: effects after painting are too late for fast typists.
  useLayoutEffect(() => {
    if (open) entries()[0]?.focus();
  }, [open]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!open) return;
    const all = entries();
    const step = STEPS[event.key];
    if (event.key === "Escape") close(true);
    else if (event.key === "Tab") close(false);
    else if (step) all[step(all.indexOf(document.activeElement as HTMLElement), all.length)]?.focus();
    if (step || event.key === "Escape") event.preventDefault();
  };
  return { open, frame, onKeyDown, close, toggle: () => setOpen(!open) };
}

/** A button that opens a list of actions or choices: arrow keys move, Escape closes. https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/ */
export function Menu({
  label,
  className = "button button-plain",
  items,
  children,
}: {
  label: string;
  className?: string;
  items: MenuItem[];
  children: ReactNode;
}) {
  const menu = useMenu();
  const id = useId();
  return (
    <div className="menu" ref={menu.frame} onKeyDown={menu.onKeyDown}>
      <button
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={menu.open}
        aria-controls={menu.open ? id : undefined}
        onClick={menu.toggle}
      >
        {children}
      </button>
      {menu.open && (
        <div className="menu-list" role="menu" id={id} aria-label={label}>
          {items.map((item) => (
            <button
              key={item.key}
              type="button"
              tabIndex={-1}
              role={item.checked === undefined ? "menuitem" : "menuitemradio"}
              aria-checked={item.checked}
              onClick={() => {
                menu.close(true);
                item.run();
              }}
            >
              {item.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
