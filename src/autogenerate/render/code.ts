/** TypeScript as a tree, and how it is laid out: on one line where it fits, else a member a line. */

export type Code = string | Call | List | Members | Sql | Arrow;

/** `callee(…)`, and `callee(…).member`. */
export interface Call {
  readonly call: string;
  readonly args: readonly Code[];
  readonly member?: string;
}

export interface List {
  readonly list: readonly Code[];
}

/** `{ name: … }`. */
export interface Members {
  readonly members: readonly (readonly [name: string, value: Code])[];
}

/** sql`…`. */
export interface Sql {
  readonly sql: string;
}

/** `(parameter) => { … }`. */
export interface Arrow {
  readonly parameter: string;
  readonly body: readonly Line[];
}

/** What stands in a body: a statement, or a comment. */
export type Line = Code | Remark;

export interface Remark {
  readonly remark: string;
}

const width = 100;

/** `code` from `column` on, its further lines indented by `indent`. `after` follows on its last line. */
export function print(code: Code, indent: string, column = indent.length, after = 1): string {
  const line = inline(code);
  if (line !== null && fits(line, column + after)) return line;
  if (typeof code === "string" || "sql" in code) return line ?? "";
  if ("parameter" in code) return arrow(code, indent);
  if ("list" in code) return broken("[", code.list, "]", indent);
  if ("members" in code) return members(code, indent);
  return call(code, indent, column);
}

function fits(line: string, room: number): boolean {
  return room + (line.split("\n", 1)[0] ?? "").length <= width;
}

/** All of it on one line; null where it never stands on one. Only SQL may have lines of its own. */
function inline(code: Code): string | null {
  if (typeof code === "string") return code;
  if ("sql" in code) return `sql\`${escapeTemplate(code.sql)}\``;
  if ("parameter" in code) return null;
  if ("list" in code) return joined(code.list, "[", "]");
  if ("members" in code) {
    if (code.members.length === 0) return "{}";
    const values = code.members.map(([, value]) => inline(value));
    if (values.includes(null)) return null;
    return `{ ${code.members.map(([name], at) => `${key(name)}: ${values[at]}`).join(", ")} }`;
  }
  const args = joined(code.args, "(", ")");
  return args === null ? null : `${code.call}${args}${member(code)}`;
}

function joined(codes: readonly Code[], open: string, close: string): string | null {
  const lines = codes.map(inline);
  return lines.includes(null) ? null : `${open}${lines.join(", ")}${close}`;
}

function member(code: Call): string {
  return code.member ? `.${code.member}` : "";
}

/**
 * The last argument alone is broken where the others fit before it: `op.batchAlterTable("users", (users) => {`. An object
 * behind another one is not, as formatters have it.
 */
function call(code: Call, indent: string, column: number): string {
  const last = code.args.at(-1);
  const others = joined(code.args.slice(0, -1), "", "");
  const isSecondObject = isObject(last) && isObject(code.args.at(-2));
  if (last !== undefined && others !== null && breaks(last) && !isSecondObject) {
    const before = `${code.call}(${others}${others === "" ? "" : ", "}`;
    const open = "parameter" in last ? last.parameter.length + 6 : 1;
    if (!before.includes("\n") && column + before.length + open <= width) {
      return `${before}${print(last, indent, width)})${member(code)}`;
    }
  }
  return `${code.call}${broken("(", code.args, ")", indent)}${member(code)}`;
}

function isObject(code: Code | undefined): boolean {
  return typeof code === "object" && "members" in code;
}

function breaks(code: Code): code is Members | Arrow {
  return typeof code === "object" && ("parameter" in code || "members" in code);
}

function broken(open: string, codes: readonly Code[], close: string, indent: string): string {
  const inner = `${indent}  `;
  const lines = codes.map((code) => `${inner}${print(code, inner)},\n`);
  return `${open}\n${lines.join("")}${indent}${close}`;
}

function members(code: Members, indent: string): string {
  const inner = `${indent}  `;
  const lines = code.members.map(([name, value]) => {
    const start = `${inner}${key(name)}: `;
    return `${start}${print(value, inner, start.length)},\n`;
  });
  return `{\n${lines.join("")}${indent}}`;
}

function arrow({ parameter, body }: Arrow, indent: string): string {
  const inner = `${indent}  `;
  const lines = body.map((it) => `${line(it, inner)}\n`);
  return `(${parameter}) => {\n${lines.join("")}${indent}}`;
}

/** A line of a body, from its indentation on. */
export function line(it: Line, indent: string): string {
  if (typeof it === "object" && "remark" in it)
    return `${indent}// ${it.remark.replace(/\s+/g, " ").trim()}`.trimEnd();
  return `${indent}${print(it, indent)};`;
}

/** A name as it stands before a colon. `__proto__: x` would set the prototype. */
function key(name: string): string {
  if (name === "__proto__") return `["__proto__"]`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : string(name);
}

/** A string literal. U+2028 and U+2029 may stand in one. */
export function string(text: string): string {
  return JSON.stringify(text);
}

/** A carriage return in a template would be read as a line feed. */
function escapeTemplate(text: string): string {
  return text.replace(/[\\`]|\$(?=\{)/g, "\\$&").replace(/\r/g, "\\r");
}
