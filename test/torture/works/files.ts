/** Files of every kind. */
import type { Work } from "../scene.ts";

export const files: Readonly<Record<string, Work>> = Object.fromEntries(
  [
    "PRAGMA encoding = 'UTF-16le'",
    "PRAGMA encoding = 'UTF-16be'",
    "PRAGMA auto_vacuum = FULL",
    "PRAGMA auto_vacuum = INCREMENTAL",
    "PRAGMA page_size = 512",
    "PRAGMA journal_mode = WAL",
    "PRAGMA journal_mode = TRUNCATE",
  ].map((file) => [
    `a file with ${file}`,
    {
      file: `${file}; CREATE TABLE "ünï 😀"(a)`,
      definition: `CREATE TABLE p(id integer PRIMARY KEY AUTOINCREMENT, x text COLLATE NOCASE DEFAULT 'ü😀'); CREATE TABLE c(p int REFERENCES p ON DELETE CASCADE);
        CREATE VIEW v AS SELECT 'ü😀' || x FROM p; CREATE TRIGGER "ü" AFTER INSERT ON p BEGIN INSERT INTO c VALUES (new.id); END`,
      rows: "INSERT INTO p(x) VALUES ('ä😀'), ('b'); DELETE FROM p WHERE id = 2",
      up: (op) => op.alterColumn("p", "x", { notNull: true, default: "é" }),
      down: (op) => op.alterColumn("p", "x", { notNull: false, default: "ü😀" }),
    } satisfies Work,
  ]),
);
