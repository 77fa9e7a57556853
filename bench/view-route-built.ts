import { join } from "node:path";
import { bundleForNode } from "../scripts/build-node";
import { measureInChild } from "./child";
import type { Cleanup } from "./cleanup";
import type { Figure } from "./figure";

/** The route as it is built: what loads TypeScript as it runs names each function anew, which costs our side alone. */
export async function benchViewRoute(cleanup: Cleanup): Promise<Figure[]> {
  const folder = join("dist", "bench");
  await bundleForNode(process.cwd(), { "view-route": "bench/view-route-child.ts" }, folder);
  return measureInChild(join(folder, "view-route.js"), cleanup);
}
