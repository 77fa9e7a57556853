import { randomBytes } from "node:crypto";
import { z } from "zod";

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);

/** A list with commas, as an administrator types domains into the console. */
const domains = z.string().transform((list) =>
  list
    .split(",")
    .map((domain) => domain.trim())
    .filter((domain) => domain !== ""),
);

const Environment = z.object({
  DESK_PORT: port(3100),
  DESK_CONTROL_PORT: port(0),
  AUTOMATOR_PORT: port(0),
  OPEN_PLATFORM_PORT: port(0),
  DESK_TOKEN: z.string().min(16).optional(),
  MINI_PROGRAM_DIR: z.string().min(1).default("dist/mini-program"),
  SEED_FILE: z.string().min(1).default("desk/demo/enterprise.json"),
  DESK_STRICT: z.enum(["0", "1"]).default("0"),
  HEADLESS: z.enum(["0", "1", "false", "true", ""]).default("0"),
  TRUSTED_DOMAINS: domains.default([]),
  WEB_VIEW_DOMAINS: domains.optional(),
  REDIRECT_URLS: domains.default([]),
  PRODUCT_URL: z.url({ protocol: /^http$/ }).optional(),
  CHROME_PATH: z.string().min(1).optional(),
});

/** How the desk runs. Port 0 takes a free one. */
export interface DeskConfig {
  deskPort: number;
  controlPort: number;
  automatorPort: number;
  openPlatformPort: number;
  /** The repository: other paths are relative to it. */
  rootDir: string;
  /** Opens the control interface and the automator endpoint. */
  token: string;
  miniProgramDir: string;
  /** Any fault of the mini program is an error: for the product's own build. */
  strict: boolean;
  seedFile: string;
  /** Shows the phone in a headless browser of our own, for screenshots through the automator. */
  headless: boolean;
  /** HTTP trusted domains of the mini program, `host[:port]`. */
  trustedDomains: string[];
  /** Webview trusted domains: pages of others do not load in a web-view. The HTTP ones where none are given. */
  webViewDomains: string[];
  /** Addresses that every app has registered for the way back from DingTalk's sign-in page. */
  redirectUrls: string[];
  /** The product's server, `http://host:port`, for the PC client and the system browser; null: the desk has no PC. */
  productUrl: string | null;
  /** Chrome or Chromium for the headless phone; null looks in the usual places. */
  chromePath: string | null;
}

/** Reads and checks the desk's environment, over which `given` goes; throws with a list of what is wrong. The working directory is the repository. */
export function loadDeskConfig(given: Record<string, string | undefined> = {}): DeskConfig {
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const parsed = Environment.safeParse({ ...process.env, ...named });
  if (!parsed.success) throw new Error(`The desk's settings are wrong:\n${z.prettifyError(parsed.error)}`);
  const read = parsed.data;
  return {
    deskPort: read.DESK_PORT,
    controlPort: read.DESK_CONTROL_PORT,
    automatorPort: read.AUTOMATOR_PORT,
    openPlatformPort: read.OPEN_PLATFORM_PORT,
    rootDir: process.cwd(),
    token: read.DESK_TOKEN ?? randomBytes(24).toString("hex"),
    miniProgramDir: read.MINI_PROGRAM_DIR,
    strict: read.DESK_STRICT === "1",
    seedFile: read.SEED_FILE,
    headless: read.HEADLESS === "1" || read.HEADLESS === "true",
    trustedDomains: read.TRUSTED_DOMAINS,
    webViewDomains: read.WEB_VIEW_DOMAINS ?? read.TRUSTED_DOMAINS,
    redirectUrls: read.REDIRECT_URLS,
    productUrl: read.PRODUCT_URL === undefined ? null : new URL(read.PRODUCT_URL).origin,
    chromePath: read.CHROME_PATH ?? null,
  };
}
