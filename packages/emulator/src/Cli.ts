/**
 * The emulator as a program: prints its URL and runs until it is stopped.
 *
 * @since 0.1.0
 */
import * as Faults from "@effect-bulk/aws/testing/Faults"
import type * as ServiceWire from "@effect-bulk/aws/testing/ServiceWire"
import { ConnectModel, ConnectWire } from "@effect-bulk/connect/testing"
import { KendraWire } from "@effect-bulk/kendra/testing"
import { OmicsModel, OmicsWire } from "@effect-bulk/omics/testing"
import * as CliError from "effect/cli/CliError"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Config from "effect/Config"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Emulator from "./Emulator.ts"
import type { Credentials } from "./SigV4.ts"

const share = (name: string, what: string) =>
  Flag.Finite(name).pipe(
    Flag.withMetavar("SHARE"),
    Flag.withSchema(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))),
    Flag.withDescription(`Share of ${what}`),
    Flag.withDefault(0)
  )

const millis = (name: string, what: string) =>
  Flag.Int(name).pipe(
    Flag.withMetavar("MILLIS"),
    Flag.withSchema(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),
    Flag.withDescription(what)
  )

const counts = (name: string, description: string, unlessSaid: Readonly<Record<string, number>>) =>
  Flag.KeyValuePair(name).pipe(
    Flag.withMetavar("ID=COUNT"),
    Flag.withSchema(
      Schema.Record(Schema.String, Schema.FiniteFromString.check(Schema.isInt(), Schema.isGreaterThanOrEqualTo(0)))
    ),
    Flag.withDescription(description),
    Flag.withDefault(unlessSaid)
  )

const rates = (name: string, example: string, { operations }: ServiceWire.ServiceWire) =>
  Flag.KeyValuePair(name).pipe(
    Flag.withMetavar("OPERATION=PER_SECOND"),
    Flag.withSchema(
      Schema.Record(Schema.String, Schema.FiniteFromString.check(Schema.isGreaterThan(0))).check(
        Schema.makeFilter(
          (rates: Readonly<Record<string, unknown>>) =>
            Object.keys(rates).every((name) => Object.hasOwn(operations, name)) ||
            `Expected one of ${Object.keys(operations).join(", ")}`
        )
      )
    ),
    Flag.withDescription(`Throttle calls above a rate, such as ${example}; may be repeated`),
    Flag.withDefault({})
  )

/**
 * The command `effect-bulk-emulator`.
 *
 * @category commands
 * @since 0.1.0
 */
