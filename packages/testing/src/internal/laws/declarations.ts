/** What an operation declares, held against what its service is said to do. */
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
    return names.length === 0
      ? undefined
      : fc.constantFrom(...names).map((name) => ({
          show: () => `the error '${name}'`,
          broken: () => {
            const fate = operation.fate(failureOf(fake, name, { hint: undefined, number: 1 })!)
            const differs = (["_tag", "applied"] as const).find((key) => fate[key] !== fates[name][key])
            return differs === undefined
              ? undefined
              : `its ${differs} is '${fate[differs]}', not '${fates[name][differs]}'`
          }
        }))
  }
})
