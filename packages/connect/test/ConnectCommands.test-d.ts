import type * as Client from "@aws-sdk/client-connect"
import type * as AwsError from "@effect-bulk/aws/AwsError"
import { describe, expectTypeOf, it } from "@effect/vitest"
import type { CommandError, CommandOutput, Exceptions } from "../src/ConnectCommands.ts"
import type * as ConnectError from "../src/ConnectError.ts"

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
    expectTypeOf<
      Fails<Client.BatchAssociateAnalyticsDataSetCommand>
    >().toEqualTypeOf<ConnectError.BatchAssociateAnalyticsDataSetError>()
    expectTypeOf<
      Fails<Client.BatchDisassociateAnalyticsDataSetCommand>
    >().toEqualTypeOf<ConnectError.BatchDisassociateAnalyticsDataSetError>()
    expectTypeOf<
      Fails<Client.AssociateAnalyticsDataSetCommand>
    >().toEqualTypeOf<ConnectError.AssociateAnalyticsDataSetError>()
    expectTypeOf<
      Fails<Client.DisassociateAnalyticsDataSetCommand>
    >().toEqualTypeOf<ConnectError.DisassociateAnalyticsDataSetError>()
    expectTypeOf<
      Fails<Client.ListAnalyticsDataAssociationsCommand>
    >().toEqualTypeOf<ConnectError.ListAnalyticsDataAssociationsError>()
    expectTypeOf<
      Fails<Client.ListAnalyticsDataLakeDataSetsCommand>
    >().toEqualTypeOf<ConnectError.ListAnalyticsDataLakeDataSetsError>()
    expectTypeOf<Fails<Client.ListInstancesCommand>>().toEqualTypeOf<ConnectError.ListInstancesError>()
    expectTypeOf<
      Fails<Client.BatchGetAttachedFileMetadataCommand>
    >().toEqualTypeOf<ConnectError.BatchGetAttachedFileMetadataError>()
    expectTypeOf<
      Fails<Client.BatchGetFlowAssociationCommand>
    >().toEqualTypeOf<ConnectError.BatchGetFlowAssociationError>()
    expectTypeOf<Fails<Client.BatchPutContactCommand>>().toEqualTypeOf<ConnectError.BatchPutContactError>()
    expectTypeOf<
      Fails<Client.BatchCreateDataTableValueCommand>
    >().toEqualTypeOf<ConnectError.BatchCreateDataTableValueError>()
    expectTypeOf<
      Fails<Client.BatchUpdateDataTableValueCommand>
    >().toEqualTypeOf<ConnectError.BatchUpdateDataTableValueError>()
    expectTypeOf<
      Fails<Client.BatchDeleteDataTableValueCommand>
    >().toEqualTypeOf<ConnectError.BatchDeleteDataTableValueError>()
    expectTypeOf<
      Fails<Client.BatchDescribeDataTableValueCommand>
    >().toEqualTypeOf<ConnectError.BatchDescribeDataTableValueError>()
    expectTypeOf<Fails<Client.ListDataTableValuesCommand>>().toEqualTypeOf<ConnectError.ListDataTableValuesError>()
    expectTypeOf<Fails<Client.AssociateWorkspaceCommand>>().toEqualTypeOf<ConnectError.AssociateWorkspaceError>()
    expectTypeOf<Fails<Client.DisassociateWorkspaceCommand>>().toEqualTypeOf<ConnectError.DisassociateWorkspaceError>()
    expectTypeOf<
      Fails<Client.SearchWorkspaceAssociationsCommand>
    >().toEqualTypeOf<ConnectError.SearchWorkspaceAssociationsError>()
  })

  it("tells commands with equal inputs and outputs apart", () => {
    expectTypeOf<Client.PauseContactCommandInput>().toEqualTypeOf<Client.ResumeContactCommandInput>()
    expectTypeOf<Client.PauseContactCommandOutput>().toEqualTypeOf<Client.ResumeContactCommandOutput>()
    expectTypeOf<
      Exclude<CommandError<Client.PauseContactCommand>, CommandError<Client.ResumeContactCommand>>
    >().toEqualTypeOf<ConnectError.LimitExceededException>()

    expectTypeOf<Client.AssociateWorkspaceCommandInput>().toEqualTypeOf<Client.DisassociateWorkspaceCommandInput>()
    expectTypeOf<Client.AssociateWorkspaceCommandOutput>().toEqualTypeOf<Client.DisassociateWorkspaceCommandOutput>()
    expectTypeOf<
      Exclude<CommandError<Client.AssociateWorkspaceCommand>, CommandError<Client.DisassociateWorkspaceCommand>>
    >().toEqualTypeOf<ConnectError.DuplicateResourceException>()
  })

  it("joins the exceptions of several commands", () => {
    type C = Client.ListInstancesCommand | Client.DescribeContactFlowCommand
    expectTypeOf<CommandError<C>["_tag"]>().toEqualTypeOf<
      | "ContactFlowNotPublishedException"
      | "InternalServiceException"
      | "InvalidParameterException"
      | "InvalidRequestException"
      | "ResourceNotFoundException"
      | "ThrottlingException"
    >()
  })

  it("has the documented members of an exception", () => {
    type InUse = Extract<
      CommandError<Client.DeleteUserHierarchyGroupCommand>,
      { readonly _tag: "ResourceInUseException" }
    >
    expectTypeOf<InUse["ResourceId"]>().toEqualTypeOf<string | undefined>()
    expectTypeOf<"CONTACT_FLOW">().toExtend<NonNullable<InUse["ResourceType"]>>()
  })

  it("is every exception of the service for a command that is not known", () => {
    expectTypeOf<CommandError<{ readonly input: object }>>().toEqualTypeOf<ConnectError.Exception>()
  })
})

describe("CommandOutput", () => {
  it("is what the client answers", () => {
    expectTypeOf<
      CommandOutput<Client.BatchDisassociateAnalyticsDataSetCommand>
    >().toEqualTypeOf<Client.BatchDisassociateAnalyticsDataSetCommandOutput>()
    expectTypeOf<
      CommandOutput<Client.DisassociateAnalyticsDataSetCommand>
    >().toEqualTypeOf<Client.DisassociateAnalyticsDataSetCommandOutput>()
  })
})
