import { Button, CopyButton } from '@mantine/core';
import type { RequestSummary } from '@pictor/sdk';
import { Fragment } from 'react';
import classes from './request-raw.module.css';

const imageAddress = /("\/images\/[^"]+")/;

/** The request as the API tells it; pictures are links. */
export function RequestRaw({ request }: { readonly request: RequestSummary }) {
  const text = JSON.stringify(request, null, 2);
  const parts = text.split(imageAddress);
  return (
    <div className={classes.raw}>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button variant="default" size="compact-xs" onClick={copy}>
            {copied ? 'Copied' : 'Copy JSON'}
          </Button>
        )}
      </CopyButton>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keys. */}
      <pre className={classes.code} data-scrolls-sideways tabIndex={0}>
        {parts.map((part, index) =>
          imageAddress.test(part) ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no other name.
            <a key={index} href={part.slice(1, -1)} target="_blank" rel="noreferrer">
              {part}
            </a>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no other name.
            <Fragment key={index}>{part}</Fragment>
          ),
        )}
      </pre>
    </div>
  );
}
