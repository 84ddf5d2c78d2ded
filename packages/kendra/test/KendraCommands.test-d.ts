import type * as Client from "@aws-sdk/client-kendra"
import type * as AwsError from "@effect-bulk/aws/AwsError"
import { describe, expectTypeOf, it } from "@effect/vitest"
import type { CommandError, CommandOutput, Exceptions } from "../src/KendraCommands.ts"
import type * as KendraError from "../src/KendraError.ts"

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
    expectTypeOf<Fails<Client.BatchDeleteDocumentCommand>>().toEqualTypeOf<KendraError.BatchDeleteDocumentError>()
    expectTypeOf<Fails<Client.BatchPutDocumentCommand>>().toEqualTypeOf<KendraError.BatchPutDocumentError>()
    expectTypeOf<Fails<Client.BatchGetDocumentStatusCommand>>().toEqualTypeOf<KendraError.BatchGetDocumentStatusError>()
    expectTypeOf<
      Fails<Client.BatchDeleteFeaturedResultsSetCommand>
    >().toEqualTypeOf<KendraError.BatchDeleteFeaturedResultsSetError>()
    expectTypeOf<
      Fails<Client.AssociateEntitiesToExperienceCommand>
    >().toEqualTypeOf<KendraError.AssociateEntitiesToExperienceError>()
    expectTypeOf<
      Fails<Client.DisassociateEntitiesFromExperienceCommand>
    >().toEqualTypeOf<KendraError.DisassociateEntitiesFromExperienceError>()
    expectTypeOf<
      Fails<Client.AssociatePersonasToEntitiesCommand>
    >().toEqualTypeOf<KendraError.AssociatePersonasToEntitiesError>()
    expectTypeOf<
      Fails<Client.DisassociatePersonasFromEntitiesCommand>
    >().toEqualTypeOf<KendraError.DisassociatePersonasFromEntitiesError>()
    expectTypeOf<Fails<Client.ListIndicesCommand>>().toEqualTypeOf<KendraError.ListIndicesError>()
    expectTypeOf<Fails<Client.DescribeIndexCommand>>().toEqualTypeOf<KendraError.DescribeIndexError>()
    expectTypeOf<Fails<Client.ListDataSourcesCommand>>().toEqualTypeOf<KendraError.ListDataSourcesError>()
    expectTypeOf<Fails<Client.ListDataSourceSyncJobsCommand>>().toEqualTypeOf<KendraError.ListDataSourceSyncJobsError>()
    expectTypeOf<Fails<Client.StartDataSourceSyncJobCommand>>().toEqualTypeOf<KendraError.StartDataSourceSyncJobError>()
    expectTypeOf<Fails<Client.StopDataSourceSyncJobCommand>>().toEqualTypeOf<KendraError.StopDataSourceSyncJobError>()
    expectTypeOf<
      Fails<Client.ListFeaturedResultsSetsCommand>
    >().toEqualTypeOf<KendraError.ListFeaturedResultsSetsError>()
    expectTypeOf<Fails<Client.ListExperienceEntitiesCommand>>().toEqualTypeOf<KendraError.ListExperienceEntitiesError>()
  })

  it("tells commands with equal inputs and outputs apart", () => {
    expectTypeOf<Client.DeleteFaqCommandInput>().toEqualTypeOf<Client.StopDataSourceSyncJobCommandInput>()
    expectTypeOf<Client.DeleteFaqCommandOutput>().toEqualTypeOf<Client.StopDataSourceSyncJobCommandOutput>()
    expectTypeOf<
      Exclude<CommandError<Client.DeleteFaqCommand>, CommandError<Client.StopDataSourceSyncJobCommand>>
    >().toEqualTypeOf<KendraError.ConflictException>()
  })

  it("joins the exceptions of several commands", () => {
    type C = Client.ListIndicesCommand | Client.GetSnapshotsCommand
    expectTypeOf<CommandError<C>["_tag"]>().toEqualTypeOf<
      | "AccessDeniedException"
      | "InternalServerException"
      | "InvalidRequestException"
      | "ResourceNotFoundException"
      | "ThrottlingException"
      | "ValidationException"
    >()
  })

  it("is every exception of the service for a command that is not known", () => {
    expectTypeOf<CommandError<{ readonly input: object }>>().toEqualTypeOf<KendraError.Exception>()
  })
})

describe("CommandOutput", () => {
  it("is what the client answers", () => {
    expectTypeOf<
      CommandOutput<Client.BatchDeleteDocumentCommand>
    >().toEqualTypeOf<Client.BatchDeleteDocumentCommandOutput>()
    expectTypeOf<CommandOutput<Client.DeleteFaqCommand>>().toEqualTypeOf<Client.DeleteFaqCommandOutput>()
  })
})
