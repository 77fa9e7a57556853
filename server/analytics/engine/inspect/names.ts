/**
 * The names in a file, each made one that no other column has, and what it was where it could not stay. Upper and lower
 * case are the same to SQL. Null where the file has no header.
 */
export function namesOf(found: readonly (string | null)[]): { name: string; renamedFrom: string | null }[] {
  const taken = new Set<string>();
  return found.map((name, index) => {
    const wanted =
      (name ?? "")
        .replace(/[\u0000-\u001f]+/g, " ")
        .trim()
        .slice(0, 90) || `column_${index + 1}`;
    let free = wanted;
    for (let turn = 2; taken.has(free.toLowerCase()); turn += 1) free = `${wanted}_${turn}`;
    taken.add(free.toLowerCase());
    return { name: free, renamedFrom: name === null || name.trim() === free ? null : name };
  });
}
