import { execFileSync } from "node:child_process";

/** What a process and all that it started hold in memory, in MB; the embedded PostgreSQL is not counted. */
export function memoryOfTree(pid = process.pid): number {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss=,comm="], { encoding: "utf8" })
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, id, parent, kilobytes, command]) => ({
      id: Number(id),
      parent: Number(parent),
      megabytes: Number(kilobytes) / 1024,
      command: command ?? "",
    }));
  const sum = (id: number): number =>
    rows
      .filter((row) => row.parent === id && !/postgres|^ps$/.test(row.command))
      .reduce((total, row) => total + row.megabytes + sum(row.id), 0);
  return (rows.find(({ id }) => id === pid)?.megabytes ?? 0) + sum(pid);
}
