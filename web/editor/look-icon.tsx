import type { LookName } from "../../client/stores/editor/look";

type Drawn = LookName | "text" | "section" | "divider" | "link";

const PATHS: Record<Drawn, string> = {
  kpi: "M5 17V9l-2 1.5M10 9h4v3.5h-4V17h4M18 9h3v8h-3M18 13h3",
  line: "M3 17l5-6 4 3 8-9M3 21h18",
  area: "M3 21V15l5-5 4 3 8-8v16z",
  column: "M5 21V11h3v10zM11 21V5h3v16zM17 21v-8h3v8z",
  stacked: "M5 21V9h3v12zM5 15h3M11 21V4h3v17zM11 13h3M17 21V11h3v10zM17 16h3",
  bar: "M3 5h14v3H3zM3 11h9v3H3zM3 17h6v3H3z",
  combo: "M5 21v-7h3v7zM11 21V11h3v10zM17 21v-5h3v5zM4 9l5-4 5 2 6-4",
  pie: "M12 3a9 9 0 1 0 9 9h-9zM15 3.5A9 9 0 0 1 20.5 9H15z",
  ring: "M12 3a9 9 0 1 0 .01 0zM12 8a4 4 0 1 0 .01 0zM12 3v5",
  table: "M3 5h18v14H3zM3 10h18M3 14.5h18M9 5v14",
  pivot: "M3 5h18v14H3zM3 10h18M9 5v14M15 10v9",
  section: "M4 6h16M7 12h13M7 17h13M3 11l2 1.5L3 14",
  divider: "M3 12h18",
  link: "M10 14l4-4M9 11l-3 3a3 3 0 0 0 4 4l3-3M15 13l3-3a3 3 0 0 0-4-4l-3 3",
  text: "M5 6h14M12 6v13M9 19h6",
};

/** A small drawing of a look; its name stands beside it. */
export function LookIcon({ name }: { name: Drawn }) {
  return (
    <svg viewBox="0 0 24 24" width={22} height={22} className="icon" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
