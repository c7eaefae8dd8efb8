/**
 * What Alembic 1.20 says of its own batch mode, which is not run here. Where its documentation says nothing, neither do we.
 *
 * https://alembic.sqlalchemy.org/en/latest/batch.html
 * https://github.com/sqlalchemy/alembic/releases/tag/rel_1_20_0
 * https://github.com/sqlalchemy/alembic/issues/1207
 */
export const alembic = {
  "rows of children, ON DELETE CASCADE": "with foreign keys off",
  "rows of children, ON DELETE SET NULL": "with foreign keys off",
  "a key to itself, ON DELETE CASCADE": "with foreign keys off",
  "a view of the table": "fails (#1207)",
  "a CHECK without a name": "**lost**, warns",
};
