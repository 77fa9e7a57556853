const DURATION_MS = 260;
const EASING = "cubic-bezier(0.25, 0.8, 0.3, 1)";

/** Slides a page in: from the right when it was opened, from the left when one above it was closed. */
export function slideIn(frame: HTMLElement, direction: "forward" | "back"): void {
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const from = direction === "forward" ? "translateX(100%)" : "translateX(-24%)";
  frame.animate(
    [
      { transform: from, opacity: direction === "forward" ? 1 : 0.6 },
      { transform: "none", opacity: 1 },
    ],
    {
      duration: DURATION_MS,
      easing: EASING,
    },
  );
}
