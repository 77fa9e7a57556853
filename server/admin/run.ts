import { own } from "../../core/own";
import { parseArgs } from "node:util";
import { z } from "zod";
import type { Domain } from "../compose";
import { AppError, StartError } from "../errors";
import { UsageError, type Command, type Terminal } from "./command";
import { enterpriseCommands } from "./enterprise";
import { secretCommands } from "./secret";
import { userCommands } from "./user";

const COMMANDS: Record<string, Command> = { ...enterpriseCommands, ...userCommands, ...secretCommands };

export interface AdminParts {
  /** Opens what the commands work on; called only once the input is known to be right. */
  open(options: { anyKey: boolean }): Promise<Domain>;
  terminal: Terminal;
}

/** Runs one command; answers the exit code: 0 done, 1 refused, 2 not understood. It asks nothing. */
export async function runAdmin(args: string[], parts: AdminParts): Promise<number> {
  const { terminal } = parts;
  const words = args.findIndex((arg) => arg.startsWith("-"));
  const name = args.slice(0, words === -1 ? args.length : words).join(" ");
  const rest = words === -1 ? [] : args.slice(words);
  const help = rest.includes("--help") || rest.includes("-h");
  const found = own(COMMANDS, name);
  if (!found) return withoutCommand(name, help, terminal);
  if (help) {
    terminal.print(usage(name, found));
    return 0;
  }
  try {
    await perform(found, rest, parts);
    return 0;
  } catch (error) {
    return explain(error, usage(name, found), terminal);
  }
}

function withoutCommand(name: string, help: boolean, terminal: Terminal): number {
  if (name === "" && help) {
    terminal.print(overview());
    return 0;
  }
  terminal.complain(name === "" ? overview() : `There is no command "${name}".\n\n${overview()}`);
  return 2;
}

async function perform(command: Command, args: string[], { open, terminal }: AdminParts): Promise<void> {
  const input = readInput(command, args);
  const domain = await open({ anyKey: command.anyKey ?? false });
  try {
    await command.run(domain, input, terminal);
  } finally {
    await domain.close();
  }
}

function readInput({ options, input }: Command, args: string[]): unknown {
  const known = Object.entries(options).map(([name, option]) => [name, { type: option.flag ? "boolean" : "string" }]);
  let values: Record<string, unknown>;
  try {
    ({ values } = parseArgs({ args, options: Object.fromEntries(known), strict: true, allowPositionals: false }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const missing = Object.entries(options).filter(([name, option]) => option.required && values[name] === undefined);
  if (missing.length > 0) throw new UsageError(`Missing: ${missing.map(([name]) => `--${name}`).join(", ")}`);
  const parsed = input.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new UsageError(parsed.error.issues.map((issue) => `--${issue.path.join(".")}: ${issue.message}`).join("\n"));
}

function explain(error: unknown, help: string, terminal: Terminal): number {
  if (error instanceof UsageError) {
    terminal.complain(`${error.message}\n\n${help}`);
    return 2;
  }
  if (error instanceof AppError || error instanceof StartError) {
    terminal.complain(error.message);
    return 1;
  }
  if (error instanceof z.ZodError) {
    terminal.complain(z.prettifyError(error));
    return 2;
  }
  throw error;
}

function overview(): string {
  const lines = Object.entries(COMMANDS).map(([name, { about }]) => `  ${name.padEnd(22)}${about}`);
  return ["Usage: npm run admin -- COMMAND [OPTIONS]   (--help behind a command explains it)", "", ...lines].join("\n");
}

function usage(name: string, { about, options }: Command): string {
  const lines = Object.entries(options).map(([option, { about: text, flag, required }]) => {
    const shown = `--${option}${flag ? "" : " VALUE"}`;
    return `  ${shown.padEnd(26)}${text}${required ? " (required)" : ""}`;
  });
  return [`Usage: npm run admin -- ${name} [OPTIONS]`, about, ...(lines.length > 0 ? ["", ...lines] : [])].join("\n");
}
