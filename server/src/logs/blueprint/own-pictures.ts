import type { OwnPicture } from '../rows/own-queries.ts';
import type { Wire } from '../wire.ts';

/** What a block says of a picture that this server made: Gemini's models know shapes, the others pixels. */
export function tellPicture(picture: OwnPicture): Wire {
  const { parameters, applied } = picture;
  const facts: Wire = picture.modelId.startsWith('gemini')
    ? {
        aspect_ratio: parameters.aspect_ratio ?? applied.aspectRatio,
        image_size: parameters.image_size ?? applied.imageSize,
      }
    : {
        revised_prompt: picture.revisedPrompt,
        size: `${picture.width}x${picture.height}`,
        quality: applied.quality,
        background: applied.background,
        output_format: applied.outputFormat ?? picture.mediaType.replace('image/', ''),
      };
  return Object.fromEntries(
    Object.entries(facts).filter(([, fact]) => typeof fact === 'string' && fact !== ''),
  );
}
