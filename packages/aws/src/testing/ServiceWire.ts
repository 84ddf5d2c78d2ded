/**
 * How the operations of a service travel, as a table: where each goes and what its input must look like. The codecs
 * of the emulator read requests by it, and `model` makes a `ServiceModel` of it that enforces what AWS documents,
 * since no SDK client does: wrong types are a SerializationException, a broken constraint is the service's own
 * validation error. The exact texts of AWS are not public, those here are our own.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import * as SchemaTransformation from "effect/SchemaTransformation"
import type { ItemFault } from "./Faults.ts"
import * as ServiceModel from "./ServiceModel.ts"
import * as TokenBucket from "./TokenBucket.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * The schema of an input. It decodes the members as they travel (times and numbers of the query are text) and its
 * decoded side is what the SDK takes, with every documented constraint.
 *
 * @category models
 * @since 0.1.0
 */
export type Input = Schema.ConstraintDecoder<Record<string, unknown>>

/**
 * One operation. `method`, `path` (labels in braces) and `query` (the names there; where they differ from those of the members, `input` renames them with `Schema.encodeKeys`) are for
 * restJson1 only.
 *
 * @category models
 * @since 0.1.0
 */
export interface Operation<out I extends Input = Input> {
  readonly input: I
  readonly method?: string
  readonly path?: string
  readonly query?: ReadonlyArray<string>
  /** Status of success; 200 unless said. */
  readonly status?: number
  /** An output without members has no body, in place of `{}`. */
  readonly bodyless?: boolean
  /** The items that an input names, as text. */
  readonly items?: (input: never) => ReadonlyArray<string>
}

/**
 * A service as it travels.
 *
 * @category models
 * @since 0.1.0
 */
export interface ServiceWire<
  out Operations extends Readonly<Record<string, Operation>> = Readonly<Record<string, Operation>>
> {
  /** The name that requests are signed for: `connect`, `kendra`, `omics`. */
  readonly service: string
  readonly protocol: "restJson1" | "awsJson1_1"
  /** What comes before the operation in `x-amz-target`; awsJson1_1 only. */
  readonly target?: string
  /** How times travel in answers. */
  readonly timestamps: "rfc3339" | "epochSeconds"
  /** The member of errors that holds the message. */
  readonly message: "message" | "Message"
  /** The exception for a broken constraint. */
  readonly validation: string
  readonly operations: Operations
}

/**
 * When a call came, by the `Clock`, and which of its items must fail.
 *
 * @category models
 * @since 0.1.0
 */
export interface Call {
  readonly now: number
  readonly fault: ItemFault | undefined
}

/**
 * What a model does for each operation of a wire. Inputs come checked.
 *
 * @category models
 * @since 0.1.0
 */
export type Handlers<Operations extends Readonly<Record<string, Operation>>> = {
  readonly [Name in keyof Operations]: (
    input: Operations[Name]["input"]["Type"],
    call: Call
  ) => ServiceModel.ModelAnswer | Effect.Effect<ServiceModel.ModelAnswer>
}

// -----------------------------------------------------------------------------
// Schemas
// -----------------------------------------------------------------------------

/**
 * A time that travels as text, such as `2024-01-02T03:04:05.678Z`.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Rfc3339 = Schema.String.check(
  Schema.isPattern(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i)
).pipe(Schema.decodeTo(Schema.Date, SchemaTransformation.dateFromString))

/**
 * A time that travels as a number of seconds, fractions allowed.
 *
 * @category schemas
 * @since 0.1.0
 */
export const EpochSeconds = Schema.Finite.pipe(
  Schema.decodeTo(
    Schema.Date,
    SchemaTransformation.transform({
      decode: (seconds) => new Date(seconds * 1000),
      encode: (date) => date.getTime() / 1000
    })
  )
)

/**
 * A whole number in a query string.
 *
 * @category schemas
 * @since 0.1.0
 */
export const IntegerText = Schema.FiniteFromString.check(Schema.isInt())

/**
 * `true` or `false` in a query string.
 *
 * @category schemas
 * @since 0.1.0
 */
export const BooleanText = Schema.Literals(["true", "false"]).pipe(
  Schema.decodeTo(
    Schema.Boolean,
    SchemaTransformation.transform({ decode: (text) => text === "true", encode: (flag) => (flag ? "true" : "false") })
  )
)

// -----------------------------------------------------------------------------
// Constructors
// -----------------------------------------------------------------------------

/**
 * An operation. Infers the type of its input, which `items` then takes.
 *
 * @category constructors
 * @since 0.1.0
 */
export const operation = <I extends Input>(
  options: Omit<Operation<I>, "items"> & { readonly items?: (input: I["Type"]) => ReadonlyArray<string> }
): Operation<I> => options

