import fc from "fast-check";
import { expect, test } from "vitest";
import { meaningful } from "../../../src/dialects/sqlite/ddl/meaningful.ts";
import { significant, tokenize } from "../../../src/dialects/sqlite/ddl/tokens.ts";

/** Pieces on which the two ways could part, in any order and without blanks between them. */
const pieces = [
  ..." \t\n\r\f\v\ufeff\u00a0\0",
  ..."(),.;:?@#$*=<>-+/\\",
  ..."'\"`[]",
  ..."xXaZ_09é日\u{1f600}\ud800",
  "CREATE",
  "--",
  "/*",
  "*/",
  "x'0a'",
  "X'0'",
  "''",
  "0x1F",
  "1.5e-3",
];

test("the quick way finds the tokens of the thorough one", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (parts) => {
      const sql = parts.join("");
      expect(meaningful(sql)).toEqual(significant(tokenize(sql)));
    }),
    { numRuns: 5000 },
  );
});

test("every character begins the token that it would begin by all patterns", () => {
  for (let code = 0; code < 0x250; code += 1) {
    const sql = `${String.fromCharCode(code)}a1'b'`;
    expect(meaningful(sql)).toEqual(significant(tokenize(sql)));
    expect(
      tokenize(sql)
        .map(({ text }) => text)
        .join(""),
    ).toBe(sql);
  }
});
