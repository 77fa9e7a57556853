const DURATION_MS = 260;
const EASING = "cubic-bezier(0.25, 0.8, 0.3, 1)";
/** Where the upper page comes from or goes to, and where the lower one stands meanwhile. */
const AWAY = { transform: "translateX(100%)" };
const ASIDE = { transform: "translateX(-26%)" };
const HERE = { transform: "none" };

/**
 * Slides from one page to another as iOS does: the upper page moves over the lower one. Resolves when `left` may go.
 * Without motion (as the person may prefer) nothing moves.
 */
export async function slide(shown: HTMLElement, left: HTMLElement, direction: "forward" | "back"): Promise<void> {
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const forward = direction === "forward";
  (forward ? shown : left).style.zIndex = "1";
  left.style.visibility = "visible";
  const timing = { duration: DURATION_MS, easing: EASING };
  const moves = [
    shown.animate([forward ? AWAY : ASIDE, HERE], timing),
    left.animate([HERE, forward ? ASIDE : AWAY], timing),
  ];
  await Promise.allSettled(moves.map((move) => move.finished));
  for (const frame of [shown, left]) frame.style.removeProperty("z-index");
  left.style.removeProperty("visibility");
}
