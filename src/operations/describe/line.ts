/** What the lines of all operations have in common. */

/** A function for each kind of `Described`, so that the compiler names the kind that is missing. */
export type Describers<Described extends { readonly kind: string }> = {
  readonly [Kind in Described["kind"]]: (it: Extract<Described, { readonly kind: Kind }>) => string;
};

/** The first line of SQL that says something. */
export function firstLine(text: string): string {
  // A comment above a statement must not hide it.
  const line =
    text.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, "").split("\n", 1)[0] ?? "";
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}

/** `increment 5, no cycle`: members by their names, what is on or off as words. */
export function members(options: object): string {
  const known = Object.entries(options).filter(([, value]) => value !== undefined);
  return known.map(([name, value]) => member(words(name), value)).join(", ") || "nothing";
}

function member(name: string, value: unknown): string {
  if (value === true) return name;
  return value === false ? `no ${name}` : `${name} ${String(value)}`;
}

/** `bypassRowSecurity` as `bypass row security`. */
export function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
