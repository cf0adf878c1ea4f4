import { openDatabase, runSql } from '../../server/src/database/index.ts';

const chunkRows = 20_000;

/**
 * Fills a new embedded database with requests of one project, spread over a year, and an image for each. Words,
 * models, tags and failures come in known shares. Gives the seconds that it took.
 */
export async function fillDatabase(dataDir: string, rowCount: number): Promise<number> {
  const startMs = performance.now();
  // What is lost in a power cut is made again.
  const database = await openDatabase({ dataDir, fsync: 'off' });
  try {
    const { rows: indices } = await runSql(database.sql, secondaryIndices);
    // Made at the end and at once, they cost a fraction.
    for (const { indexname: name } of indices) await runSql(database.sql, `drop index ${name}`);
    for (let first = 0; first < rowCount; first += chunkRows) {
      const last = Math.min(first + chunkRows, rowCount) - 1;
      await runSql(database.sql, insertRequests(first, last, rowCount));
      await runSql(database.sql, insertImages(first, last));
    }
    for (const { indexdef: definition } of indices) await runSql(database.sql, String(definition));
    await runSql(database.sql, 'vacuum (analyze)');
  } finally {
    await database.close();
  }
  return (performance.now() - startMs) / 1000;
}

const secondaryIndices = `
  select indexname, indexdef from pg_indexes
  where tablename in ('requests', 'images') and indexname not in ('requests_pkey', 'images_pkey')`;

const id = (prefix: string) => `'${prefix}_' || lpad(to_hex(i), 32, '0')`;
const pick = (words: readonly string[], step: number) =>
  `(array[${words.map((word) => `'${word}'`).join(',')}])[1 + (i / ${step}) % ${words.length}]`;

const animals =
  'otter fox badger heron lynx owl hare seal wren mole stoat newt crane ibis toad vole bear wolf elk crow';
const places =
  'harbour meadow bridge attic market canyon orchard station lagoon library glacier cellar dune forest pier tower mill garden quarry reef';

function insertRequests(first: number, last: number, rowCount: number): string {
  return `insert into requests (id, project_id, kind, route, status, model, model_id, provider, engine, prompt,
      parameters, adjustments, warnings, answer, usage, cost_nano_usd, created_at, finished_at, duration_ms, tags,
      prompt_id, prompt_name, prompt_version, size, quality, format, image_count, input_tokens,
      output_tokens, error)
    select ${id('req')}, 'proj_default', 'generate', '/v1/images/generations',
      case when i % 50 = 0 then 'failed' else 'succeeded' end,
      model, model, 'openai', 'openai',
      'A photograph of ' || ${pick(animals.split(' '), 1)} || ' near the ' || ${pick(places.split(' '), 20)}
        || ' at dawn, soft light, thirty-five millimetres, painted by hand rare' || i % 5000 || ' take ' || i,
      '{"size": "1024x1024", "quality": "high"}', '[]', '[]',
      '{"kind": "generate", "model": "gpt-image-2", "images": [], "applied": {"quality": "high"}}',
      '{"textIn": 20, "imageIn": 0, "imageOut": 4160, "source": "provider"}',
      case when i % 97 = 0 then null else 30000000 + i % 200000000 end,
      at, at + duration * interval '1 millisecond', duration,
      case when i % 3 = 0 then jsonb_build_array('tag' || i % 40) else '[]'::jsonb end,
      'pmpt_' || i % 30, 'prompt-' || i % 30, 1, '1024x1024', 'high', 'png', 1, 20, 4160,
      case when i % 50 = 0 then '{"code": "upstream_timed_out", "message": "late"}'::json end
    from (
      select i, (array['gpt-image-2', 'gpt-image-1', 'dall-e-3', 'gemini-3.1-flash-image'])[1 + i % 4] as model,
        now() - (${rowCount} - i) * (interval '365 days' / ${rowCount}) as at,
        (2000 + (i::bigint * 7919) % 58000)::integer as duration
      from generate_series(${first}, ${last}) as i
    ) as rows`;
}

function insertImages(first: number, last: number): string {
  return `insert into images (id, project_id, request_id, role, position, hash, media_type, byte_count, width, height,
      created_at)
    select ${id('img')}, 'proj_default', ${id('req')}, 'output', 0, lpad(to_hex(i), 64, '0'), 'image/png', 1500000,
      1024, 1024, requests.created_at
    from generate_series(${first}, ${last}) as i join requests on requests.id = ${id('req')}`;
}
