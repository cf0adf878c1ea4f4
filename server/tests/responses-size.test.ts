import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type OpenAI from 'openai';
import { afterAll, expect, test } from 'vitest';
import { openDatabase, runSql } from '../src/database/index.ts';
import { newDataDir, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { openOpenAiUpstream, upstreamKey } from './upstreams/openai-upstream.ts';

afterAll(removeDataDirs);

const turns = ['Draw a harbour', 'Add a ship', 'Make it night', 'Add a moon', 'As before but in winter'];

/** Everything that rows keep of a response, as text. */
const rowsOfResponses = `
  select responses.id, responses.asked::text || coalesce(responses.events::text, '') || coalesce(responses.report::text, '')
    || (select string_agg(item::text || pictures::text || coalesce(replay::text, ''), '') from response_items
        where owner_id = responses.id) as kept
  from responses order by responses.created_at`;

test('five turns with 4K pictures keep rows small, no base64 in them, and every picture once', async () => {
  const upstream = await openOpenAiUpstream();
  const dataDir = await newDataDir();
  const env = { OPENAI_API_KEY: upstreamKey, PICTOR_OPENAI_BASE_URL: upstream.baseUrl };
  const pictor = await startPictor({ env, dataDir });
  const client = pictor.client();
  const made: string[] = [];
  let previous: string | undefined;
  for (const input of turns) {
    const response: OpenAI.Responses.Response = await client.responses.create({
      model: 'gpt-5.4',
      input,
      ...(previous === undefined ? {} : { previous_response_id: previous }),
      tools: [{ type: 'image_generation', model: 'gpt-image-2', size: '3840x2160' }],
    });
    previous = response.id;
    const call = response.output.find((item) => item.type === 'image_generation_call');
    expect(call?.size).toBe('3840x2160');
    made.push(call?.result ?? '');
  }
  await pictor.stop();
  await upstream.close();

  const database = await openDatabase({ dataDir });
  const { rows } = await runSql(database.sql, rowsOfResponses);
  await database.close();
  const kept = rows.map((row) => String(row.kept));
  expect(kept).toHaveLength(turns.length);
  const sizes = kept.map((text) => text.length);
  // Later turns are no larger than the first: what went before is named, never repeated.
  for (const size of sizes) expect(size).toBeLessThan((sizes[0] ?? 0) * 1.3);
  for (const text of kept) expect(text).not.toMatch(/[A-Za-z0-9+/]{500}/);

  const files = await readdir(join(dataDir, 'images'), { recursive: true });
  const blobs = files.filter((name) => /[0-9a-f]{64}$/.test(name) && !name.includes('thumbnails'));
  expect(blobs).toHaveLength(new Set(made).size);
});
