/**
 * Give applications a slug
 *
 * Data work: the slugs of existing rows are made in TypeScript, then the column is tightened.
 *
 * Revision:  3f2a9c1d7b04
 * Revises:   9b1e0c4d2a77
 * Created:   2026-02-10T08:30:00Z
 */
import { type Op, sql, t, unique } from "drizzle-mig";

export const revision = "3f2a9c1d7b04";
export const downRevision = "9b1e0c4d2a77";

interface Application {
  readonly id: number;
  readonly company: string;
  readonly title: string;
}

export function upgrade(op: Op) {
  op.addColumn("job_applications", t.varchar("slug", { length: 250 }));

  op.run("make a slug for every application", async (db) => {
    const applications = await db.all<Application>(
      sql`SELECT id, company, title FROM job_applications`,
    );
    for (const { id, company, title } of applications) {
      const words = `${company} ${title}`.toLowerCase().match(/[a-z0-9]+/g) ?? [];
      const slug = [...words, id].join("-").slice(-250);
      await db.run(sql`UPDATE job_applications SET slug = ${slug} WHERE id = ${id}`);
    }
  });

  op.batchAlterTable("job_applications", (applications) => {
    applications.alterColumn("slug", { notNull: true });
    applications.addConstraint(unique("job_applications_slug_unique", ["slug"]));
  });
}

export function downgrade(op: Op) {
  op.batchAlterTable("job_applications", (applications) => {
    applications.dropConstraint("job_applications_slug_unique");
    applications.dropColumn("slug");
  });
}
