/**
 * Tables with one thing each that a careless rebuild loses. In their texts @x@end, @y and @z are columns that a change may
 * alter; @columns and @constraints are where a change may add to them.
 */
export interface Feature {
  readonly table: string;
  /** What else there is: other tables, views, indexes, triggers. */
  readonly others?: string;
  /** The rows, written with foreign keys off. */
  readonly rows?: string;
  /** Tables that a script does not carry over: it is made without a look at the database. */
  readonly lostByScript?: readonly string[];
}

/** A table with nothing special, and three rows for it. */
export const plain = "CREATE TABLE p(id integer PRIMARY KEY, @x@end, @z @y@columns@constraints)";
export const three = "INSERT INTO p(x, y) VALUES ('a', 1), ('b', 2), ('c', NULL)";
