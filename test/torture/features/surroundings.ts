/** What stands beside a table. */
import { type Feature, plain, three } from "./feature.ts";

export const surroundings: Readonly<Record<string, Feature>> = {
  "partial, collated and descending indexes": {
    table: plain,
    others: `CREATE INDEX i1 ON p (x COLLATE NOCASE DESC, id) WHERE x > ''; CREATE UNIQUE INDEX "i 2" ON p (id, x) /* kept */ WHERE p.x IS NOT NULL`,
  },
  "indexes on expressions": {
    table: plain,
    others: "CREATE UNIQUE INDEX i1 ON p (lower(x), id + 1); CREATE INDEX i2 ON p ((id * 2) DESC)",
  },
  triggers: {
    table: plain,
    others: `CREATE TABLE log(what);
      CREATE TRIGGER t3 AFTER INSERT ON p WHEN CASE WHEN new.x = 'no' THEN 0 ELSE 1 END BEGIN INSERT INTO log VALUES ('p ' || new.id); END;
      CREATE TRIGGER t1 AFTER INSERT ON p BEGIN INSERT INTO log VALUES ('; END'); END;
      CREATE TRIGGER t2 BEFORE UPDATE OF x ON p BEGIN SELECT CASE new.x WHEN 'bad' THEN raise(ABORT, 'bad') END; END`,
  },
  "triggers of other tables, in their order": {
    table:
      "CREATE TABLE p(id integer PRIMARY KEY CHECK (p.id > 0), @x@end, @z @y@columns@constraints)",
    others: `CREATE TABLE o(n); CREATE TABLE log(what);
      CREATE TRIGGER t3 AFTER INSERT ON o BEGIN INSERT INTO log VALUES (3); END;
      CREATE TRIGGER t2 AFTER INSERT ON o BEGIN INSERT INTO p(x) VALUES (new.n); DELETE FROM p WHERE x = 'gone'; END;
      CREATE TRIGGER t1 AFTER INSERT ON o BEGIN INSERT INTO log VALUES (1); END`,
  },
  "views, views of views, and INSTEAD OF": {
    table: plain,
    others: `CREATE VIEW v AS SELECT id, x FROM p; CREATE VIEW w AS SELECT v.x FROM v JOIN p USING (id);
      CREATE TRIGGER vi INSTEAD OF INSERT ON v BEGIN INSERT INTO p(x) VALUES (new.x); END`,
  },
  "views beside a check that names the table": {
    table:
      "CREATE TABLE p(id integer PRIMARY KEY, @x@end, @z @y@columns, CHECK (p.id > 0)@constraints)",
    others: `CREATE VIEW v AS SELECT id, x FROM p; CREATE VIEW w AS SELECT * FROM v;
      CREATE TRIGGER wi INSTEAD OF DELETE ON w BEGIN DELETE FROM p WHERE x = old.x; END`,
  },
  "views that name the schema": {
    table:
      "CREATE TABLE p(id integer PRIMARY KEY CHECK (p.id > 0), @x@end, @z @y@columns@constraints)",
    others:
      "CREATE VIEW v AS SELECT main.p.x FROM main.p; CREATE VIEW w AS SELECT p.x FROM base AS q, p",
  },
  "broken views, and one that is broken for another reason": {
    table: plain,
    others: "CREATE VIEW a AS SELECT * FROM nowhere; CREATE VIEW b AS SELECT missing FROM p",
  },
  "children, whatever their keys do on delete": {
    table: plain,
    others: `CREATE TABLE c1(p int REFERENCES p ON DELETE CASCADE); CREATE TABLE c2(p int REFERENCES p(id) ON DELETE SET NULL);
      CREATE TABLE c3(p int REFERENCES p ON DELETE RESTRICT); CREATE TABLE c4(p int REFERENCES "P" DEFERRABLE INITIALLY DEFERRED);
      CREATE TABLE c5(p int DEFAULT 1 REFERENCES p ON DELETE SET DEFAULT); CREATE TABLE c6(c int REFERENCES c1(p)); CREATE UNIQUE INDEX c1p ON c1(p)`,
    rows: `${three}; INSERT INTO c1 VALUES (1), (2); INSERT INTO c2 VALUES (1), (3); INSERT INTO c3 VALUES (2); INSERT INTO c4 VALUES (2);
      INSERT INTO c5 VALUES (3); INSERT INTO c6 VALUES (1)`,
  },
  "two tables that refer to one another": {
    table:
      "CREATE TABLE p(id integer PRIMARY KEY, q int REFERENCES q(id) ON DELETE CASCADE, @x@end, @z @y@columns@constraints)",
    others: "CREATE TABLE q(id integer PRIMARY KEY, p int REFERENCES p(id) ON DELETE CASCADE)",
    rows: `${three}; INSERT INTO q VALUES (1, 2), (2, 1); UPDATE p SET q = 1`,
  },
  "rows that referred to nothing before": {
    table:
      "CREATE TABLE p(id integer PRIMARY KEY, q int REFERENCES q(id), r int REFERENCES nowhere, @x@end, @z @y@columns@constraints)",
    others: "CREATE TABLE q(id integer PRIMARY KEY)",
    rows: `${three}; UPDATE p SET q = 5, r = 7`,
  },
  "a key that matches no key of its parent": {
    table: plain,
    others: "CREATE TABLE k(a int); CREATE TABLE mismatched(a int REFERENCES k(a))",
    rows: `${three}; INSERT INTO mismatched VALUES (1)`,
  },
  "full text with external content": {
    table: "CREATE TABLE p(@x@end, @z @y@columns@constraints)",
    others: `CREATE VIRTUAL TABLE words USING fts5(x, content = 'p');
      CREATE TRIGGER pai AFTER INSERT ON p BEGIN INSERT INTO words(rowid, x) VALUES (new.rowid, new.x); END`,
    rows: "INSERT INTO p(rowid, x) VALUES (3, 'alpha'), (77, 'beta')",
  },
  "what ANALYZE found": {
    table: plain,
    others: "CREATE INDEX i ON p(x, id); CREATE TABLE o(n); CREATE INDEX oi ON o(n)",
    rows: `${three}; INSERT INTO o VALUES (1); ANALYZE`,
    lostByScript: ["sqlite_stat1", "sqlite_stat4"],
  },
  "what ANALYZE found of constraints": {
    table:
      "CREATE TABLE p(id INT PRIMARY KEY, @x UNIQUE@end, @z @y@columns, UNIQUE (x, id)@constraints)",
    rows: "INSERT INTO p(id, x, y) VALUES (1, 'a', 1), (2, 'b', 2); ANALYZE",
    lostByScript: ["sqlite_stat1", "sqlite_stat4"],
  },
  "tables that earlier attempts left": {
    table: plain,
    others:
      "CREATE TABLE _mig_p(old); CREATE TABLE __new_p(old); CREATE TABLE _alembic_tmp_p(old); CREATE INDEX _mig2_p ON p(x)",
  },
  "names that only differ in case": {
    table: 'CREATE TABLE p("ID" integer PRIMARY KEY, @x@end, @z @y@columns@constraints)',
    others:
      "CREATE INDEX I ON P(X); CREATE VIEW V AS SELECT Id FROM P; CREATE TRIGGER T AFTER INSERT ON P BEGIN SELECT NEW.iD; END; CREATE TABLE c(r REFERENCES P(Id))",
  },
};

