/**
 * Runs a script: the real engine over a simulated service, source, observer and clock, from the first item to the
 * last, in one synchronous call. The same script gives the same trace, always.
 *
 * @since 0.1.0
 */
import type { BatchOperation } from "@effect-bulk/core/BatchOperation"
import * as BatchPolicy from "@effect-bulk/core/BatchPolicy"
import * as Bulk from "@effect-bulk/core/Bulk"
import * as CallError from "@effect-bulk/core/CallError"
import type { DeadLetter } from "@effect-bulk/core/DeadLetter"
import type { Outcome } from "@effect-bulk/core/Outcome"
import * as Quota from "@effect-bulk/core/Quota"
import type { Report } from "@effect-bulk/core/Report"
import * as Cause from "effect/Cause"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { Recorder } from "./internal/recorder.ts"
import { Service, unfated, unreadable } from "./internal/service.ts"
import { makeSource } from "./internal/source.ts"
import { VirtualTime } from "./internal/virtualTime.ts"
import type { Observer, Script } from "./Script.ts"
import type { Call, Event, How, Trace } from "./Trace.ts"

/**
 * Runs a script and records what happens.
 *
 * @category running
 * @since 0.1.0
 */
export const run = <Item, A, E>(script: Script<Item, A, E>): Trace<Item, A, E> => together([script])[0]!

/**
 * Runs several scripts of one operation at the same time, under one quota.
 *
 * @category running
 * @since 0.1.0
 */
export const together = <Item, A, E>(scripts: ReadonlyArray<Script<Item, A, E>>): ReadonlyArray<Trace<Item, A, E>> => {
  const [first] = scripts
  if (first === undefined) return []
  const time = new VirtualTime(first)
  const quota = unused(first.subject.operation.quota)
  return simulate(
    scripts.map((script) => new Simulation(script, time, quota)),
    time
  )
}

/**
 * Runs again what did not succeed in an earlier run. The lines of the script are those of the letters, in their order.
 *
 * @category running
 * @since 0.1.0
 */
export const redrive = <Item, A, E>(
  script: Script<Item, A, E>,
  letters: ReadonlyArray<DeadLetter<Item>>
): Trace<Item, A, E> => {
  const time = new VirtualTime(script)
  const quota = unused(script.subject.operation.quota)
  return simulate([new Simulation(script, time, quota, letters)], time)[0]!
}

/** The same quota, of which nobody has used anything: each simulation begins with one. */
const unused = ({ concurrency, itemRate, name, rate }: Quota.Quota): Quota.Quota =>
  Quota.make({ name, rate, itemRate, concurrency })

const simulate = <Item, A, E>(
  simulations: ReadonlyArray<Simulation<Item, A, E>>,
  time: VirtualTime
): ReadonlyArray<Trace<Item, A, E>> => {
  const rests = time.run({ until: () => simulations.filter((one) => !one.isOver()).length === 0, horizon, turns })
  for (const one of simulations) one.end(rests)
  const { fibers, pending } = time
  // What could not be cut off answers late.
  if (rests) time.run({ until: () => false, horizon, turns })
  return simulations.map((one) => one.trace({ sleeps: pending, fibers }))
}

const horizon = Duration.toMillis(Duration.days(365))
const turns = 50_000

class Simulation<Item, A, E> {
  private readonly script: Script<Item, A, E>
  private readonly operation: BatchOperation<Item, A, E>
  private readonly time: VirtualTime
  private readonly recorder: Recorder<Item, A, E>
  private readonly service: Service<Item, A, E>
  private readonly ended: Ended
  private exit: Exit.Exit<void, unknown> | undefined = undefined
  private endedAt: number | undefined = undefined
  private how: How = "Hung"
  private deaf = 0
  private slots = 0
  private report: Report<Item, A, E> | undefined = undefined

