import { defineConfig } from "drizzle-mig";

export default defineConfig({
  versions: "versions",
  schema: { sqlite: "schema/sqlite.ts", postgresql: "schema/postgresql.ts" },
  environments: {
    dev: { url: process.env.DATABASE_URL ?? "sqlite:data/dev.db" },
    production: { url: process.env.PRODUCTION_DATABASE_URL, protected: true, lockTimeout: "5s" },
  },
  defaultEnvironment: "dev",
});
