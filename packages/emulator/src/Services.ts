/**
 * The services that the emulator serves: of each the model that holds its state and the wire that it is reached by.
 * A further service is a line in each of these.
 *
 * @since 0.1.0
 */
import type * as ServiceModel from "@effect-bulk/aws/testing/ServiceModel"
import type * as ServiceWire from "@effect-bulk/aws/testing/ServiceWire"
import { ConnectModel, ConnectWire } from "@effect-bulk/connect/testing"
import { KendraModel, KendraWire } from "@effect-bulk/kendra/testing"
import { OmicsModel, OmicsWire } from "@effect-bulk/omics/testing"

/**
 * What each service begins with.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options {
  readonly connect?: ConnectModel.Options | undefined
  readonly kendra?: KendraModel.Options | undefined
  readonly omics?: OmicsModel.Options | undefined
}

/**
 * The models, to look into and to script.
 *
 * @category models
 * @since 0.1.0
 */
export interface Models {
  readonly connect: ConnectModel.ConnectModel
  readonly kendra: KendraModel.KendraModel
  readonly omics: OmicsModel.OmicsModel
}

/**
 * New models.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (options: Options): Models => ({
  connect: ConnectModel.make(options.connect),
  kendra: KendraModel.make(options.kendra),
  omics: OmicsModel.make(options.omics)
})

/**
 * Each model with its wire.
 *
 * @category functions
 * @since 0.1.0
 */
export const served = (models: Models): ReadonlyArray<Served> => [
  { wire: ConnectWire.connectWire, model: models.connect },
  { wire: KendraWire.kendraWire, model: models.kendra },
  { wire: OmicsWire.omicsWire, model: models.omics }
]

/**
 * @category models
 * @since 0.1.0
 */
export interface Served {
  readonly wire: ServiceWire.ServiceWire
  readonly model: ServiceModel.ServiceModel
}
