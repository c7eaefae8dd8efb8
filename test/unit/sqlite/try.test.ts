import { test } from "vitest";
import { t } from "../../../src/operations/columns.ts";
import { check, foreignKey, unique } from "../../../src/operations/constraints.ts";
import { sql } from "../../../src/operations/sql.ts";
import { database, dump, sqlOf, textOf, upgrade } from "./support.ts";

test("try", async () => {
  const db = await database(`
  create table users(id integer primary key autoincrement, email text collate nocase, -- the mail
    age int check (users.age > 0), full text as (email || 'x') stored, boss references users(id));
  create table posts(id integer primary key, u int references users(id) on delete cascade);
  create index i on users(lower(email)) where age > 1;
  create view v as select email, age from users;
  create table log(x);
  create trigger g after update on users begin insert into log values(new.email); end;
  create trigger h after insert on posts begin update users set age = age + 1 where id = new.u; end;
  insert into users(id,email,age) values (1,'a@b',3),(7,'b@c',4); delete from users where id=7;
  insert into posts values (1,1),(2,1);`);
  console.log(
    await sqlOf(db, (op) =>
      op.batchAlterTable("users", (b) => {
        b.alterColumn("email", { notNull: true, default: "x" });
        b.renameColumn("age", "years");
        b.addConstraint(check("pos", sql`years < 200`));
        b.addConstraint(unique("uq", ["email"]));
        b.addColumn(t.timestamp("at", { default: sql`CURRENT_TIMESTAMP` }));
      }),
    ),
  );
  console.log(
    JSON.stringify(dump(db.engine), (k, v) => (typeof v === "bigint" ? Number(v) : v), 1),
  );
  console.log(await sqlOf(db, (op) => op.alterColumn("users", "email", { notNull: false })));
  console.log(await sqlOf(db, (op) => op.dropConstraint("users", "pos")));
  console.log(
    await sqlOf(db, (op) => op.alterColumn("users", "boss", { type: t.integer("x").type })),
  );
});
