import { describe, expect, it } from 'vitest';
import { openIconSet, recolour } from './icon-set.ts';
import { measurePath } from './measure-path.ts';

describe('the area of a path', () => {
  it('is that of the box around it', () => {
    expect(measurePath('M0 0h10v5z')).toBe(50);
    expect(measurePath('m1 1l4 0l0 4m-4-4h-2V0')).toBe(30);
    expect(measurePath('M0 0C0 4 6 4 6 0')).toBe(24);
    expect(measurePath('M27 11a9 9 0 1 1-18 0a9 9 0 0 1 18 0')).toBe(324);
    expect(measurePath('M0 0a1.5 1.5 0 013 0')).toBe(9);
    expect(measurePath('M3 3a3 3 0 1 1 3 3z')).toBe(36);
  });

  it('is 0 where there is none', () => {
    for (const shape of ['', 'nonsense', 'M5 5', 'M0 0h9', 'a']) expect(measurePath(shape)).toBe(0);
  });
});

describe('a colour for an icon', () => {
  it('goes to what is largest, not to the string of a balloon', () => {
    const blue = recolour(openIconSet().body('balloon') ?? '', '#2f6fe0');
    expect(blue).not.toContain('#f8312f');
    expect(blue).toContain('fill="#3f5fff"');
  });

  it('goes to wings and hulls, not to outlines and masts', () => {
    const icons = openIconSet();
    const butterfly = recolour(icons.body('butterfly') ?? '', '#2f6fe0');
    expect(butterfly).toContain('#533566');
    expect(butterfly).not.toContain('#ff822d');
    expect(recolour(icons.body('sailboat') ?? '', '#2f6fe0')).toContain('fill="#fff"');
  });
});
