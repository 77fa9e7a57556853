const title = (name) => name.charAt(0).toUpperCase() + name.slice(1);

export function shout(text) {
  return `${text.toUpperCase()}:`;
}

export const plain = (value) => (value.constructor === "Number" ? value.toFixed(1) : value);

export default { title };
