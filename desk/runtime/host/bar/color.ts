/** Does white text read better on this colour? Takes `#rgb`, `#rrggbb`; anything else counts as light. */
export function isDark(color: string): boolean {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(color);
  const long = short
    ? short.slice(1).map((digit) => digit + digit)
    : /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(color)?.slice(1);
  if (!long) return false;
  const [red = 0, green = 0, blue = 0] = long.map((part) => parseInt(part, 16));
  return red * 0.299 + green * 0.587 + blue * 0.114 < 150;
}
