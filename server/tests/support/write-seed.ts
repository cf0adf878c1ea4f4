import { openDatabase, runSql } from '../../src/database/index.ts';

// A program: node write-seed.ts <data folder> <number of requests>. The folder's database holds the pictures to use.
const [dataDir = '', count = '0'] = process.argv.slice(2);
const requestCount = Number(count);

const secondaryIndices = `
  select indexname, indexdef from pg_indexes
  where tablename in ('requests', 'images') and indexname not in ('requests_pkey', 'images_pkey')`;

const id = (prefix: string, number: string) => `'${prefix}_' || lpad(to_hex(${number}), 32, '0')`;
const pick = (words: string, step: number) => {
  const list = words.split(' ').map((word) => `'${word}'`);
  return `(array[${list.join(',')}])[1 + (i / ${step}) % ${list.length}]`;
};

/** Number 0 is the oldest; the newest is an hour old. */
function insertRequests(count: number): string {
  return `insert into requests (id, project_id, kind, route, status, model, model_id, provider, engine, prompt,
      parameters, adjustments, warnings, answer, usage, cost_nano_usd, created_at, finished_at, duration_ms, tags,
      prompt_id, prompt_name, prompt_version, size, quality, format, image_count, input_tokens,
      output_tokens, error)
    select ${id('req', 'i')}, 'proj_default', 'generate', '/v1/images/generations',
      case when i % 50 = 7 then 'failed' else 'succeeded' end, model, model,
      case when model like 'gemini%' then 'gemini' else 'openai' end, 'sketch',
      'A photograph of ' || ${pick('otter fox badger heron lynx owl hare seal wren mole', 1)} || ' near the '
        || ${pick('harbour meadow bridge attic market canyon orchard station', 10)} || ' at dawn, rare'
        || i % 5000 || ', take ' || i,
      '{"size": "1024x1024", "quality": "high"}', '[]', '[]', null,
      '{"textIn": 20, "imageIn": 0, "imageOut": 4160, "source": "provider"}',
      case when i % 97 = 0 then null else 30000000 + i % 200000 * 1000 end,
      at, at + duration * interval '1 millisecond', duration,
      case when i % 3 = 0 then jsonb_build_array('tag' || i % 40) else '[]'::jsonb end,
      case when i % 4 = 0 then 'pmpt_' || i % 30 end, case when i % 4 = 0 then 'prompt-' || i % 30 end,
      case when i % 4 = 0 then 1 + i % 3 end, '1024x1024', 'high', 'png',
      case when i % 10 = 0 then 1 else 0 end, 20, 4160,
      case when i % 50 = 7
        then '{"code": "upstream_timed_out", "type": "server_error", "param": null, "message": "It came too late."}'::json
      end
    from (
      select i, (array['gpt-image-2', 'gpt-image-1', 'dall-e-3', 'gemini-3.1-flash-image'])[1 + i % 4] as model,
        now() - interval '1 hour' - (${count} - i) * (interval '365 days' / ${count}) as at,
        (2000 + (i::bigint * 7919) % 58000)::integer as duration
      from generate_series(0, ${count - 1}) as i
    ) as rows`;
}

function insertImages(count: number): string {
  return `insert into images (id, project_id, request_id, role, position, hash, media_type, byte_count, width, height,
      tags, created_at)
    select ${id('img', 'i')}, 'proj_default', ${id('req', 'i * 10')}, 'output', 0, kept.hash, kept.media_type,
      kept.byte_count, kept.width, kept.height,
      case when i % 100 = 3 then '["best"]'::jsonb else '[]'::jsonb end, requests.created_at
    from generate_series(0, ${Math.floor(count / 10) - 1}) as i
      join requests on requests.id = ${id('req', 'i * 10')}
      join (select *, row_number() over (order by id) - 1 as place from images) as kept
        on kept.place = i % (select count(*) from images)`;
}

// What is lost in a power cut is made again.
const database = await openDatabase({ dataDir, fsync: 'off' });
try {
  const { rows: indices } = await runSql(database.sql, secondaryIndices);
  // Made at the end and at once, they cost a fraction.
  for (const { indexname: name } of indices) await runSql(database.sql, `drop index ${name}`);
  await runSql(database.sql, insertRequests(requestCount));
  await runSql(database.sql, insertImages(requestCount));
  for (const { indexdef: definition } of indices) await runSql(database.sql, String(definition));
  await runSql(database.sql, 'analyze');
} finally {
  await database.close();
}
