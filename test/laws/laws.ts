// Every law that is run here: the published ones, and the one that counts steps with the help of Node.js.
import { type Law, Laws } from "@effect-bulk/testing"
import { linearCost } from "./linear.ts"

export const laws: ReadonlyArray<Law.Law> = [...Laws.all, linearCost].toSorted((a, b) => a.number - b.number)
