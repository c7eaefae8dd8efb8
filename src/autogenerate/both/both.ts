/** Something of each database. */
export interface Both<Thing> {
  readonly postgresql: Thing;
  readonly sqlite: Thing;
}

export function each<From, To>(both: Both<From>, make: (of: From) => To): Both<To> {
  return { postgresql: make(both.postgresql), sqlite: make(both.sqlite) };
}
