/** How a table is written. */
import { type Feature, plain, three } from "./feature.ts";

export const texts: Readonly<Record<string, Feature>> = {
  "nothing special": { table: plain },
  "rowids without a key of their own": {
    table: "CREATE TABLE p(@x@end, @z @y@columns@constraints)",
    rows: "INSERT INTO p(rowid, x, y) VALUES (3, 'a', 1), (77, 'b', 2), (-5, NULL, NULL)",
  },
  "an INT key, which is no rowid": {
    table: "CREATE TABLE p(id INT PRIMARY KEY, @x@end, @z @y@columns@constraints)",
    rows: "INSERT INTO p(rowid, id, x) VALUES (5, 50, 'a'), (9, 20, 'b'), (12, NULL, 'c')",
  },
  "a descending key, which is no rowid": {
    table: "CREATE TABLE p(id integer PRIMARY KEY DESC, @x@end, @z @y@columns@constraints)",
    rows: "INSERT INTO p(rowid, id, x) VALUES (5, 50, 'a'), (9, 20, 'b')",
  },
  "a key of two columns, named and descending": {
    table:
      "CREATE TABLE p(@x@end, @z @y, k int@columns, CONSTRAINT pk PRIMARY KEY (k DESC, x)@constraints)",
    rows: "INSERT INTO p(rowid, k, x) VALUES (7, 1, 'a'), (8, 2, 'b')",
  },
  "NULLs in a key": {
    table: "CREATE TABLE p(k text PRIMARY KEY, @x@end, @z @y@columns@constraints)",
    rows: "INSERT INTO p VALUES (NULL, 'a', 1, 1), (NULL, 'b', 2, 2)",
  },
  "columns that take the names of the rowid": {
    table: "CREATE TABLE p(rowid text, oid int, @x@end, @z @y@columns@constraints)",
    rows: "INSERT INTO p(_rowid_, rowid, oid, x) VALUES (4, 'r', 40, 'a'), (9, 's', 90, 'b')",
  },
  "AUTOINCREMENT, the largest numbers gone": {
    table:
      "CREATE TABLE p(id integer PRIMARY KEY AUTOINCREMENT, @x@end, @z @y@columns@constraints)",
    others: "CREATE TABLE q(id integer PRIMARY KEY AUTOINCREMENT)",
    rows: `${three}; INSERT INTO p(id, x) VALUES (99, 'd'); DELETE FROM p WHERE id = 99; INSERT INTO q VALUES (5)`,
  },
  "AUTOINCREMENT, and no row left": {
    table:
      "CREATE TABLE p(id integer PRIMARY KEY AUTOINCREMENT, @x@end, @z @y@columns@constraints)",
    rows: `${three}; DELETE FROM p`,
  },
  "AUTOINCREMENT, and never a row": {
    table:
      "CREATE TABLE p(id integer PRIMARY KEY AUTOINCREMENT, @x@end, @z @y@columns@constraints)",
    rows: "SELECT 1",
  },
  "columns with names that mig uses itself": {
    table:
      "CREATE TABLE p(mig_row integer PRIMARY KEY, mig_value text, mig_same, mig_parent, example, rows, before, after, _mig_x, @x@end, @z @y@columns@constraints)",
    rows: `${three}; UPDATE p SET mig_value = 'v', mig_same = 1, mig_parent = 2, example = 'e', rows = 9, before = 1, after = 2, _mig_x = 'm'`,
  },
  STRICT: { table: `${plain} STRICT` },
  "WITHOUT ROWID": {
    table: "CREATE TABLE p(k text PRIMARY KEY, @x@end, @z @y@columns@constraints) WITHOUT ROWID",
    rows: "INSERT INTO p VALUES ('k', 'a', 1, 1), ('j', 'b', 2, 2)",
  },
  "STRICT and WITHOUT ROWID": {
    table:
      "CREATE TABLE p(k blob, @x@end, @z @y@columns, PRIMARY KEY (k DESC)@constraints) STRICT, WITHOUT ROWID",
    rows: "INSERT INTO p VALUES (x'01', 'a', 1, 1), (x'02', 'b', 2, 2)",
  },
  "virtual columns": {
    table:
      "CREATE TABLE p(id integer PRIMARY KEY, g int GENERATED ALWAYS AS (id * 2) VIRTUAL, @x@end, @z h AS (g + 1), @y@columns@constraints)",
  },
  "stored columns": {
    table:
      "CREATE TABLE p(s text AS (x || '!') STORED, id integer PRIMARY KEY, @x@end, @z @y@columns@constraints)",
  },
  "collations of columns": {
    table:
      "CREATE TABLE p(id integer PRIMARY KEY, n text COLLATE NOCASE UNIQUE, @x COLLATE RTRIM@end, @z @y@columns@constraints)",
    rows: "INSERT INTO p(n, x) VALUES ('One', 'a '), ('two', 'b')",
  },
  "checks without names": {
    table:
      "CREATE TABLE p(id integer PRIMARY KEY CHECK (id > 0), @x CHECK (length(x) < 9)@end, @z @y@columns, CHECK (x <> ')' OR id)@constraints)",
  },
  "checks with names": {
    table:
      "CREATE TABLE p(id integer PRIMARY KEY, @x CONSTRAINT short CHECK (length(x) < 9)@end, @z @y@columns, CONSTRAINT [is, positive] CHECK (id > 0)@constraints)",
  },
  "checks that name the table": {
    table:
      "CREATE TABLE p(id integer PRIMARY KEY CHECK (p.id > 0), @x@end, @z @y@columns, CHECK (p.x <> 'p.x')@constraints)",
  },
  "conflict clauses": {
    table:
      "CREATE TABLE p(id integer PRIMARY KEY ON CONFLICT REPLACE, @x UNIQUE ON CONFLICT IGNORE@end, @z k int NOT NULL ON CONFLICT FAIL DEFAULT 1, @y@columns, UNIQUE (x, id) ON CONFLICT ROLLBACK@constraints)",
  },
  "unique constraints, with names and without": {
    table:
      "CREATE TABLE p(id integer PRIMARY KEY, @x UNIQUE@end, @z @y@columns, CONSTRAINT u UNIQUE (id, x COLLATE NOCASE DESC), UNIQUE (y, x)@constraints)",
  },
  "inline keys with actions": {
    table:
      "CREATE TABLE p(id integer PRIMARY KEY, b int REFERENCES base(id) ON DELETE CASCADE ON UPDATE SET NULL, c REFERENCES base, @x@end, @z @y@columns@constraints)",
    rows: `${three}; UPDATE p SET b = id, c = 1`,
  },
  "keys with names, deferrable and not": {
    table:
      "CREATE TABLE p(id integer PRIMARY KEY, b int, @x@end, @z @y@columns, CONSTRAINT fk FOREIGN KEY (b) REFERENCES base (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY (id) REFERENCES base NOT DEFERRABLE@constraints)",
    rows: `${three}; UPDATE p SET b = id`,
  },
  "keys to itself": {
    table:
      "CREATE TABLE p(id integer PRIMARY KEY, boss int REFERENCES p(id) ON DELETE CASCADE, @x@end, @z @y@columns, FOREIGN KEY (boss) REFERENCES P@constraints)",
    rows: `${three}; UPDATE p SET boss = 1; UPDATE p SET boss = NULL WHERE id = 1`,
  },
  "columns without a type": {
    table: "CREATE TABLE p(a, id integer PRIMARY KEY, @x@end, @z b, @y@columns@constraints)",
    rows: "INSERT INTO p(a, b, x) VALUES ('1', 1, 'a'), (x'00', 1.5, 'b')",
  },
  "values of other types than their columns": {
    table:
      "CREATE TABLE p(i integer, r real, t text, b blob, n numeric, @x@end, @z @y@columns@constraints)",
    rows: `INSERT INTO p(i, r, t, b, n, x) VALUES ('twelve', 'real', x'00ff', 'blob', 'num', x'41'),
      (9223372036854775807, -0.0, '', x'', 0.1, ''), (-9223372036854775808, 1e300, '1.50', 7, 10000000000000000000, 'a' || char(0) || 'b')`,
  },
  "defaults of every kind": {
    table: `CREATE TABLE p(id integer PRIMARY KEY, a DEFAULT "abc", b DEFAULT (1 + 2), c DEFAULT -1.5, d DEFAULT CURRENT_TIMESTAMP, e DEFAULT x'00ff', f DEFAULT 'it''s, )', @x@end, @z @y@columns@constraints)`,
    // The other default would be the time of the test.
    rows: `${three}; UPDATE p SET d = 'then'`,
  },
  "comments and layout": {
    table:
      "CREATE TABLE p ( -- people\n  id integer PRIMARY KEY, /* the key */\n\t@x@end, -- x, not y\n  /* z */ @z @y@columns@constraints\n)",
  },
  "odd spellings": {
    table:
      'create table if not exists p([a b] INT not null default 3, `c``d` TEXT, "e""f" "double precision", @x@end, @z @y@columns, unique ([a b], `c``d`)@constraints)',
  },
  "line ends of Windows": {
    table:
      "CREATE TABLE p (\r\n\tid integer PRIMARY KEY, -- the key\r\n\t@x@end,\r\n\t@z\r\n\t@y@columns@constraints\r\n)",
  },
  "table constraints without commas": {
    table:
      "CREATE TABLE p(id integer PRIMARY KEY, @x@end, @z @y@columns, CONSTRAINT one CHECK (id > 0) CONSTRAINT two UNIQUE (x)@constraints)",
  },
  "a thousand rows": {
    table: plain,
    rows: "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO p(x, y) SELECT 'x' || i, i % 9 + 1 FROM n",
  },
};
