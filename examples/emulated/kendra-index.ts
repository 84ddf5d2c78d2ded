/** The index of the examples' emulator, which documents of it a sample list names, and what goes wrong there. */
import { Faults } from "@effect-bulk/aws/testing"
import type { Emulator } from "@effect-bulk/emulator"

const id = "6c5b2a10-3f4e-4d7c-9a8b-0123456789ab"
const name = (position: number) => `wiki/page-${String(position).padStart(4, "0")}.html`

// Five hundred pages, of which a connector brought every hundredth: those cannot be deleted one by one.
const documents = Array.from({ length: 500 }, (_, position) => ({
  id: name(position),
  ...(position % 100 === 7 && { connector: "confluence" })
}))

const options: Emulator.Options = {
  kendra: {
    indices: [{ id, name: "wiki", documents }],
    choices: { processingMillis: 1500, processingLooks: 1, undeletable: [name(42), name(142)] },
    rates: { BatchDeleteDocument: { perSecond: 25, burst: 5 } }
  },
  // A throttle, an answer that never arrives although the work is done, a conflict, and errors of the service.
  faults: Faults.script(
    [
      null,
      { _tag: "Throttle" },
      null,
      { _tag: "ResetAfter" },
      { _tag: "ServiceError", name: "ConflictException", status: 400, message: "The index is busy" },
      { _tag: "ItemFault", code: "InternalError", message: "An internal error occurred", share: 0.3, seed: 1 },
      null,
      { _tag: "ServiceError", name: "InternalServerException", status: 500, message: "Internal failure" }
    ],
    "BatchDeleteDocument"
  )
}

/** The pages, and three that were deleted long ago. */
const ids = [...documents.map(({ id }) => id), name(9001), name(9002), name(9003)]

export const demoIndex = { id, ids, options }
