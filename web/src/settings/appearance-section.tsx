import { Radio, Stack, useMantineColorScheme } from '@mantine/core';
import { SettingsSection } from './settings-section.tsx';

const schemes = [
  { value: 'auto', label: 'As the system', description: 'Follows the device from day to night' },
  { value: 'light', label: 'Light', description: 'Warm paper' },
  { value: 'dark', label: 'Dark', description: 'For late hours' },
] as const;

/** How the app looks in this browser. */
export function AppearanceSection() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SettingsSection title="Appearance" description="Remembered in this browser.">
      <Radio.Group
        label="Colours"
        value={colorScheme}
        onChange={(value) =>
          setColorScheme(schemes.find((scheme) => scheme.value === value)?.value ?? 'auto')
        }
      >
        <Stack gap="sm" mt="xs">
          {schemes.map((scheme) => (
            <Radio key={scheme.value} {...scheme} />
          ))}
        </Stack>
      </Radio.Group>
    </SettingsSection>
  );
}
