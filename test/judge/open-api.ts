/** A schema of an OpenAPI 3.0 document, as far as the judge looks into it. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly nullable?: boolean
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly additionalProperties?: boolean | Schema
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  /** Only ever in replies. */
  readonly readOnly?: boolean
  /** Only ever in requests. */
  readonly writeOnly?: boolean
  readonly [keyword: string]: unknown
}

/** A key of the query, or a part of the path; a header is none of ours. */
export interface Parameter {
  readonly $ref?: string
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema?: Schema
}

/** What is sent or answered, by media type. */
export interface Content {
  readonly required?: boolean
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>
}

export interface Operation {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: Content
  readonly responses: Readonly<Record<string, Content>>
}

/** What is at one path: parameters of all of its operations, and one operation per method in lower case. */
export type PathItem = { readonly parameters?: readonly Parameter[] } & Readonly<
  Partial<Record<'get' | 'put' | 'post' | 'delete' | 'patch', Operation>>
>

/** An OpenAPI 3.0 document, as far as the judge looks into it. */
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, PathItem>>
  readonly components?: {
    readonly schemas?: Readonly<Record<string, Schema>>
    readonly parameters?: Readonly<Record<string, Parameter>>
  }
}

/** The name under which references inside the document lead to it from anywhere. */
export const documentId = 'vendor-specification'

/** What a reference inside the document leads to; anything that is no reference comes back as it is. */
export function resolved<Thing extends { readonly $ref?: string }>(document: OpenApiDocument, thing: Thing): Thing {
  let found = thing
  while (found.$ref !== undefined) {
    const [, ...steps] = found.$ref.split('/')
    let place: unknown = document
    for (const step of steps) place = (place as Record<string, unknown> | undefined)?.[step]
    if (place === undefined) throw new Error(`The specification has nothing at ${found.$ref}.`)
    found = place as Thing
  }
  return found
}
