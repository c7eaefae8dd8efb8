-- message: Emails differ by more than case
-- revision: e3d5c7b9a1f0
-- down-revision: b7e4a1d90c35
-- created: 2026-02-20T11:30:00Z

-- UP
CREATE UNIQUE INDEX users_email_lower_idx ON users (lower(email));

-- UP postgresql
COMMENT ON INDEX users_email_lower_idx IS 'Ada@example.com and ada@example.com are one person';

-- DOWN
DROP INDEX users_email_lower_idx;
