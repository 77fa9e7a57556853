import { resolve } from "node:path";
import { z } from "zod";

const Port = z.coerce.number().int().min(1).max(65_535);

const Environment = z.object({
  PORT: Port.optional(),
  DESK_PORT: Port.optional(),
  DESK_CONTROL_PORT: Port.optional(),
  AUTOMATOR_PORT: Port.optional(),
  OPEN_PLATFORM_PORT: Port.optional(),
  DATA_DIR: z.string().min(1).default(".data"),
  /** The server's address as clients reach it; baked into the mini program by `npm run build`. */
  PUBLIC_URL: z.url().optional(),
  /** The CorpId of a mini program that is launched without one. */
  CORP_ID: z.string().min(1).optional(),
  CHROME_PATH: z.string().min(1).optional(),
  /** Rows of the demo's retail data. */
  DEMO_ROWS: z.coerce.number().int().min(1_000).max(100_000_000).default(1_000_000),
});

/** What the build, the demo start and the test run read from the environment. */
export interface ScriptConfig {
  rootDir: string;
  dataDir: string;
  publicUrl: string | undefined;
  corpId: string | undefined;
  chromePath: string | undefined;
  demoRows: number;
  /** Ports that were set explicitly; the others are free ones near the usual numbers. */
  ports: {
    server: number | undefined;
    desk: number | undefined;
    control: number | undefined;
    automator: number | undefined;
    openPlatform: number | undefined;
  };
  /** The environment to hand on to child processes. */
  inherited: NodeJS.ProcessEnv;
}

/** Reads and checks the environment once. Throws a readable error for a bad value. */
export function readScriptConfig(env: NodeJS.ProcessEnv): ScriptConfig {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) throw new Error(`The environment is not usable:\n${z.prettifyError(parsed.error)}`);
  const values = parsed.data;
  const rootDir = process.cwd();
  return {
    rootDir,
    dataDir: resolve(rootDir, values.DATA_DIR),
    publicUrl: values.PUBLIC_URL,
    corpId: values.CORP_ID,
    chromePath: values.CHROME_PATH,
    demoRows: values.DEMO_ROWS,
    ports: {
      server: values.PORT,
      desk: values.DESK_PORT,
      control: values.DESK_CONTROL_PORT,
      automator: values.AUTOMATOR_PORT,
      openPlatform: values.OPEN_PLATFORM_PORT,
    },
    inherited: env,
  };
}

/** The same, from this process. */
export const scriptConfig = (): ScriptConfig => readScriptConfig(process.env);
