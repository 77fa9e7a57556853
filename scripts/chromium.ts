import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const KNOWN = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const CHINESE_FONTS = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

/** The Chrome or Chromium of this machine, if there is one. */
export function findChromium(asked: string | undefined): string | undefined {
  return [asked, ...KNOWN].find((path) => path !== undefined && existsSync(path));
}

/**
 * Makes sure of a Chromium (and a Chinese font for it): takes the machine's own, else installs Debian's packages, which
 * needs root. Throws with what to do where neither works.
 */
export function ensureChromium(asked: string | undefined): string {
  const found = findChromium(asked);
  const fontsNeeded = process.platform === "linux" && process.getuid?.() === 0 && !existsSync(CHINESE_FONTS);
  if (found && !fontsNeeded) return found;
  const packages = [...(found ? [] : ["chromium"]), ...(fontsNeeded ? ["fonts-noto-cjk"] : [])];
  console.log(`Installing ${packages.join(" and ")} ...`);
  for (const args of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", ...packages],
  ]) {
    spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"], env: { ...aptEnvironment() } });
  }
  const installed = findChromium(asked);
  if (!installed) {
    throw new Error(
      "No Chrome or Chromium was found. Install one (Debian: apt-get install chromium), or set CHROME_PATH.",
    );
  }
  return installed;
}

const aptEnvironment = (): Record<string, string> => ({
  DEBIAN_FRONTEND: "noninteractive",
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
});