/**
 * A wire.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = <const Operations extends Readonly<Record<string, Operation>>>(
  wire: ServiceWire<Operations>
): ServiceWire<Operations> => wire

/**
 * The `handle` of a model: refuses unknown operations, calls above the rate of their operation and input that breaks
 * a constraint, in this order, and leaves the rest to the handlers. Time is that of the `Clock`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const handle = <Operations extends Readonly<Record<string, Operation>>>(
  wire: ServiceWire<Operations>,
  handlers: Handlers<Operations>,
  rates: Readonly<Record<string, TokenBucket.Rate>> = {}
): ServiceModel.ServiceModel["handle"] => {
  for (const name of Object.keys(rates)) {
    if (!Object.hasOwn(wire.operations, name)) {
      throw new RangeError(`ServiceWire.handle: a rate must be for an operation of ${wire.service}, got "${name}"`)
    }
  }
  const operations = new Map(
    Object.entries(wire.operations).map(([name, { input }]) => {
      const rate = rates[name]
      return [
        name,
        {
          check: checker(wire, Schema.toType(input)),
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- same keys in both, and `check` gives what the handler takes
          run: handlers[name] as Handlers<Record<string, Operation>>[string],
          bucket: rate === undefined ? undefined : TokenBucket.make(rate)
        }
      ] as const
    })
  )
  return (name, input, fault) =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => {
      const operation = operations.get(name)
      if (operation === undefined) return Effect.succeed(unknownOperation(wire, name))
      if (operation.bucket?.take(now) === false) return Effect.succeed(throttled(wire))
      const checked = operation.check(input)
      if (Result.isFailure(checked)) return Effect.succeed(checked.failure)
      const answer = operation.run(checked.success, { now, fault })
      return Effect.isEffect(answer) ? answer : Effect.succeed(answer)
    })
}

// -----------------------------------------------------------------------------
// Functions
// -----------------------------------------------------------------------------

/**
 * Reads an input as it travelled into what the model takes, or says with which exception it is refused.
 *
 * @category functions
 * @since 0.1.0
 */
export const decoder = (
  wire: ServiceWire,
  operation: Operation
): ((wireInput: unknown) => Result.Result<Record<string, unknown>, ServiceModel.ModelAnswer>) =>
  checker(wire, operation.input)

/**
 * The throttling exception of a service.
 *
 * @category functions
 * @since 0.1.0
 */
export const throttled = (wire: ServiceWire): ServiceModel.ModelAnswer =>
  ServiceModel.error("ThrottlingException", clientStatus(wire, 429), "Rate exceeded")

/**
 * The answer to a call of an operation that is not there.
 *
 * @category functions
 * @since 0.1.0
 */
export const unknownOperation = (wire: ServiceWire, name: string): ServiceModel.ModelAnswer =>
  ServiceModel.error("UnknownOperationException", clientStatus(wire, 404), `No operation is known for "${name}"`)

/**
 * The answer to a call that breaks a documented constraint which no schema of one member can state.
 *
 * @category functions
 * @since 0.1.0
 */
export const invalid = (wire: ServiceWire, message: string): ServiceModel.ModelAnswer =>
  ServiceModel.error(wire.validation, 400, message)

/**
 * The status on the wire of a client error: awsJson1_1 has 400 for each.
 *
 * @category functions
 * @since 0.1.0
 */
export const clientStatus = (wire: ServiceWire, status: number): number =>
  wire.protocol === "awsJson1_1" && status < 500 ? 400 : status

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

const checker = <A>(wire: ServiceWire, schema: Schema.ConstraintDecoder<A>) => {
  const decode = Schema.decodeUnknownResult(schema)
  return (input: unknown): Result.Result<A, ServiceModel.ModelAnswer> =>
    Result.mapError(decode(input), ({ issue }) => refusal(wire, issue, input))
}

const describe = SchemaIssue.makeFormatterStandardSchemaV1()

const refusal = (wire: ServiceWire, issue: SchemaIssue.Issue, input: unknown): ServiceModel.ModelAnswer => {
  const [first] = describe(issue).issues
  const path = (first?.path ?? []).map((part) => (typeof part === "object" ? part.key : part))
  let value = input
  for (const key of path) value = Predicate.hasProperty(value, key) ? value[key] : undefined
  const member = path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    ""
  )
  const what = first?.message ?? "Expected a valid value"
  const message =
    value === undefined
      ? `Missing ${member}`
      : `Invalid ${member === "" ? "input" : member}: ${what.charAt(0).toLowerCase()}${what.slice(1)}, got ${show(value)}`
  return wrongType(issue, value)
    ? ServiceModel.error("SerializationException", 400, message)
    : ServiceModel.error(wire.validation, 400, message)
}

// AWS takes null for absent, and absent for a broken constraint; a text outside of an enum breaks a constraint, too.
const wrongType = (issue: SchemaIssue.Issue, value: unknown): boolean => {
  if (value === undefined || value === null) return false
  switch (issue._tag) {
    case "InvalidType":
      return true
    case "AnyOf":
      return typeof value !== "string"
    case "Filter":
    case "Encoding":
    case "Pointer":
      return wrongType(issue.issue, value)
    case "Composite":
      return issue.issues.some((inner) => wrongType(inner, value))
    default:
      return false
  }
}

const show = (value: unknown): string => {
  if (Array.isArray(value)) return `a list of ${value.length}`
  return typeof value === "object" && value !== null ? "an object" : JSON.stringify(value)
}
