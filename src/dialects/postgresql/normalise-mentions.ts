import { nameOf, tokens } from "./lex.ts";
