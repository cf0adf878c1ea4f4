/** The value of a parameter as the wire takes it. */
export type ParameterValue = string | number | boolean | readonly string[];

/** What was chosen, by the names of the wire. What is not here is left to the model. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** Values from an address or a stored row; what no parameter can be is left out. Undefined: nothing is there. */
export function readParameters(value: unknown): Parameters | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).flatMap(([name, each]) => {
    const known = readValue(each);
    return known === undefined ? [] : [[name, known] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function readValue(value: unknown): ParameterValue | undefined {
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string');
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The parameters with one changed; undefined takes it away. */
export function withParameter(
  parameters: Parameters,
  name: string,
  value: ParameterValue | undefined,
): Parameters {
  const { [name]: _before, ...others } = parameters;
  return value === undefined ? others : { ...others, [name]: value };
}
