/** How a kind of person is dressed. Colours that are absent are drawn by chance. */
export type Role = {
  readonly top?: string;
  readonly bottom?: string;
  /** Worn over the top, open in front. */
  readonly coat?: string;
  /** A skirt or a robe instead of trousers. */
  readonly skirt?: string;
  readonly hair?: 'short' | 'long' | 'bun' | 'curly' | 'none';
  readonly beard?: string;
  readonly glasses?: boolean;
  /** A hat of `things/hats.ts`, or an icon. */
  readonly hat?: string;
  readonly badge?: string;
  readonly child?: boolean;
  readonly cape?: string;
};

export const roles = {
  person: {},
  man: { hair: 'short' },
  woman: { hair: 'long' },
  boy: { hair: 'short', child: true },
  girl: { hair: 'long', child: true },
  child: { child: true },
  grandfather: { hair: 'none', beard: '#e8e4e0', glasses: true },
  grandmother: { hair: 'bun', glasses: true, skirt: '#8d6aa8' },
  doctor: { top: '#5fb6b0', bottom: '#3f7f86', coat: '#ffffff', badge: '#e5484d' },
  veterinarian: { top: '#4fb0a5', bottom: '#3b7f86', coat: '#ffffff', badge: '#7ec46a' },
  nurse: { top: '#7fb7e6', bottom: '#5a93c8', badge: '#e5484d' },
  scientist: { top: '#6a7fc1', bottom: '#4a4f66', coat: '#ffffff', glasses: true },
  chef: { top: '#ffffff', bottom: '#4a4f66', hat: 'chef-hat', badge: '#e5484d' },
  farmer: { top: '#d9534f', bottom: '#4a78b0', hat: 'straw-hat' },
  teacher: { top: '#5d8a5a', bottom: '#6b4a3a', glasses: true },
  artist: { top: '#efe7da', bottom: '#3f4660', hat: 'beret' },
  astronaut: { top: '#eef1f6', bottom: '#dfe4ec', hat: 'helmet', badge: '#e5484d' },
  pirate: { top: '#c83a3a', bottom: '#3a3340', beard: '#3a2a22', hat: 'pirate-hat' },
  wizard: { top: '#4b3fa0', skirt: '#4b3fa0', beard: '#f0edf5', hat: 'wizard-hat' },
  witch: { top: '#3b2f4f', skirt: '#3b2f4f', hair: 'long', hat: 'wizard-hat' },
  king: { top: '#a8324a', bottom: '#5b2333', coat: '#d9a441', beard: '#7a5230', hat: 'icon:crown' },
  queen: { top: '#8a3f9c', skirt: '#8a3f9c', hair: 'bun', hat: 'icon:crown' },
  prince: { top: '#3f6fc4', bottom: '#2f3f6b', hair: 'short', hat: 'icon:crown' },
  princess: { top: '#f08fb8', skirt: '#f08fb8', hair: 'long', hat: 'icon:crown' },
  police: { top: '#2f4a80', bottom: '#24365e', badge: '#f0c648', hat: 'cap' },
  firefighter: { top: '#d97b28', bottom: '#b8611c', badge: '#f5e05a', hat: 'icon:rescue-workers-helmet' },
  builder: { top: '#f0a030', bottom: '#4a6a9a', hat: 'icon:rescue-workers-helmet' },
  santa: { top: '#d8343c', bottom: '#d8343c', beard: '#ffffff', hat: 'santa-hat' },
  ballerina: { top: '#f7a8c4', skirt: '#f9c3d6', hair: 'bun' },
  superhero: { top: '#2f6fd0', bottom: '#d8343c', badge: '#f7d33c', cape: '#d8343c' },
  clown: { top: '#f2c433', bottom: '#5aa1e0', hair: 'curly' },
  knight: { top: '#aeb6c2', bottom: '#8a94a3', hat: 'knight-helmet' },
} as const satisfies Record<string, Role>;

export type RoleName = keyof typeof roles;
