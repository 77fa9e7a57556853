import type { TestEngine } from "./engine";
import { ENGINES } from "./engines";
import { startWire, type Wire } from "./wire";

/** An engine that is reached over a line which a test can let hang or cut. */
export type WiredEngine = TestEngine & { wire: Wire };

/** A text of 100 MB, as the engine of that name makes one. */
export const hugeText = (engine: string): string =>
  engine === "clickhouse"
    ? "arrayStringConcat(arrayMap(part -> repeat('x', 1000000), range(100)))"
    : "repeat('x', 100000000)";

async function wired(engine: TestEngine): Promise<WiredEngine> {
  const { host, port } = engine.connection();
  const wire = await startWire({ host, port });
  return {
    ...engine,
    wire,
    connection: (changes = {}) => engine.connection({ port: wire.port, ...changes }),
    stop: async () => {
      await wire.close();
      await engine.stop();
    },
  };
}

/** The engines that can be had here, those of these names. */
export function wiredEngines(names?: string[]): [string, () => Promise<WiredEngine>][] {
  const wanted = names ? ENGINES.filter(([name]) => names.includes(name)) : ENGINES;
  return wanted.map(([name, start]) => [name, async () => wired(await start())]);
}