  constructor(
    script: Script<Item, A, E>,
    time: VirtualTime,
    quota: Quota.Quota,
    letters?: ReadonlyArray<DeadLetter<Item>>
  ) {
    const { operation } = script.subject
    this.script = script
    this.time = time
    this.recorder = new Recorder(time, quota.pace)
    this.service = new Service(script, operation, this.recorder, time)
    this.operation = {
      ...operation,
      quota,
      call: this.service.call,
      answer: (items, response) => {
        if (response === unreadable) throw new Error("the answer cannot be read")
        return operation.answer(items, response)
      },
      fate: (error) => {
        if (error === unfated) throw new Error("the error has no fate")
        return operation.fate(error)
      }
    }
    const { brownout } = script.events
    if (brownout !== undefined) {
      this.recorder.when({ at: brownout.from }, () => this.recorder.record({ _tag: "Brownout" }))
    }
    this.ended =
      letters !== undefined ? this.redrive(letters) : script.entry._tag === "Request" ? this.request() : this.main()
  }

  /** Has it ended? What it leaves behind is seen at that moment. */
  isOver(): boolean {
    if (this.exit !== undefined) return true
    this.exit = this.ended()
    if (this.exit === undefined) return false
    this.endedAt = this.time.now
    this.recorder.stop()
    return true
  }

  end(rests: boolean): void {
    this.recorder.stop()
    if (rests) this.time.settle(turns)
    this.how = !rests ? "Busy" : this.exit === undefined ? "Hung" : howOf(this.exit)
    this.endedAt ??= this.time.now
    this.deaf = this.service.deaf
    this.slots = this.operation.quota.pace.inFlight
    this.recorder.record({ _tag: "End", how: this.how })
  }

  trace(left: { readonly sleeps: number; readonly fibers: number }): Trace<Item, A, E> {
    const { exit, operation, recorder, report, script } = this
    const given = BatchPolicy.make(script.policy)
    const policy = BatchPolicy.complete(BatchPolicy.merge(operation.policy, given))
    return {
      script,
      operation,
      policy,
      report,
      events: recorder.events,
      calls: callsOf(recorder.events, report, Duration.toMillis(policy.callTimeout)),
      items: recorder.lineOf.map((line) => script.lines[line]!.item),
      applied: recorder.applied,
      how: this.how,
      cause: exit !== undefined && Exit.isFailure(exit) ? exit.cause : undefined,
      endedAt: this.endedAt ?? 0,
      left: { ...left, deaf: this.deaf, slots: this.slots }
    }
  }

  private get options(): Bulk.Options<Item, A, E, never> {
    const { events, observer, policy, watched } = this.script
    const { recorder } = this
    return {
      policy,
      stop: Effect.callback<void>((resume) => {
        recorder.when(events.stop, () => {
          recorder.record({ _tag: "Stop" })
          resume(Effect.void)
        })
      }),
      ...(observer !== "none" && {
        onOutcome: (outcome) =>
          Effect.suspend(() => {
            recorder.record({ _tag: "Outcome", outcome })
            return behave(observer)
          })
      }),
      ...(watched && {
        onProgress: (progress) => Effect.sync(() => recorder.record({ _tag: "Progress", progress }))
      })
    }
  }

  /** A run from a source, or a stream of outcomes. Returns how to ask whether it ended. */
  private main(): Ended {
    const { entry, events } = this.script
    const { recorder } = this
    let fiber: Fiber.Fiber<void, unknown> | undefined
    let isEarly = false
    recorder.when(events.interrupt, () => {
      if (fiber?.pollUnsafe() !== undefined) return
      recorder.record({ _tag: "Interrupt" })
      if (fiber === undefined) isEarly = true
      else fiber.interruptUnsafe()
    })
    const source = makeSource(this.script, recorder)
    fiber = this.time.fork(
      entry._tag === "Outcomes"
        ? source.stream.pipe(
            Bulk.stream(this.operation, { ...this.options, ordered: entry.ordered }),
            Stream.runForEach((outcome) => {
              recorder.record({ _tag: "Taken", outcome })
              return entry.slow ? Effect.sleep(20) : Effect.void
            })
          )
        : Effect.map(Bulk.run(this.operation, source.items, this.options), (report) => {
            this.report = report
          })
    )
    if (isEarly) fiber.interruptUnsafe()
    return () => fiber.pollUnsafe()
  }

  private redrive(letters: ReadonlyArray<DeadLetter<Item>>): Ended {
    for (const line of letters.keys()) this.recorder.pulled(line)
    const fiber = this.time.fork(
      Effect.map(Bulk.redrive(this.operation, letters, this.options), (report) => {
        this.report = report
      })
    )
    return () => fiber.pollUnsafe()
  }

