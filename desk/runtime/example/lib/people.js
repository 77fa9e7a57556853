export function add(a, b) {
  return a + b;
}

export function nextPerson(people) {
  const id = people.reduce((highest, person) => Math.max(highest, person.id), 0) + 1;
  return { id, name: `person ${id}`, age: 20 + id };
}
