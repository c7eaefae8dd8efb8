/** The escape sequences of Python's strings. */

const simple: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "\n": "",
};

const sequence =
  /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([abfnrtv\\'"\n]))/g;

/** What is no sequence stays as it is, backslash and all, as in Python. */
export function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(sequence, (whole, octal, byte, short, long, letter: string | undefined) => {
    if (letter !== undefined) return simple[letter] ?? whole;
    const code = octal ? Number.parseInt(octal, 8) : Number.parseInt(byte ?? short ?? long, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
