import { z } from 'zod';
import type { Provider } from '../models/index.ts';
import { configSchema } from './config-schema.ts';

export type JsonSchema = { readonly [name: string]: unknown };

/** A secret stands in pictor.yaml only as the name of the variable that holds it. */
export const reference = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

/** The JSON Schema of pictor.yaml, for editors: what people write, before defaults are filled in. */
export function configJsonSchema(providers: readonly Provider[]): JsonSchema {
  const schema = z.toJSONSchema(configSchema(providers), {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.writeOnly === true) jsonSchema.pattern = reference.source;
    },
  });
  return { ...schema, title: 'pictor.yaml' };
}

/** Does the schema call the value at this path a secret? */
export function isSecretAt(schema: JsonSchema, path: readonly PropertyKey[]): boolean {
  let places: readonly JsonSchema[] = [schema];
  for (const step of path) places = places.flatMap(spread).flatMap((place) => stepInto(place, step));
  return places.flatMap(spread).some((place) => place.writeOnly === true);
}

/** A schema and every alternative that it has. */
function spread(schema: JsonSchema): JsonSchema[] {
  const alternatives = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((each) =>
    Array.isArray(each) ? each.filter(isSchema) : [],
  );
  return [schema, ...alternatives.flatMap(spread)];
}

function stepInto(schema: JsonSchema, step: PropertyKey): JsonSchema[] {
  const { properties, additionalProperties, items } = schema;
  if (typeof step === 'number') return isSchema(items) ? [items] : [];
  const named = isSchema(properties) && typeof step === 'string' ? properties[step] : undefined;
  return [named ?? additionalProperties].filter(isSchema);
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
