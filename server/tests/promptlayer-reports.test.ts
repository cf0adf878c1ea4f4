import { afterAll, beforeAll, expect, test } from 'vitest';
import { toJson } from './support/forms.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;
beforeAll(async () => {
  pictor = await startPictor({ env: { PICTOR_SKETCH_DELAY_MS: '0' } });
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

type Told = {
  readonly dataset_group: { readonly id: number };
  readonly report_id: number;
  readonly report_column_id: string;
  readonly status: string;
};

async function send(method: string, path: string, body?: unknown): Promise<Told> {
  const init = body === undefined ? { method } : { ...toJson(body), method };
  const answer = await pictor.call(`/promptlayer${path}`, init);
  const json = await answer.json();
  expect(json, `${method} ${path}: ${JSON.stringify(json)}`).toMatchObject({ success: true });
  return json as Told;
}

test('a report over a file of rows is made, run and scored as PromptLayer describes it', async () => {
  await pictor.call(
    '/api/prompts',
    toJson({
      name: 'tag',
      template: { type: 'completion', content: [{ type: 'text', text: 'A tag for {who}' }] },
      model: { provider: 'sketch', name: 'sketch-1', api_type: 'images', parameters: { size: '256x256' } },
    }),
  );
  const v2 = '/api/public/v2';
  const { dataset_group } = await send('POST', `${v2}/dataset-groups`, { name: 'Tags' });
  const dataset_group_id = dataset_group.id;
  const file_content_base64 = Buffer.from('name,wanted\nann,n\nbob,z\n').toString('base64');
  await send('POST', `${v2}/dataset-versions/from-file`, {
    dataset_group_id,
    file_name: 'tags.csv',
    file_content_base64,
  });
  expect(await send('GET', `${v2}/datasets/${dataset_group_id}/rows`)).toMatchObject({
    rows: [{ variables: { name: 'ann', wanted: 'n' } }, { variables: { name: 'bob' } }],
  });
  const { report_id } = await send('POST', '/reports', {
    dataset_group_id,
    name: 'Tags',
    columns: [
      {
        column_type: 'PROMPT_TEMPLATE',
        name: 'picture',
        configuration: { template: { name: 'tag' }, prompt_template_variable_mappings: { who: 'name' } },
      },
    ],
  });
  const { report_column_id } = await send('POST', '/report-columns', {
    report_id,
    column_type: 'CONTAINS',
    name: 'has it',
    configuration: { source: 'name', value_source: 'wanted' },
  });
  expect(report_column_id).toBe(`${report_id}-col_2`);
  await send('PATCH', `/reports/${report_id}/score-card`, { column_names: ['has it'] });
  const { report_id: run } = await send('POST', `/reports/${report_id}/run`, { name: 'first' });
  expect(run).not.toBe(report_id);
  await expect
    .poll(async () => (await send('GET', `/reports/${run}`)).status, { timeout: 30_000 })
    .toBe('COMPLETED');
  expect(await send('GET', `/reports/${run}`)).toMatchObject({
    report: { id: run, name: 'first' },
    stats: { status_counts: { COMPLETED: 4, FAILED: 0 } },
    report_columns: [{ column_type: 'PROMPT_TEMPLATE' }, { name: 'has it' }],
  });
  expect(await send('GET', `/reports/${run}/score`)).toMatchObject({
    score: { overall_score: 50, score_type: 'single_column' },
  });
  await send('DELETE', `/reports/${run}`);
  await send('DELETE', `/report-columns/${report_column_id}`);
  const python = await pictor.call(
    '/promptlayer/report-columns',
    toJson({ report_id, column_type: 'CODE_EXECUTION', name: 'x', configuration: { language: 'PYTHON' } }),
  );
  expect(python.status).toBe(400);
  expect(await python.json()).toMatchObject({
    success: false,
    message: expect.stringContaining('JAVASCRIPT'),
  });
});
