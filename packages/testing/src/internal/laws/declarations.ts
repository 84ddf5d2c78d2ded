/** What an operation declares, held against what its service is said to do. */
import type { Fate } from "@effect-bulk/core/Fate"
import * as fc from "fast-check"
import { onCases } from "../../Law.ts"
import { failureOf, type FateName, fates } from "../../Subject.ts"

export const declaredFates = onCases({
  number: 15,
  part: "b",
  name: "Fates as declared",
  says: "the operation's table gives each error the fate that it stands for",
  pitfalls: [4],
  share: 0.01,
  cases: ({ fake, operation }) => {
    // The keys of a record of named errors are those names.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const names = Object.keys(fake.errors) as ReadonlyArray<FateName>
    const fateOf = (name: FateName) => operation.fate(failureOf(fake, name, { hint: undefined, number: 1 })!)
    // One case holds all of them, so that none is left to chance.
    return names.length === 0
      ? undefined
      : fc.constant({
          show: () => names.map((name) => `${name}  ${JSON.stringify(fateOf(name))}`).join("\n"),
          broken: () => {
            for (const name of names) {
              const [fate, declared] = [fieldsOf(fateOf(name)), fieldsOf(fates[name])]
              const differs = (["_tag", "applied", "halts"] as const).find((key) => fate[key] !== declared[key])
              if (differs !== undefined) {
                return `${differs} of the error '${name}' is '${fate[differs]}', not '${declared[differs]}'`
              }
            }
            return undefined
          }
        })
  }
})

const fieldsOf = (fate: Fate) => ({
  _tag: fate._tag,
  applied: fate.applied,
  halts: fate._tag === "Fatal" ? fate.halts : undefined
})
