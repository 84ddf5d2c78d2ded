/** Where the items of a simulated run come from: a list, an iterable or a stream that may fail, die or hang. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Script } from "../Script.ts"
import type { Recorder } from "./recorder.ts"

export interface Source<out Item> {
  readonly items: Iterable<Item> | Stream.Stream<Item, Error>
  readonly stream: Stream.Stream<Item, Error>
}

export const makeSource = <Item, A, E>(script: Script<Item, A, E>, recorder: Recorder<Item, A, E>): Source<Item> => {
  const { entry, lines } = script
  const stream = streamOf(script, recorder)
  if (entry._tag === "Stream" || entry._tag === "Outcomes") return { items: stream, stream }
  const iterator = () => iterate(script, recorder)
  if (entry._tag !== "Array") return { items: { [Symbol.iterator]: iterator }, stream }
  const items = lines.map(({ item }) => item)
  return { items: watched(items, iterator), stream }
}

const iterate = <Item, A, E>({ events, lines }: Script<Item, A, E>, recorder: Recorder<Item, A, E>): Iterator<Item> => {
  let index = 0
  return {
    next: () => {
      if (index === events.sourceFails || index === events.sourceDies) {
        recorder.record({ _tag: "SourceFailed" })
        throw new Error("the source fails")
      }
      const line = lines[index]
      if (line === undefined) return { done: true, value: undefined }
      recorder.pulled(index++)
      return { done: false, value: line.item }
    }
  }
}

const streamOf = <Item, A, E>(
  { chaos, entry, events, lines }: Script<Item, A, E>,
  recorder: Recorder<Item, A, E>
): Stream.Stream<Item, Error> => {
  const chunk = "chunk" in entry ? entry.chunk : 1
  const ends = [events.sourceFails, events.sourceDies, events.sourceHangs].filter((end) => end !== undefined)
  let index = 0
  const pull = Effect.suspend((): Effect.Effect<readonly [Item, ...Array<Item>], Error | Cause.Done> => {
    const first = index
    if (first === events.sourceFails || first === events.sourceDies) {
      recorder.record({ _tag: "SourceFailed" })
      const error = new Error("the source fails")
      return first === events.sourceFails ? Effect.fail(error) : Effect.die(error)
    }
    if (first === events.sourceHangs) {
      recorder.record({ _tag: "SourceHangs" })
      return Effect.never
    }
    if (first >= lines.length) return Cause.done()
    index = Math.min(lines.length, first + chunk, ...ends.filter((end) => end > first))
    return Effect.map(Effect.sleep(lines[first]!.at), () => hand(first, index))
  })
  const hand = (first: number, last: number): readonly [Item, ...Array<Item>] => {
    const [head, ...rest] = lines.slice(first, last).map(({ item }) => item)
    // `last` is above `first`: there is at least one.
    const given: readonly [Item, ...Array<Item>] = [head!, ...rest]
    if (chaos === 0) {
      given.forEach((_, offset) => recorder.pulled(first + offset))
      return given
    }
    // Where fibers pause at any place, what was handed out counts once it is taken.
    return watched(given, function* () {
      for (let offset = 0; offset < given.length; offset++) {
        recorder.pulled(first + offset)
        yield given[offset]!
      }
    })
  }
  return Stream.fromPull(Effect.succeed(pull))
}

/** The same list, whose items are taken through this iterator. */
const watched = <Items extends ReadonlyArray<unknown>>(items: Items, iterator: () => Iterator<Items[number]>): Items =>
  Object.defineProperty(items, Symbol.iterator, { value: iterator })