/** All of it together, as far as it goes together. */
export const together: Feature = {
  table: `CREATE TABLE p ( -- all of it
    id integer PRIMARY KEY AUTOINCREMENT, n text COLLATE NOCASE UNIQUE ON CONFLICT IGNORE, boss int REFERENCES p(id) ON DELETE CASCADE,
    b int REFERENCES base(id) DEFERRABLE INITIALLY DEFERRED, g text AS (n || '!') VIRTUAL, s AS (id + 1) STORED, untyped, @x@end, @z /* ) */ @y@columns,
    CHECK (p.id > 0), CONSTRAINT "n, n" CHECK (length(n) < 99)@constraints)`,
  others: `CREATE INDEX i1 ON p (x COLLATE NOCASE DESC, id) WHERE p.n IS NOT NULL; CREATE UNIQUE INDEX i2 ON p (lower(n), id);
    CREATE TABLE c1(id integer PRIMARY KEY, p int REFERENCES p ON DELETE CASCADE); CREATE TABLE c2(p int REFERENCES p ON DELETE SET NULL, c int REFERENCES c1);
    CREATE VIEW v AS SELECT p.n, c1.id FROM p JOIN c1 ON c1.p = p.id; CREATE VIEW w AS SELECT * FROM v; CREATE TABLE log(what); CREATE TABLE o(n);
    CREATE TRIGGER t1 AFTER INSERT ON p BEGIN INSERT INTO c1(p) VALUES (new.id); END; CREATE TRIGGER t2 INSTEAD OF DELETE ON w BEGIN DELETE FROM p WHERE n = old.n; END;
    CREATE TRIGGER t3 AFTER UPDATE OF x ON p BEGIN INSERT INTO log VALUES (old.x); END; CREATE TRIGGER t4 BEFORE DELETE ON o BEGIN UPDATE p SET n = old.n; END;
    CREATE VIRTUAL TABLE words USING fts5(x, content = 'p', content_rowid = 'id')`,
  rows: `INSERT INTO p(n, boss, b, untyped, x, y) VALUES ('One', NULL, 1, x'00', 'a', 1), ('two', 1, 2, 1.5, 'b', 2), ('gone', 1, 3, 'x', 'c', NULL);
    DELETE FROM p WHERE n = 'gone'; INSERT INTO c2 SELECT p, id FROM c1`,
};
