import { ActionIcon, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';

const next = { auto: 'light', light: 'dark', dark: 'auto' } as const;
const words = { auto: 'as the system', light: 'light', dark: 'dark' } as const;
const icons = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const;

/** Goes round: as the system, light, dark. */
export function ColorSchemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = icons[colorScheme];
  const label = `Colours: ${words[colorScheme]}. Change to ${words[next[colorScheme]]}`;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(next[colorScheme])}
    >
      <Icon size={18} stroke={1.6} />
    </ActionIcon>
  );
}
