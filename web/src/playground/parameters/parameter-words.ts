type Words = { readonly label: string; readonly help: string | undefined };

/** Names whose words say too little by themselves. Others are read out as they are spelled. */
const words: Readonly<Record<string, { readonly label?: string; readonly help?: string }>> = {
  n: { label: 'Pictures' },
  output_format: { label: 'Format' },
  output_compression: { label: 'Compression', help: 'Percent of the best quality, for JPEG and WebP.' },
  partial_images: {
    label: 'Previews',
    help: 'Shown while the picture is made. Services charge about 100 tokens for each.',
  },
  image_size: { label: 'Resolution' },
  thinking_level: { label: 'Thinking' },
  input_fidelity: { help: 'How true an edit stays to the pictures that go in.' },
  moderation: { help: 'How strict the service judges.' },
  response_modalities: { help: 'Set by itself: such models answer in words and pictures.' },
  media_resolution: { help: 'How closely pictures that go in are looked at.' },
  seed: { help: 'The same seed gives the same picture, where the model keeps its word.' },
  negative_prompt: { help: 'What must not be in the picture.' },
  num_inference_steps: { label: 'Steps' },
  guidance_scale: { help: 'How closely the prompt is followed.' },
  true_cfg_scale: { label: 'True CFG scale' },
  user: { label: 'End user', help: 'A name for whom it is made, kept with the request.' },
};

/** How a person reads the name of a parameter: `output_format` is Format. */
export function parameterWords(name: string): Words {
  const known = words[name];
  const spelled = name.replaceAll('_', ' ');
  return { label: known?.label ?? spelled.charAt(0).toUpperCase() + spelled.slice(1), help: known?.help };
}
