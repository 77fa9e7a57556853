import type { Json, JsonObject, Patch } from "../protocol";

type Step = string | number;

function isContainer(value: unknown): value is Json[] | JsonObject {
  return typeof value === "object" && value !== null;
}

function changed(value: Json | undefined, path: Step[], change: (old: Json | undefined) => Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (Array.isArray(value) && typeof step === "number") {
    const copy = [...value];
    // A hole would cross as null anyway; fill it so that every index has a value.
    while (copy.length < step) copy.push(null);
    copy[step] = changed(value[step], rest, change);
    return copy;
  }
  if (!isContainer(value) && typeof step === "number") return changed([], path, change);
  const from: JsonObject = isContainer(value) ? (value as JsonObject) : {};
  return { ...from, [step]: changed(from[step], rest, change) };
}

/** New data after one `setData`; what a patch does not touch keeps its identity, and `data` itself stays as it was. */
export function applyPatches(data: JsonObject, patches: readonly Patch[]): JsonObject {
  return patches.reduce<JsonObject>((current, patch) => {
    const next = changed(current, patch.path, (old) => {
      if ("value" in patch) return patch.value;
      const copy = Array.isArray(old) ? [...old] : [];
      copy.splice(...(patch.splice as [number, number, ...Json[]]));
      return copy;
    });
    return isContainer(next) && !Array.isArray(next) ? next : current;
  }, data);
}
