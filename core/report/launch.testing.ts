import { readFileSync } from "node:fs";

/** The rows of the documentation's launch table, without its heading: platform to what happens. */
export function documentedLaunches(): string[][] {
  const lines = readFileSync("docs/launch.md", "utf8").split("\n");
  const from = lines.findIndex((line) => line.startsWith("|"));
  const table = lines.slice(from, lines.indexOf("", from)).map((line) => line.split("|").slice(1, -1));
  return table.slice(2).map((cells) => cells.map((cell) => cell.trim().replaceAll("`", "")));
}
