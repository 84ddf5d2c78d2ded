import type * as Client from "@aws-sdk/client-omics"
import type * as AwsError from "@effect-bulk/aws/AwsError"
import { describe, expectTypeOf, it } from "@effect/vitest"
import type { CommandError, CommandOutput, Exceptions } from "../src/OmicsCommands.ts"
import type * as OmicsError from "../src/OmicsError.ts"

describe("CommandError", () => {
  it("knows every command of the client", () => {
    type Known = {
      readonly [
        K in keyof typeof Client as K extends "$Command" ? never : K extends `${infer Name}Command` ? Name : never
      ]: (typeof Client)[K] extends new (input: never) => infer C ? CommandError<C> : never
    }
    expectTypeOf<Known>().toEqualTypeOf<{ readonly [Name in keyof Exceptions]: Exceptions[Name] }>()
  })

  it("is, with the errors of any call, what each operation can fail with", () => {
    type Fails<C> = CommandError<C> | AwsError.Common
    expectTypeOf<Fails<Client.BatchDeleteReadSetCommand>>().toEqualTypeOf<OmicsError.BatchDeleteReadSetError>()
    expectTypeOf<
      Fails<Client.DeleteAnnotationStoreVersionsCommand>
    >().toEqualTypeOf<OmicsError.DeleteAnnotationStoreVersionsError>()
    expectTypeOf<Fails<Client.ListReadSetsCommand>>().toEqualTypeOf<OmicsError.ListReadSetsError>()
    expectTypeOf<Fails<Client.GetReadSetMetadataCommand>>().toEqualTypeOf<OmicsError.GetReadSetMetadataError>()
    expectTypeOf<Fails<Client.ListSequenceStoresCommand>>().toEqualTypeOf<OmicsError.ListSequenceStoresError>()
    expectTypeOf<Fails<Client.GetSequenceStoreCommand>>().toEqualTypeOf<OmicsError.GetSequenceStoreError>()
    expectTypeOf<
      Fails<Client.ListAnnotationStoreVersionsCommand>
    >().toEqualTypeOf<OmicsError.ListAnnotationStoreVersionsError>()
  })

  it("tells similar commands apart", () => {
    expectTypeOf<
      Exclude<CommandError<Client.GetReadSetCommand>, CommandError<Client.GetReadSetMetadataCommand>>
    >().toEqualTypeOf<OmicsError.ConflictException | OmicsError.RangeNotSatisfiableException>()
  })

  it("joins the exceptions of several commands", () => {
    type C = Client.ListRunsCommand | Client.GetReferenceCommand
    expectTypeOf<CommandError<C>>().toEqualTypeOf<
      CommandError<Client.ListRunsCommand> | OmicsError.RangeNotSatisfiableException
    >()
  })

  it("is every exception of the service for a command that is not known", () => {
    expectTypeOf<CommandError<{ readonly input: object }>>().toEqualTypeOf<OmicsError.Exception>()
  })
})

describe("CommandOutput", () => {
  it("is what the client answers", () => {
    expectTypeOf<
      CommandOutput<Client.BatchDeleteReadSetCommand>
    >().toEqualTypeOf<Client.BatchDeleteReadSetCommandOutput>()
    expectTypeOf<CommandOutput<Client.ListReadSetsCommand>>().toEqualTypeOf<Client.ListReadSetsCommandOutput>()
  })
})
