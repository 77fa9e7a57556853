const PATHS = {
  chart: "M5 19V12M12 19V5M19 19V9",
  check: "M5 12.5l4.5 4.5L19 7.5",
  clock: "M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
  stamp: "M7 20h10M6 16h12M9 16c0-3-1.5-4-1.5-6.5a4.5 4.5 0 0 1 9 0C16.500 12 15 13 15 16",
  log: "M7 4h10a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1M9.500 9h5M9.500 13h5",
  drive: "M4 8a2 2 0 0 1 2-2h4l2 2h6a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z",
  calendar: "M5 6h14v13H5zM5 10.500h14M9 4v4M15 4v4",
  mail: "M4 6.500h16v11H4zM4.500 7l7.500 6 7.500-6",
  form: "M5 5h6v6H5zM13 13h6v6h-6zM13 5h6v6h-6zM5 13h6v6H5z",
  message: "M5 5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-7l-4 3.500V16H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1",
  projects: "M5 6h14M5 12h14M5 18h8",
  grid: "M5 5h5.500v5.500H5zM13.500 5H19v5.500h-5.500zM5 13.500h5.500V19H5zM13.500 13.500H19V19h-5.500z",
  contacts:
    "M12 11.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7M5 20c.6-3.600 3.400-5.500 7-5.500s6.400 1.900 7 5.500",
  me: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8.500 14.500c1.800 2 5.200 2 7 0M9 10h.01M15 10h.01",
  search: "M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12M15.500 15.500 20 20",
  down: "M7 10l5 5 5-5",
  document: "M7 4h7l4 4v12H7zM14 4v4h4M10 12.500h5M10 16h5",
  settings:
    "M12 9.200a2.800 2.800 0 1 0 0 5.600 2.800 2.800 0 0 0 0-5.600M12 3.500v2.200M12 18.300v2.200M3.500 12h2.200M18.300 12h2.200M6 6l1.600 1.600M16.400 16.400 18 18M6 18l1.600-1.600M16.400 7.600 18 6",
  close: "M7 7l10 10M17 7 7 17",
  back: "M14.500 6l-6 6 6 6",
  forward: "M9.500 6l6 6-6 6",
  globe:
    "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17M3.500 12h17M12 3.500c5 4.700 5 12.300 0 17M12 3.500c-5 4.700-5 12.300 0 17",
  lock: "M7 11h10v8H7zM9 11V8.500a3 3 0 0 1 6 0V11",
  scan: "M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M7 12h10",
  reload: "M19 12a7 7 0 1 1-2.300-5.200M19 4v4h-4",
} as const;

/** Names of the page's line icons. */
export type IconName = keyof typeof PATHS;

/** A line icon in the colour of the text around it. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