  /** Callers that share calls, and come and leave as they like. The scope closes at its time, or after the last. */
  private request(): Ended {
    const { events, lines } = this.script
    const { recorder } = this
    const scope = Scope.makeUnsafe()
    let open = lines.length
    let closing: Fiber.Fiber<void> | undefined
    const close = () => {
      if (closing !== undefined) return
      recorder.record({ _tag: "Close" })
      closing = this.time.fork(Scope.close(scope, Exit.void))
    }
    const making = this.time.fork(Scope.provide(Bulk.request(this.operation, this.options), scope))
    recorder.when(events.close === undefined ? undefined : { at: events.close }, close)
    lines.forEach(({ at, item, leaves }, line) => {
      this.time.at(at, () => {
        const made = making.pollUnsafe()
        if (made === undefined || Exit.isFailure(made)) return
        const position = recorder.pulled(line)
        const caller = this.time.fork(
          Effect.onExit(made.value(item), (exit) =>
            Effect.sync(() => {
              open--
              recorder.record({ _tag: "Reply", position, exit })
            })
          )
        )
        recorder.when(leaves === undefined ? undefined : { at: at + leaves }, () => {
          if (caller.pollUnsafe() !== undefined) return
          recorder.record({ _tag: "Leave", position })
          caller.interruptUnsafe()
        })
      })
    })
    return () => {
      if (open > 0) return undefined
      if (events.close === undefined) close()
      return closing?.pollUnsafe()
    }
  }
}

type Ended = () => Exit.Exit<void, unknown> | undefined

const behave = (observer: Observer): Effect.Effect<void> => {
  switch (observer) {
    case "slow":
      return Effect.sleep(30)
    case "throws":
      throw new Error("the observer throws")
    case "dies":
      return Effect.die(new Error("the observer dies"))
    case "interrupts":
      return Effect.interrupt
    case "quick":
    case "none":
      return Effect.void
  }
}

const howOf = (exit: Exit.Exit<void, unknown>): How => {
  if (Exit.isSuccess(exit)) return "Done"
  if (Cause.hasInterruptsOnly(exit.cause)) return "Interrupted"
  return Cause.hasFails(exit.cause) ? "Failed" : "Died"
}

/** The calls with their returns, and what the run heard of each. */
const callsOf = <Item, A, E>(
  events: ReadonlyArray<Event<Item, A, E>>,
  report: Report<Item, A, E> | undefined,
  callTimeout: number
): ReadonlyArray<Call<Item, A, E>> => {
  const calls = new Map<number, Mutable<Call<Item, A, E>>>()
  let isOver = false
  for (const event of events) {
    if (event._tag === "End") isOver = true
    if (event._tag === "Call") calls.set(event.number, { start: event, end: undefined, heard: undefined })
    if (event._tag !== "Return") continue
    const call = calls.get(event.number)!
    call.end = event
    if (!isOver && event.returned._tag !== "Cut" && event.at < call.start.at + callTimeout) call.heard = event.returned
  }
  // Its return and its being cut off fell together.
  // An engine that loses items leaves holes, which `filter` leaves out.
  const reported = (report?.outcomes ?? []).filter(() => true)
  for (const outcome of [...outcomesOf(events), ...reported]) {
    const last = outcome.history.at(-1)
    if (!("error" in outcome && outcome.error instanceof CallError.CallAborted) || last === undefined) continue
    const call = calls.get(last.call)
    if (call?.heard?._tag !== "Interrupted" && call !== undefined) call.heard = undefined
  }
  return [...calls.values()]
}

/** The outcomes that somebody was told. */
const outcomesOf = <Item, A, E>(
  events: ReadonlyArray<Event<Item, A, E>>
): ReadonlyArray<Outcome<Item, A, E | CallError.CallError>> =>
  events.flatMap((event) => {
    if (event._tag === "Outcome" || event._tag === "Taken") return [event.outcome]
    if (event._tag !== "Reply") return []
    const reply = Exit.findErrorOption(event.exit)
    return Option.isSome(reply) ? [reply.value.outcome] : []
  })

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
