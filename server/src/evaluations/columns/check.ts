import { CheckFailure } from '../../checks/index.ts';
import { CellError } from '../cell-error.ts';
import type { Pictures } from '../open-pictures.ts';
import type { Reader } from '../references/open-reader.ts';
import type { ColumnRunner } from './column-runner.ts';

type Inputs = {
  readonly image: string;
  readonly reference: string | null;
  readonly mask: string | null;
  readonly others: readonly string[];
  readonly expected: string | null;
};

export const check: ColumnRunner<'check', Inputs> = {
  isPaid: false,
  isScore: true,
  read: (config, reader) => ({
    image: reader.pictures([config.image])[0] ?? '',
    reference: readOne(reader, config.reference),
    mask: readOne(reader, config.mask),
    others: reader.anyPictures(config.others ?? []),
    expected: config.expected === undefined ? null : reader.text(config.expected),
  }),
  run: async (inputs, config, { checks, pictures }, { projectId, signal }) => {
    const files = await findFiles(pictures, projectId, inputs);
    try {
      const { evidence, passed, value } = await checks.run(config.check, files, config.options ?? {}, signal);
      return { value, passed, evidence, images: [inputs.image] };
    } catch (error) {
      if (!(error instanceof CheckFailure) || error.reason === 'aborted') throw error;
      throw new CellError(`check_${error.reason}`, error.message);
    }
  },
};

function readOne(reader: Reader, source: string | undefined): string | null {
  return source === undefined ? null : (reader.anyPictures([source])[0] ?? null);
}

async function findFiles(pictures: Pictures, projectId: string, inputs: Inputs) {
  const one = async (name: 'reference' | 'mask') => {
    const id = inputs[name];
    return id === null ? {} : { [name]: await pictures.pathOf(projectId, id) };
  };
  const others = await Promise.all(inputs.others.map((id) => pictures.pathOf(projectId, id)));
  return {
    image: await pictures.pathOf(projectId, inputs.image),
    ...(await one('reference')),
    ...(await one('mask')),
    ...(others.length === 0 ? {} : { others }),
    ...(inputs.expected === null || inputs.expected === '' ? {} : { expected: inputs.expected }),
  };
}
