// Small, named changes of the services' operations. The laws of the engine run over those operations must notice.
import type { Mutant } from "./mutants.ts"

const omics = { of: "omics", file: "omics/src/OmicsOperations.ts" } as const
const omicsFates = { of: "omics", file: "omics/src/OmicsFates.ts" } as const
const kendra = { of: "kendra", file: "kendra/src/KendraOperations.ts" } as const
const kendraFates = { of: "kendra", file: "kendra/src/KendraFates.ts" } as const
const connect = { of: "connect", file: "connect/src/ConnectOperations.ts" } as const

export const operationMutants: ReadonlyArray<Mutant> = [
  // HealthOmics
  {
    ...omics,
    name: "reads no errors of read sets",
    law: "3",
    find: `failures: ({ errors }: OmicsSchema.BatchDeleteReadSetResponse) => errors ?? []`,
    replace: `failures: (_: OmicsSchema.BatchDeleteReadSetResponse): NonNullable<typeof _.errors> => []`
  },
  {
    ...omics,
    name: "reads the code of an error for the id of its read set",
    law: "14",
    find: `failures: ({ errors }: OmicsSchema.BatchDeleteReadSetResponse) => errors ?? [],
      id: ({ id }) => id,`,
    replace: `failures: ({ errors }: OmicsSchema.BatchDeleteReadSetResponse) => errors ?? [],
      id: ({ code }) => code,`
  },
  {
    ...omicsFates,
    name: "takes an internal error for nothing done",
    law: "15b",
    find: `InternalServerException: Fate.transient("maybe")`,
    replace: `InternalServerException: Fate.transient("no")`
  },
  {
    ...omicsFates,
    name: "gives up a store at the first throttle",
    law: "15b",
    find: `ThrottlingException: Fate.throttled()`,
    replace: `ThrottlingException: Fate.fatal()`
  },
  {
    ...omicsFates,
    name: "asks again for what does not exist",
    law: "16",
    find: `{ message: /does not exist|not found|no such/i, means: "gone" }`,
    replace: `{ message: /does not exist|not found|no such/i, means: "retryable" }`
  },
  // Kendra
  {
    ...kendra,
    name: "reads no failed documents of a deletion",
    law: "3",
    find: `failures: ({ FailedDocuments }: KendraSchema.BatchDeleteDocumentResponse) => FailedDocuments ?? []`,
    replace: `failures: (_: KendraSchema.BatchDeleteDocumentResponse): NonNullable<typeof _.FailedDocuments> => []`
  },
  {
    ...kendraFates,
    name: "takes a conflict for the end of an index",
    law: "15b",
    find: `ConflictException: Fate.transient("no")`,
    replace: `ConflictException: Fate.fatal()`
  },
  // Connect
  {
    ...connect,
    name: "reads no failed contacts",
    law: "3",
    find: `failures: ({ FailedRequestList }) => FailedRequestList`,
    replace: `failures: () => []`
  }
]
