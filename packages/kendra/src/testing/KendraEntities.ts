/**
 * What the model of Kendra does with the users and groups of an experience.
 *
 * @since 0.1.0
 */
import * as ServiceModel from "@effect-bulk/aws/testing/ServiceModel"
import type * as ServiceWire from "@effect-bulk/aws/testing/ServiceWire"
import * as KendraAnswer from "./KendraAnswer.ts"
import * as KendraItems from "./KendraItems.ts"
import type { Choices } from "./KendraModel.ts"
import * as KendraState from "./KendraState.ts"
import type { kendraWire } from "./KendraWire.ts"

/**
 * Finds an experience, or answers that there is none.
 *
 * @category models
 * @since 0.1.0
 */
export interface InExperience {
  (
    key: { readonly Id: string; readonly IndexId: string },
    f: (experience: KendraState.Experience) => ServiceModel.ModelAnswer
  ): ServiceModel.ModelAnswer
}

/**
 * The handlers of the four batches of entities.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (
  inExperience: InExperience,
  items: ReturnType<typeof KendraItems.make>,
  choices: Choices
): Pick<
  ServiceWire.Handlers<typeof kendraWire.operations>,
  | "AssociateEntitiesToExperience"
  | "DisassociateEntitiesFromExperience"
  | "AssociatePersonasToEntities"
  | "DisassociatePersonasFromEntities"
> => {
  const entityFailures = (failures: ReadonlyArray<KendraItems.Failure>) =>
    KendraAnswer.failures(choices)(
      "FailedEntityList",
      failures.map(({ id, message }) => ({ EntityId: id, ErrorMessage: message }))
    )

  return {
    AssociateEntitiesToExperience: (input, call) =>
      inExperience(input, ({ entities }) => {
        const types = new Map(input.EntityList.map(({ EntityId, EntityType }) => [EntityId, EntityType]))
        const known = [...types.keys()].find((id) => entities.get(id)?.associated)
        if (known !== undefined && choices.associated === "exception") {
          return ServiceModel.error("ResourceAlreadyExistException", 400, `The entity ${known} is associated.`)
        }
        const failures = items.run([...types.keys()], call, {
          each: (id) => {
            const entity = entities.get(id)
            if (entity?.associated === true) {
              return choices.associated === "error"
                ? KendraItems.invalid("The entity is already associated.")
                : undefined
            }
            if (entity === undefined) entities.set(id, KendraState.entity(id, types.get(id) ?? "USER"))
            else entity.associated = true
            return undefined
          },
          named: (id) => entities.get(id)
        })
        return entityFailures(failures)
      }),
    DisassociateEntitiesFromExperience: (input, call) =>
      inExperience(input, ({ entities }) => {
        const failures = items.run(
          input.EntityList.map(({ EntityId }) => EntityId),
          call,
          {
            each: (id) => {
              const entity = entities.get(id)
              if (entity?.associated !== true) return items.missing("The entity is not associated.")
              entity.associated = false
              entity.persona = undefined
              return undefined
            },
            named: (id) => entities.get(id)
          }
        )
        // Documented: this list has at most 25 members, although the request may have 40.
        return entityFailures(failures.slice(0, 25))
      }),
    AssociatePersonasToEntities: (input, call) =>
      inExperience(input, ({ entities }) => {
        const personas = new Map(input.Personas.map(({ EntityId, Persona }) => [EntityId, Persona]))
        const failures = items.run([...personas.keys()], call, {
          each: (id) => {
            const entity = entities.get(id)
            if (entity?.associated !== true) return KendraItems.invalid("The entity has no access to the experience.")
            entity.persona = personas.get(id)
            return undefined
          },
          named: (id) => entities.get(id)
        })
        return entityFailures(failures)
      }),
    DisassociatePersonasFromEntities: (input, call) =>
      inExperience(input, ({ entities }) => {
        const failures = items.run(input.EntityIds, call, {
          each: (id) => {
            const entity = entities.get(id)
            if (entity?.persona === undefined) return items.missing("The persona does not exist.")
            entity.persona = undefined
            return undefined
          },
          named: (id) => entities.get(id)
        })
        return entityFailures(failures)
      })
  }
}
