/** The way of what the database's own ALTER TABLE does: it can be kept as SQL. Every other looks at the table as it is by then. */
export const ownWay = "ALTER TABLE";
