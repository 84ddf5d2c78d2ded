/**
 * What request and response schemas of AWS services are made of: texts of a documented form, lists with a documented
 * size, enums that stay open, and what every response may carry.
 *
 * @since 0.1.0
 */
import * as Formatter from "effect/Formatter"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"
import * as SchemaIssue from "effect/SchemaIssue"

// -----------------------------------------------------------------------------
// Requests
// -----------------------------------------------------------------------------

/**
 * The documented form of a text: an anchored pattern, and in words what it wants, such as `10 to 36 digits`. With the
 * flag `u`, lengths count characters as AWS does.
 *
 * @category models
 * @since 0.1.0
 */
export interface Form {
  readonly wanted: string
  readonly pattern: RegExp
}

/**
 * A text of a form; give it a brand with `Schema.brand`.
 *
 * @category schemas
 * @since 0.1.0
 */
export const text = (form: Form): Schema.String =>
  Schema.String.check(Schema.isPattern(form.pattern, { expected: form.wanted }))

/**
 * A list with a documented number of elements.
 *
 * @category schemas
 * @since 0.1.0
 */
export const sized = <S extends Schema.Constraint>(element: S, minimum: number, maximum = Infinity) => {
  const wanted = maximum === Infinity ? `at least ${minimum} elements` : `${minimum} to ${maximum} elements`
  return Schema.Array(element).check(
    Schema.makeFilter(
      (list: ReadonlyArray<unknown>) =>
        (list.length >= minimum && list.length <= maximum) || `Expected ${wanted}, got ${list.length}`
    )
  )
}

/**
 * Says what is wrong with the texts of an item, if anything: the `check` of a batch operation, cheap enough for every
 * item.
 *
 * @category predicates
 * @since 0.1.0
 */
export const checkTexts = <Item extends object>(forms: {
  readonly [K in keyof Item]?: Form
}): ((item: Item) => string | undefined) => {
  const entries = Object.entries<Form | undefined>(forms)
  return (item) => {
    for (const [member, form] of entries) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of `forms` are those of the item
      const value: unknown = item[member as keyof Item]
      if (form !== undefined && (typeof value !== "string" || !form.pattern.test(value))) {
        return `'${member}' must be ${form.wanted}, got ${show(value)}`
      }
    }
    return undefined
  }
}

/**
 * Says what is wrong with a value by a schema, if anything: the `check` of a batch operation whose items are more than a
 * few texts.
 *
 * @category predicates
 * @since 0.1.0
 */
export const checkSchema = (schema: Schema.ConstraintDecoder<unknown>): ((value: unknown) => string | undefined) => {
  const decode = Schema.decodeUnknownResult(schema, { reportInput: true })
  return (value) => {
    const result = decode(value)
    if (Result.isSuccess(result)) return undefined
    const { member, wrong } = describe(result.failure.issue)
    return member === "" ? wrong : `'${member}': ${wrong}`
  }
}

/**
 * The first thing that is wrong with a value: in which member (none, if it is the value itself), and what.
 *
 * @category functions
 * @since 0.1.0
 */
export const describe = (issue: SchemaIssue.Issue): { readonly member: string; readonly wrong: string } => {
  const [first] = issues(issue).issues
  const keys = (first?.path ?? []).map((part) => (typeof part === "object" ? part.key : part))
  const member = keys.reduce<string>(
    (path, key) => (typeof key === "number" ? `${path}[${key}]` : path === "" ? String(key) : `${path}.${String(key)}`),
    ""
  )
  const wrong = (first?.message ?? "does not fit").replace(/^E/, "e")
  return { member, wrong: wrong.length > 200 ? `${wrong.slice(0, 200)}...` : wrong }
}

const issues = SchemaIssue.makeFormatterStandardSchemaV1()

const show = (value: unknown): string => {
  const text = Formatter.format(value)
  return text.length > 80 ? `${text.slice(0, 80)}...` : text
}

// -----------------------------------------------------------------------------
// Responses
// -----------------------------------------------------------------------------

/**
 * An enum of a response: the values known today, and any other text that AWS may add.
 *
 * @category schemas
 * @since 0.1.0
 */
export const open = <const L extends ReadonlyArray<string>>(..._known: L) =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every text passes, the known ones show in the type alone
  Schema.String as unknown as Schema.Codec<L[number] | (string & {}), string>

/**
 * A list of a response; one that is missing or `null` is empty.
 *
 * @category schemas
 * @since 0.1.0
 */
export const list = <S extends Schema.Constraint>(element: S) =>
  Schema.optional(Schema.NullOr(Schema.Array(element))).pipe(
    Schema.decodeTo(Schema.toType(Schema.Array(element)), {
      decode: SchemaGetter.transformOptional((list) => Option.some(Option.getOrUndefined(list) ?? [])),
      encode: SchemaGetter.passthrough({ strict: false })
    })
  )
