/** The instance of the examples' emulator, and what goes wrong there. */
import { Faults } from "@effect-bulk/aws/testing"
import { ConnectState } from "@effect-bulk/connect/testing"
import type { Emulator } from "@effect-bulk/emulator"

const id = "0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9"

// Eight accounts that every data set was once shared with, but for one that got only a few.
const accounts = Array.from({ length: 8 }, (_, position) => `40000000000${position}`)
const associations = Object.fromEntries(
  accounts.map(
    (account, position) => [account, position === 5 ? ConnectState.knownDataSets.slice(0, 4) : "all"] as const
  )
)

const denied: Faults.Fault = {
  _tag: "ItemFault",
  code: "AccessDeniedException",
  message: "Not allowed",
  ids: ["users", "routing_profiles", "bot_slots", "ai_tool"]
}

const options: Emulator.Options = {
  connect: {
    instances: [{ id, alias: "support", associations }],
    rates: { BatchDisassociateAnalyticsDataSet: { perSecond: 2, burst: 5 } }
  },
  // Errors that name no data set, some of which pass, a throttle, an answer that never arrives although the work is done,
  // and an error of the service.
  faults: Faults.script(
    [
      { _tag: "ItemFault", code: "InternalServiceException", message: "Internal error", share: 0.2, seed: 3 },
      null,
      { _tag: "Throttle" },
      denied,
      null,
      { _tag: "ResetAfter" },
      denied,
      { _tag: "ServiceError", name: "InternalServiceException", status: 500, message: "Internal failure" }
    ],
    "BatchDisassociateAnalyticsDataSet"
  )
}

export const demoInstance = { id, options }
