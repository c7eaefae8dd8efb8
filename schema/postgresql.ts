/** The example project on PostgreSQL: a tracker of job applications. `sqlite.ts` is its twin. */
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  unique,
  uniqueIndex,
  varchar,
} from "drizzle-orm/pg-core";

const id = () => integer("id").primaryKey().generatedByDefaultAsIdentity();
const createdAt = () =>
  timestamp("created_at", { withTimezone: true }).notNull().default(sql`CURRENT_TIMESTAMP`);

export const users = pgTable(
  "users",
  {
    id: id(),
    email: varchar("email", { length: 255 }).notNull(),
    name: text("name").notNull(),
    createdAt: createdAt(),
  },
  (users) => [
    unique("users_email_unique").on(users.email),
    uniqueIndex("users_email_lower_idx").on(sql`lower(${users.email})`),
  ],
);

export const resumes = pgTable("resumes", {
  id: id(),
  userId: integer("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" }),
  title: varchar("title", { length: 200 }).notNull(),
  body: text("body").notNull().default(""),
  createdAt: createdAt(),
});

export const jobApplications = pgTable(
  "job_applications",
  {
    id: id(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    resumeId: integer("resume_id").references(() => resumes.id, { onDelete: "set null" }),
    company: varchar("company", { length: 200 }).notNull(),
    title: varchar("title", { length: 200 }).notNull(),
    status: varchar("status", { length: 20 }).notNull().default("saved"),
    remote: boolean("remote").notNull().default(false),
    createdAt: createdAt(),
    slug: varchar("slug", { length: 250 }).notNull(),
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

export const interviews = pgTable(
  "interviews",
  {
    id: id(),
    applicationId: integer("application_id")
      .notNull()
      .references(() => jobApplications.id, { onDelete: "cascade" }),
    heldAt: timestamp("held_at", { withTimezone: true }).notNull(),
    notes: text("notes"),
  },
  (interviews) => [index("interviews_application_id_idx").on(interviews.applicationId)],
);

export const userPreferences = pgTable(
  "user_preferences",
  {
    id: id(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    theme: varchar("theme", { length: 50 }).default("light"),
    createdAt: timestamp("created_at", { withTimezone: true }).default(sql`CURRENT_TIMESTAMP`),
  },
  (preferences) => [index("user_preferences_user_id_idx").on(preferences.userId)],
);

export const activities = pgTable(
  "activities",
  {
    id: id(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    applicationId: integer("application_id").references(() => jobApplications.id, {
      onDelete: "cascade",
    }),
    kind: varchar("kind", { length: 40 }).notNull(),
    createdAt: createdAt(),
    detail: text("detail"),
  },
  (activities) => [
    index("activities_user_id_created_at_idx").on(activities.userId, activities.createdAt),
  ],
);
