import { Button, CopyButton, Modal, Tabs } from '@mantine/core';
import type { Model } from '@pictor/sdk';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import type { Draft } from '../draft.ts';
import type { RunSetup } from '../run/use-run.ts';
import { writeImagesBody, writeResponsesBody } from '../run/write-body.ts';
import classes from './code-dialog.module.css';
import { writeCode } from './write-code.ts';

type CodeDialogProps = {
  readonly models: readonly Model[];
  readonly draft: Draft;
  readonly setup: RunSetup;
  readonly onClose: () => void;
};

/** The same call in the words of other clients, with the address of this server. The key stays a placeholder. */
export function CodeDialog({ models, draft, setup, onClose }: CodeDialogProps) {
  const { api, model, parameters } = setup;
  const body =
    api === 'responses'
      ? writeResponsesBody(draft, model, models)
      : writeImagesBody(draft, model, parameters);
  const samples = writeCode({ origin: location.origin, api, body, draft });
  const [shown, setShown] = useState<string | null>(samples[0]?.name ?? null);
  return (
    <Modal
      opened
      onClose={onClose}
      title="The same call as code"
      size="xl"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Tabs value={shown} onChange={setShown} keepMounted={false}>
        <Tabs.List>
          {samples.map(({ name }) => (
            <Tabs.Tab key={name} value={name}>
              {name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {samples.map(({ name, code }) => (
          <Tabs.Panel key={name} value={name} className={classes.panel ?? ''}>
            <CopyButton value={code}>
              {({ copied, copy }) => (
                <Button
                  className={classes.copy ?? ''}
                  size="compact-xs"
                  variant="default"
                  leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
                  onClick={copy}
                >
                  {copied ? 'Copied' : 'Copy'}
                </Button>
              )}
            </CopyButton>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
            <pre className={classes.code} data-scrolls-sideways tabIndex={0}>
              <code>{code}</code>
            </pre>
          </Tabs.Panel>
        ))}
      </Tabs>
      {draft.opened === null && (
        <p className={classes.note}>
          Save it as a prompt, and it can be run by name through PromptLayer's client.
        </p>
      )}
    </Modal>
  );
}
