/** A program under `Main.runMain`, as the first argument says; the second is its grace. It prints what it does. */
import { Answer, BatchOperation, Bulk, Fate, Verdict } from "@effect-bulk/core"
import { Main } from "@effect-bulk/terminal"
import { Console, Effect } from "effect"

const [how, grace = "0"] = process.argv.slice(2)

/** Calls of one item each, which take so long. */
const operation = BatchOperation.make({
  name: "Test.Sleep",
  limits: { maxItems: 1 },
  id: (item: number) => String(item),
  idempotent: true,
  quota: { rate: { count: 1000, per: "1 second", burst: 1000 } },
  policy: { concurrency: 2, grace: Number(grace) },
  call: (_group, [item]) =>
    Effect.onInterrupt(
      Effect.andThen(Console.log(`call ${item}`), how === "hangs" ? Effect.never : Effect.sleep("300 millis")),
      () => Console.log(`cut off ${item}`)
    ),
  answer: Answer.ordered({ results: () => [undefined], verdict: () => Verdict.confirmed(undefined) }),
  fate: () => Fate.transient("maybe")
})

Main.runMain((stop) => {
  switch (how) {
    case "ends":
      return Effect.as(Console.log("done"), 3)
    case "hangs on":
      return Effect.onInterrupt(Effect.andThen(Console.log("up"), Effect.never), () =>
        Effect.andThen(Console.log("interrupted"), Effect.never)
      )
    case "fails":
      return Effect.fail(new Error("something is wrong"))
    default:
      return Effect.gen(function* () {
        const report = yield* Bulk.run(
          operation,
          Array.from({ length: 100 }, (_, i) => i),
          {
            stop,
            onOutcome: ({ _tag }) => (_tag === "NotAttempted" ? Effect.void : Console.log(_tag))
          }
        )
        yield* Console.log(JSON.stringify(report.counts))
        return 0
      })
  }
})
