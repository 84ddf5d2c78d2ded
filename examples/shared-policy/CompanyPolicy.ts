/**
 * How the apps of one company treat AWS, kept in one place: a value that any app imports, in a package of its own if
 * there are several repositories. `policy.json` beside it is the same for those who cannot import it.
 */
import { BatchPolicy } from "@effect-bulk/core"
import { Layer } from "effect"

/** Never more than half of what an account is granted; patient, but not when half of the items fail. */
export const policy = BatchPolicy.make({
  share: 0.5,
  concurrency: 4,
  maxAttempts: 5,
  backoff: BatchPolicy.exponential({ base: "100 millis", cap: "10 seconds" }),
  stopWhen: { after: 100, share: 0.5 },
  grace: "5 seconds"
})

/** The policy for a whole program. Whoever runs it may still set single fields, as JSON in `EFFECT_BULK_POLICY`. */
export const layer = BatchPolicy.layerConfig().pipe(Layer.provideMerge(BatchPolicy.layer(policy)))
