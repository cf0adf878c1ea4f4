import { writeFile } from 'node:fs/promises';
import { configJsonSchema } from '../server/src/config/index.ts';
import { findProviders } from '../server/src/providers/index.ts';
import { describeProviders } from '../server/src/routing/index.ts';
import { describeSdk } from './sdk-reference/describe-sdk.ts';

/** Writes the pages that are made from the code: the schema of pictor.yaml, the table of providers, and the SDK's reference. */
const providers = await findProviders();
const docs = new URL('../docs/', import.meta.url);
await writeFile(
  new URL('pictor.schema.json', docs),
  `${JSON.stringify(configJsonSchema(providers), null, 2)}\n`,
);
await writeFile(new URL('providers.md', docs), describeProviders(providers));
await writeFile(new URL('sdk-reference.md', docs), describeSdk());
