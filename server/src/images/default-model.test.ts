import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../catalogue/index.ts';
import { defaultModel } from './default-model.ts';

const catalogue = openCatalogue([], []);

describe('defaultModel', () => {
  it.each([
    [{}, 'dall-e-2'],
    [{ size: '512x512', n: 4, response_format: 'url', user: 'x' }, 'dall-e-2'],
    [{ stream: false, quality: 'standard' }, 'dall-e-2'],
    [{ quality: 'auto', size: 'auto' }, 'dall-e-2'],
    [{ quality: 'high' }, 'gpt-image-1.5'],
    [{ background: 'auto' }, 'gpt-image-1.5'],
    [{ output_format: 'png' }, 'gpt-image-1.5'],
    [{ output_compression: 100 }, 'gpt-image-1.5'],
    [{ moderation: 'auto' }, 'gpt-image-1.5'],
    [{ stream: true }, 'gpt-image-1.5'],
    [{ partial_images: 0 }, 'gpt-image-1.5'],
    [{ size: '1024x1536' }, 'gpt-image-1.5'],
  ])('of a generation with %j is %s', (asked, model) => {
    expect(defaultModel(asked, 'images.generations')).toBe(model);
    expect(catalogue.find(model)?.row.endpoints).toContain('images.generations');
  });

  it('depends on the route, and the operator decides before it', () => {
    expect(defaultModel({}, 'images.edits')).toBe('gpt-image-1.5');
    expect(defaultModel({ quality: 'high' }, 'images.variations')).toBe('dall-e-2');
    expect(defaultModel({}, 'responses')).toBe('gpt-image-2');
    expect(defaultModel({ background: 'auto' }, 'images.generations', 'nano-banana-2')).toBe('nano-banana-2');
  });
});
