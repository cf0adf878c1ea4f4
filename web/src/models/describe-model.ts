import type { Model, SizeRule } from '@pictor/sdk';

/** What a model can do, in one line, told by its row in the catalogue. */
export function describeModel(model: Model): string {
  const { edits, family, parameters, size } = model.pictor;
  if (family === 'text') return 'Talks, and has pictures made by an image model as its tool';
  const facts = [
    size === null ? null : describeSizes(size),
    edits === null
      ? 'no references'
      : `${edits.maxImages} ${edits.maxImages === 1 ? 'reference' : 'references'}`,
    edits !== null && edits.mask !== false ? 'masks' : null,
    hasValue(model, 'background', 'transparent') ? 'transparency' : null,
    parameters.partial_images === undefined ? null : 'previews',
    parameters.thinking_level === undefined ? null : 'thinking',
    parameters.seed === undefined ? null : 'seed',
  ];
  const line = facts.filter((fact) => fact !== null).join(' · ');
  return line.charAt(0).toUpperCase() + line.slice(1);
}

function describeSizes(rule: SizeRule): string {
  switch (rule.kind) {
    case 'fixed':
      return rule.sizes.length === 1 ? 'one size' : `${rule.sizes.length} sizes`;
    case 'free':
      return `any size to ${rule.maxEdge} px`;
    case 'ratio-table': {
      const tiers = Object.keys(rule.tiers);
      const ratios = Object.keys(rule.tiers[rule.defaultTier] ?? {}).length;
      return `${ratios} shapes to ${tiers.at(-1) ?? rule.defaultTier}`;
    }
  }
}

function hasValue(model: Model, name: string, value: string): boolean {
  const rule = model.pictor.parameters[name];
  return rule?.kind === 'choice' && rule.values.includes(value);
}
