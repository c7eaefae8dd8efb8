/** Python as a tree: the subset that migrations are written in. What is outside of it is `unknown`, and stays text. */

/** Where it stands in the source. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

export type Expression = Place &
  (
    | { readonly kind: "string"; readonly value: string }
    | { readonly kind: "number"; readonly text: string }
    | { readonly kind: "constant"; readonly value: boolean | null }
    | { readonly kind: "name"; readonly name: string }
    | { readonly kind: "attribute"; readonly of: Expression; readonly name: string }
    | { readonly kind: "call"; readonly of: Expression; readonly args: readonly Argument[] }
    /** A list, a tuple or a set. */
    | { readonly kind: "list"; readonly items: readonly Expression[] }
    | { readonly kind: "dict"; readonly entries: readonly (readonly [Expression, Expression])[] }
    | { readonly kind: "unary"; readonly operator: string; readonly of: Expression }
    | {
        readonly kind: "binary";
        readonly operator: string;
        readonly left: Expression;
        readonly right: Expression;
      }
    | { readonly kind: "unknown" }
  );

export interface Argument {
  /** Null for one by its place. */
  readonly name: string | null;
  readonly value: Expression;
}

export type Statement = Place & {
  /** The comments above it, a line each. */
  readonly comments: readonly string[];
} & (
    | { readonly kind: "expression"; readonly value: Expression }
    | { readonly kind: "assign"; readonly name: string; readonly value: Expression }
    | {
        readonly kind: "with";
        readonly context: Expression;
        readonly as: string | null;
        readonly body: readonly Statement[];
      }
    | {
        readonly kind: "if";
        readonly test: Expression;
        readonly body: readonly Statement[];
        readonly otherwise: readonly Statement[];
      }
    | { readonly kind: "function"; readonly name: string; readonly body: readonly Statement[] }
    | { readonly kind: "pass" }
    | {
        readonly kind: "import";
        /** Each name that it makes, and the module that it comes from. */
        readonly names: readonly (readonly [name: string, module: string])[];
      }
    | { readonly kind: "return" }
    | { readonly kind: "unknown" }
  );
