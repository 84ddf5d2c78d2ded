/** The sequence store of the examples' emulator, and what goes wrong there. */
import { Faults } from "@effect-bulk/aws/testing"
import type { Emulator } from "@effect-bulk/emulator"
import { DateTime } from "effect"

const id = "1234567890"
const day = 86_400_000

// Two thousand read sets of 2025, some of them in the middle of an upload, and a hundred younger ones.
const readSets = Array.from({ length: 2140 }, (_, position) => ({
  id: String(5_000_000_000 + position * 7),
  status: position % 250 === 13 ? ("PROCESSING_UPLOAD" as const) : ("ACTIVE" as const),
  creationTime: new Date(Date.UTC(2025, 0, 1) + Math.floor((position * 365) / 2040) * day)
}))

const options: Emulator.Options = {
  omics: {
    sequenceStores: [{ id, name: "cohort-2025", readSets }],
    choices: { again: "missing", deletingLooks: 1 },
    rates: { BatchDeleteReadSet: { perSecond: 5, burst: 5 } }
  },
  // Two throttles, an answer that never arrives although the work is done, and an error of the service.
  faults: Faults.script(
    [
      null,
      null,
      { _tag: "Throttle" },
      null,
      null,
      { _tag: "ResetAfter" },
      null,
      { _tag: "ItemFault", code: "INTERNAL_ERROR", message: "An internal error occurred", share: 0.05, seed: 1 },
      null,
      { _tag: "Throttle", retryAfter: 500 },
      null,
      { _tag: "ServiceError", name: "InternalServerException", status: 500, message: "Internal failure" }
    ],
    "BatchDeleteReadSet"
  )
}

export const demoStore = { id, createdBefore: DateTime.makeUnsafe("2026-01-01"), options }
