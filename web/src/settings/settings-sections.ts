import {
  IconCalendarDown,
  IconCoins,
  IconFolders,
  IconGauge,
  IconInfoCircle,
  IconKey,
  IconPalette,
  IconWebhook,
} from '@tabler/icons-react';

/** The sections of the settings, in their order. */
export const settingsSections = [
  { name: 'projects', title: 'Projects', icon: IconFolders },
  { name: 'keys', title: 'API keys', icon: IconKey },
  { name: 'budgets', title: 'Budgets', icon: IconCoins },
  { name: 'limits', title: 'Rate limits', icon: IconGauge },
  { name: 'webhooks', title: 'Webhooks', icon: IconWebhook },
  { name: 'retention', title: 'Retention', icon: IconCalendarDown },
  { name: 'appearance', title: 'Appearance', icon: IconPalette },
  { name: 'about', title: 'About', icon: IconInfoCircle },
] as const;