export const command = Command.make("effect-bulk-emulator", {
  port: Flag.Int("port").pipe(
    Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 65_535 }))),
    Flag.withDescription("Port on 127.0.0.1, 4566 unless said; 0 takes any free one"),
    Flag.withDefault(4566)
  ),
  sigv4: Flag.Boolean("sigv4").pipe(
    Flag.withDescription(
      "Check signatures, with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN of the environment"
    ),
    Flag.withDefault(false)
  ),
  connect: {
    instances: counts(
      "connect.instance",
      "An instance and how many data sets it has, data_set_0 and so on, all associated with its own account 123456789012; may be repeated",
      {}
    ),
    documentedRates: Flag.Boolean("connect.documented-rates").pipe(
      Flag.withDescription("Throttle calls above the rates that AWS documents"),
      Flag.withDefault(false)
    ),
    rates: rates("connect.rate", "BatchDisassociateAnalyticsDataSet=5", ConnectWire.connectWire)
  },
  kendra: {
    indices: counts(
      "kendra.index",
      "An index and how many documents it holds, document-0 and so on; may be repeated",
      {}
    ),
    processingMillis: millis(
      "kendra.processing",
      "How long a document stays PROCESSING, until it is looked at unless said"
    ).pipe(Flag.withDefault(0)),
    rates: rates("kendra.rate", "BatchDeleteDocument=5", KendraWire.kendraWire)
  },
  omics: {
    stores: counts(
      "omics.store",
      "A sequence store and how many read sets it holds, 1234567890=1000 unless said; may be repeated",
      { "1234567890": 1000 }
    ),
    gone: Flag.Literals("omics.gone", ["notFound", "DELETED"]).pipe(
      Flag.withDescription("What is left to see of a deleted read set, notFound unless said"),
      Flag.withDefault("notFound")
    ),
    deletingMillis: millis(
      "omics.deleting",
      "How long a read set stays DELETING, until it is looked at unless said"
    ).pipe(Flag.withDefault(0)),
    documentedRates: Flag.Boolean("omics.documented-rates").pipe(
      Flag.withDescription("Throttle calls above the rates that AWS documents"),
      Flag.withDefault(false)
    ),
    rates: rates("omics.rate", "BatchDeleteReadSet=5", OmicsWire.omicsWire)
  },
  faults: {
    seed: Flag.Int("seed").pipe(
      Flag.withDescription("The same seed gives the same faults; 1 unless said"),
      Flag.withDefault(1)
    ),
    share: {
      throttle: share("throttle", "calls that are throttled"),
      serverError: share("server-error", "calls that fail with status 500"),
      html: share("html", "calls that get the page of a proxy, with status 503"),
      resetBefore: share("reset-before", "calls whose connection is reset before their effect"),
      resetAfter: share("reset-after", "calls whose connection is reset after their effect"),
      cutOff: share("cut-off", "calls whose answer is cut off"),
      malformed: share("malformed", "calls whose answer is no JSON"),
      empty: share("empty", "calls whose answer has no body"),
      wrongTypes: share("wrong-types", "calls whose answer has members of the wrong types"),
      nulls: share("nulls", "calls whose answer has members that are null"),
      sameToken: share("same-token", "calls that answer with the page token that they were given"),
      contradiction: share("contradiction", "calls whose answer contradicts itself"),
      slow: share("slow", "calls that are answered late"),
      hang: share("hang", "calls that are never answered"),
      item: share("item", "items that fail, in calls without another fault")
    },
    retryAfter: millis("retry-after", "The hint that throttles give; none unless said").pipe(Flag.optional),
    slowMillis: millis("slow-by", "How late answers come that are late, 1000 unless said").pipe(Flag.withDefault(1000)),
    itemCode: Flag.String("item-code").pipe(
      Flag.withDescription("The code of items that fail, INTERNAL_ERROR unless said"),
      Flag.withDefault("INTERNAL_ERROR")
    )
  }
}).pipe(
  Command.withDescription(
    "A local server that speaks the wire protocols of AWS batch APIs, over models in memory. Shares, from 0 to 1, say how much goes wrong; calls have one fault at the most"
  ),
  Command.withExamples([
    {
      command: "effect-bulk-emulator --port 0 --omics.store 1234567890=5000 --omics.rate BatchDeleteReadSet=5",
      description: "5000 read sets, 5 delete calls a second, on any free port"
    },
    {
      command: "effect-bulk-emulator --seed 7 --throttle 0.05 --reset-after 0.01 --item 0.01",
      description: "Every twentieth call is throttled, every hundredth answer lost, every hundredth item fails"
    }
  ]),
  Command.withHandler(
    Effect.fnUntraced(function* ({ connect, faults, kendra, omics, port, sigv4 }) {
      const { retryAfter, ...seeded } = faults
      const play = yield* Effect.try({
        try: () => Faults.seeded(Option.isSome(retryAfter) ? { ...seeded, retryAfter: retryAfter.value } : seeded),
        catch: userError
      })
      const credentials = sigv4 ? [yield* environmentCredentials] : undefined
      const emulator = yield* Emulator.make({
        port,
        credentials,
        faults: play,
        connect: {
          instances: Object.entries(connect.instances).map(([id, dataSets]) => ({
            id,
            dataSets,
            associations: { "123456789012": "all" }
          })),
          rates: {
            ...(connect.documentedRates && ConnectModel.documentedRates),
            ...perSecond(connect.rates)
          }
        },
        kendra: {
          indices: Object.entries(kendra.indices).map(([id, documents]) => ({ id, documents })),
          choices: { processingMillis: kendra.processingMillis },
          rates: perSecond(kendra.rates)
        },
        omics: {
          sequenceStores: Object.entries(omics.stores).map(([id, readSets]) => ({ id, readSets })),
          choices: { gone: omics.gone, deletingMillis: omics.deletingMillis },
          rates: {
            ...(omics.documentedRates && OmicsModel.documentedRates),
            ...perSecond(omics.rates)
          }
        }
      }).pipe(Effect.mapError(userError))
      const held = [
        ...Object.entries(connect.instances).map(([id, count]) => `Connect instance ${id} with ${count} data sets`),
        ...Object.entries(kendra.indices).map(([id, count]) => `Kendra index ${id} with ${count} documents`),
        ...Object.entries(omics.stores).map(([id, count]) => `HealthOmics store ${id} with ${count} read sets`)
      ]
      yield* Console.log(`Emulator listening on ${emulator.url}`)
      yield* Console.log(
        `It holds ${held.join(", ")}; it takes ${sigv4 ? "the credentials of its environment" : "any credentials"}`
      )
      return yield* Effect.never
    }, Effect.scoped)
  )
)

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

const perSecond = (rates: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(rates).map(([name, perSecond]) => [name, { perSecond }]))

const userError = (cause: unknown) => new CliError.UserError({ cause })

const environmentCredentials: Effect.Effect<Credentials, CliError.UserError> = Effect.gen(function* () {
  const sessionToken = yield* Config.option(Config.String("AWS_SESSION_TOKEN"))
  return {
    accessKeyId: yield* Config.String("AWS_ACCESS_KEY_ID"),
    secretAccessKey: yield* Config.String("AWS_SECRET_ACCESS_KEY"),
    ...(Option.isSome(sessionToken) && { sessionToken: sessionToken.value })
  }
}).pipe(
  Effect.mapError(
    (cause) =>
      new CliError.UserError({
        cause,
        userMessage: "--sigv4 needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment"
      })
  )
)
