import { Button, Combobox, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBracketsContain } from '@tabler/icons-react';
import { useState } from 'react';
import { useSnippets } from '../use-prompts.ts';
import classes from './snippet-menu.module.css';

type SnippetMenuProps = {
  readonly name: string;
  /** Given what stands for the snippet: `@@@name@@@`. */
  readonly onChoose: (words: string) => void;
};

/** A list of the project's snippets, by words of their names. */
export function SnippetMenu({ name, onChoose }: SnippetMenuProps) {
  const [words, setWords] = useState('');
  const [asked] = useDebouncedValue(words.trim(), 200);
  const combobox = useCombobox({
    onDropdownClose: () => setWords(''),
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const snippets = useSnippets(asked, combobox.dropdownOpened);
  return (
    <Combobox
      store={combobox}
      width={320}
      position="bottom-start"
      onOptionSubmit={(value) => {
        onChoose(`@@@${value}@@@`);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target withAriaAttributes={false}>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          className={classes.button ?? ''}
          leftSection={<IconBracketsContain size={14} stroke={1.7} aria-hidden />}
          aria-label={`Insert snippet into ${name}`}
          aria-expanded={combobox.dropdownOpened}
          onClick={() => combobox.toggleDropdown()}
        >
          Insert snippet
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          aria-label="Search snippets"
          placeholder="Search snippets"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <Combobox.Options mah={280} className={classes.options ?? ''}>
          {snippets.data?.map((prompt) => (
            <Combobox.Option key={prompt.id} value={prompt.name}>
              <span className={classes.name}>{prompt.name}</span>
              <span className={classes.facts}>
                {prompt.model === null ? 'Snippet' : 'Completion'} · v{prompt.latest_version}
              </span>
            </Combobox.Option>
          ))}
          {snippets.data?.length === 0 && <Combobox.Empty>No completion of that name</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
