import type { ContentBlock, PromptCheck } from '@pictor/sdk';
import classes from './rendering-preview.module.css';

type RenderingPreviewProps = {
  /** Null: it cannot be rendered, or nothing is known yet. */
  readonly rendering: PromptCheck['rendering'];
  readonly type: 'completion' | 'chat';
};

/** What would be sent, with the variables as they are; and what is missing. */
export function RenderingPreview({ rendering, type }: RenderingPreviewProps) {
  return (
    <section aria-label="What is sent" className={classes.preview}>
      <h3 className={classes.title}>What is sent</h3>
      {rendering === null ? (
        <p className={classes.nothing}>It cannot be rendered yet.</p>
      ) : (
        <>
          {rendering.template.type === 'chat' ? (
            rendering.template.messages.map((message, index) => (
              <div
                // biome-ignore lint/suspicious/noArrayIndexKey: a message has no identity but its place
                key={index}
                className={classes.message}
              >
                <span className={classes.role}>{message.role}</span>
                <Blocks blocks={message.content} />
              </div>
            ))
          ) : (
            <Blocks blocks={rendering.template.content} />
          )}
          <Warning text="No value yet, so nothing stands there:" names={rendering.missing} />
          {type === rendering.template.type && (
            <Warning text="Not used by this prompt:" names={rendering.unknown} />
          )}
        </>
      )}
    </section>
  );
}

function Blocks({ blocks }: { readonly blocks: readonly ContentBlock[] }) {
  const text = blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
  const pictures = blocks.filter((block) => block.type !== 'text').length;
  return (
    <>
      <section
        aria-label="Words"
        className={classes.text}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keyboard
        tabIndex={0}
      >
        {text.trim() === '' ? <em>no words</em> : text}
      </section>
      {pictures > 0 && (
        <p className={classes.nothing}>{pictures === 1 ? 'and 1 picture' : `and ${pictures} pictures`}</p>
      )}
    </>
  );
}

function Warning({ text, names }: { readonly text: string; readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <p className={classes.warning}>
      {text}{' '}
      {names.map((name) => (
        <code key={name}>{name}</code>
      ))}
    </p>
  );
}
