/** The example project on SQLite: a tracker of job applications. `postgresql.ts` is its twin. */
import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  sqliteTable,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";

const id = () => integer("id").primaryKey();
const createdAt = () => text("created_at").notNull().default(sql`CURRENT_TIMESTAMP`);

export const users = sqliteTable(
  "users",
  {
    id: id(),
    email: text("email", { length: 255 }).notNull(),
    name: text("name").notNull(),
    createdAt: createdAt(),
  },
  (users) => [
    unique("users_email_unique").on(users.email),
    uniqueIndex("users_email_lower_idx").on(sql`lower(${users.email})`),
  ],
);

export const resumes = sqliteTable("resumes", {
  id: id(),
  userId: integer("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" }),
  title: text("title", { length: 200 }).notNull(),
  body: text("body").notNull().default(""),
  createdAt: createdAt(),
});

export const jobApplications = sqliteTable(
  "job_applications",
  {
    id: id(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    resumeId: integer("resume_id").references(() => resumes.id, { onDelete: "set null" }),
    company: text("company", { length: 200 }).notNull(),
    title: text("title", { length: 200 }).notNull(),
    status: text("status", { length: 20 }).notNull().default("saved"),
    remote: integer("remote", { mode: "boolean" }).notNull().default(false),
    createdAt: createdAt(),
    slug: text("slug", { length: 250 }).notNull(),
  },
  (applications) => [
    check(
      "job_applications_status_check",
      sql`${applications.status} IN ('saved', 'applied', 'interview', 'offer', 'rejected')`,
    ),
    unique("job_applications_slug_unique").on(applications.slug),
    index("job_applications_user_id_status_idx").on(applications.userId, applications.status),
  ],
);

export const interviews = sqliteTable(
  "interviews",
  {
    id: id(),
    applicationId: integer("application_id")
      .notNull()
      .references(() => jobApplications.id, { onDelete: "cascade" }),
    heldAt: text("held_at").notNull(),
    notes: text("notes"),
  },
  (interviews) => [index("interviews_application_id_idx").on(interviews.applicationId)],
);

export const userPreferences = sqliteTable(
  "user_preferences",
  {
    id: id(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    theme: text("theme", { length: 50 }).default("light"),
    createdAt: text("created_at").default(sql`CURRENT_TIMESTAMP`),
  },
  (preferences) => [index("user_preferences_user_id_idx").on(preferences.userId)],
);

export const activities = sqliteTable(
  "activities",
  {
    id: id(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    applicationId: integer("application_id").references(() => jobApplications.id, {
      onDelete: "cascade",
    }),
    kind: text("kind", { length: 40 }).notNull(),
    createdAt: createdAt(),
    detail: text("detail"),
  },
  (activities) => [
    index("activities_user_id_created_at_idx").on(activities.userId, activities.createdAt),
  ],
);
