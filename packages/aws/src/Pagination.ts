/**
 * The pages of a list operation as one stream of items. Ends when a page has no token (or an empty one), and fails
 * instead of going round in circles when a token comes again.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as AwsCall from "./AwsCall.ts"
import type { AwsClient } from "./AwsClient.ts"
import type * as AwsError from "./AwsError.ts"
import type { AwsOperation } from "./AwsOperation.ts"

/**
 * What the pages of a list hold.
 *
 * @category models
 * @since 0.1.0
 */
export type Pages<Item, E> = Stream.Stream<Item, E | RepeatedPageToken>

/**
 * The service gave a page token that it had given before: the pages would never end.
 *
 * @category errors
 * @since 0.1.0
 */
export class RepeatedPageToken extends Schema.TaggedError<RepeatedPageToken>()("RepeatedPageToken", {
  operation: Schema.String,
  /** How many pages were read. */
  pages: Schema.Number
}) {
  override get message() {
    return `${this.operation}: page ${this.pages} ends with a token that an earlier page had, so the list would never end`
  }
}

/**
 * Makes a list operation callable: a function from its request, without token, to the stream of what its pages hold.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = Effect.fnUntraced(function* <
  const Token extends "nextToken" | "NextToken",
  Input extends { readonly [K in Token]?: string | undefined },
  Page extends { readonly [K in Token]?: string | undefined },
  Item,
  E
>(
  client: AwsClient,
  api: AwsOperation<Input, Page, E>,
  options: {
    /** What the service calls the token, in requests and in pages. */
    readonly token: Token
    readonly items: (page: Page) => ReadonlyArray<Item>
    /** What a request has unless the caller says otherwise: the largest page. */
    readonly defaults: Partial<Input>
  }
) {
  const { defaults, items, token } = options
  const call = yield* AwsCall.make(client, api)
  const operation = `${client.service}.${api.name}`
  return (request: Omit<Input, Token>): Pages<Item, E | AwsError.Common> =>
    stream({
      operation,
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all of the request but its token, and the token: the whole
      page: (nextToken) => call({ ...defaults, ...request, [token]: nextToken } as unknown as Input),
      items,
      nextToken: (page) => page[token]
    })
})

/**
 * Reads page after page, each when the one before has been consumed. A page without items does not end the stream.
 *
 * @category constructors
 * @since 0.1.0
 */
export const stream = <Page, Item, E, R>(options: {
  readonly operation: string
  readonly page: (nextToken: string | undefined) => Effect.Effect<Page, E, R>
  readonly items: (page: Page) => ReadonlyArray<Item>
  readonly nextToken: (page: Page) => string | null | undefined
}): Stream.Stream<Item, E | RepeatedPageToken, R> =>
  Stream.paginate(
    first,
    (at): Effect.Effect<readonly [ReadonlyArray<Item>, Option.Option<Position>], E | RepeatedPageToken, R> =>
      isRound(at)
        ? Effect.fail(new RepeatedPageToken({ operation: options.operation, pages: at.pages }))
        : Effect.map(options.page(at.token), (page) => {
            const token = options.nextToken(page)
            return [options.items(page), token ? Option.some(next(at, token)) : Option.none()]
          })
  )

/** Where a stream of pages is. */
interface Position {
  readonly token: string | undefined
  readonly pages: number
  /** The token before this one. */
  readonly last: string | undefined
  /** The token at the last page whose number is a power of two: a circle of any length meets it, and memory stays flat. */
  readonly marked: string | undefined
}

const first: Position = { token: undefined, pages: 0, last: undefined, marked: undefined }

const next = ({ marked, pages, token: last }: Position, token: string): Position => ({
  token,
  pages: pages + 1,
  last,
  // `pages` is the number of the page that `last` brought.
  marked: (pages & (pages - 1)) === 0 ? last : marked
})

const isRound = ({ last, marked, token }: Position): boolean =>
  token !== undefined && (token === last || token === marked)
