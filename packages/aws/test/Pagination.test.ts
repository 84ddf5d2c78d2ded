import { Pagination } from "@effect-bulk/aws"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Result, Stream } from "effect"

interface Page {
  readonly items: ReadonlyArray<string>
  readonly next?: string | null
}

/** The pages by token, and a record of the tokens that were asked for. */
const pages = (byToken: Record<string, Page>) => {
  const asked: Array<string | undefined> = []
  const stream = Pagination.stream({
    operation: "Omics.ListReadSets",
    page: (token) => {
      asked.push(token)
      const page = byToken[token ?? "first"]
      return page === undefined ? Effect.fail("no such page") : Effect.succeed(page)
    },
    items: ({ items }) => items,
    nextToken: ({ next }) => next
  })
  return { asked, stream }
}

describe("stream", () => {
  it.effect("goes on over pages without items, and ends without a token", () =>
    Effect.gen(function* () {
      const { asked, stream } = pages({
        first: { items: [], next: "a" },
        a: { items: ["1"], next: "b" },
        b: { items: [], next: "c" },
        c: { items: ["2"] }
      })
      assert.deepStrictEqual(yield* Stream.runCollect(stream), ["1", "2"])
      assert.deepStrictEqual(asked, [undefined, "a", "b", "c"])
    })
  )

  it.effect.each([null, "", undefined])("takes %j for the last token", (next) =>
    Effect.gen(function* () {
      const { asked, stream } = pages({ first: { items: ["1"], ...(next !== undefined && { next }) } })
      assert.deepStrictEqual(yield* Stream.runCollect(stream), ["1"])
      assert.deepStrictEqual(asked, [undefined])
    })
  )

  it.effect("fails with what a page fails with, after the items before it", () =>
    Effect.gen(function* () {
      const seen: Array<string> = []
      const { stream } = pages({ first: { items: ["1"], next: "lost" } })
      const error = yield* Effect.flip(Stream.runForEach(stream, (item) => Effect.sync(() => seen.push(item))))
      assert.strictEqual(error, "no such page")
      assert.deepStrictEqual(seen, ["1"])
    })
  )

  it.effect("fails with RepeatedPageToken as soon as a page gives its own token", () =>
    Effect.gen(function* () {
      const { asked, stream } = pages({ first: { items: ["1"], next: "a" }, a: { items: ["2"], next: "a" } })
      const error = yield* Effect.flip(Stream.runDrain(stream))
      assert(error instanceof Pagination.RepeatedPageToken)
      assert.strictEqual(
        error.message,
        "Omics.ListReadSets: page 2 ends with a token that an earlier page had, so the list would never end"
      )
      assert.deepStrictEqual(asked, [undefined, "a"])
    })
  )

  it.effect("finds circles of every length behind a way of every length", () =>
    Effect.gen(function* () {
      for (let way = 0; way < 8; way++) {
        for (let circle = 1; circle < 12; circle++) {
          let asked = 0
          const stream = Pagination.stream({
            operation: "Omics.ListReadSets",
            page: (token) => Effect.succeed(token === undefined ? 0 : Number(token) + 1),
            items: () => {
              asked++
              return []
            },
            nextToken: (page) => String(page < way ? page : way + ((page - way) % circle))
          })
          const result = yield* Effect.result(Stream.runDrain(stream))
          assert.isTrue(Result.isFailure(result))
          assert.isAtMost(asked, 4 * (way + circle) + 2)
        }
      }
    })
  )
})
